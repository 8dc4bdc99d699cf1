"""Many records in one request: all of them or none, or each for itself, by the same rules."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.markings import Handling
from evidence import services
from evidence.models import Component, CustodyEvent, Item
from investigations import services as investigations
from investigations.models import Incident, Label
from ledger.models import Entry
from ledger.verification import verify

pytestmark = pytest.mark.django_db
ITEMS = "/api/v1/items/bulk/"


@pytest.fixture
def program(as_program, amal):
    return as_program(amal)


def row(gyro, description="Bolt", **more):
    return {
        "case": str(gyro.case_id),
        "incident": str(gyro.incident_id),
        "kind": "gyroscope-imu",
        "description": description,
        **more,
    }


def send(program, rows, mode="all-or-nothing", there=ITEMS, key=None):
    headers = {"Idempotency-Key": key} if key else {}
    return program.post(there, {"mode": mode, "rows": rows}, format="json", headers=headers)


def said_of(item):
    """All that is stored of an exhibit and its custody, but for keys, numbers and the clock."""
    unlike = {"id", "exhibit_no", "created_at", "updated_at", "item", "at", "position", "digest"}
    event = CustodyEvent.objects.filter(item=item).values().get()
    rows = [Item.objects.filter(pk=item.pk).values().get(), event]
    return [
        {name: one for name, one in each.items() if name not in unlike | {"item_id"}}
        for each in rows
    ]


def test_exhibits_that_are_sent_together_are_as_those_that_are_sent_alone(program, gyro):
    site = investigations.enter_site(gyro.incident, by=gyro.holder, name="Crater", kind="impact")
    facts = {
        "recovered_at": "2026-03-01T18:00:00Z",
        "recovered_precision": "minute",
        "recovered_by": "the guard",
        "site": str(site.pk),
        "hazards": ["battery-Li"],
    }
    alone = program.post("/api/v1/items/", row(gyro, **facts), format="json").json()
    answer = send(program, [row(gyro, **facts), row(gyro, **facts)])
    assert answer.status_code == 201, answer.json()
    together = [each["id"] for each in answer.json()["rows"]]
    items = [Item.objects.get(pk=key) for key in (alone["id"], *together)]
    assert [item.exhibit_no for item in items] == ["EV-0002", "EV-0003", "EV-0004"]
    assert said_of(items[0]) == said_of(items[1]) == said_of(items[2])
    lines = [
        [(line.act, sorted(line.facts)) for line in Entry.objects.about(item).order_by("position")]
        for item in items
    ]
    assert lines[0] == lines[1] == lines[2]


def test_the_chain_and_custody_hold_after_many_rows(program, gyro):
    assert send(program, [row(gyro) for _each in range(50)]).json()["made"] == 50
    for event in CustodyEvent.objects.filter(case=gyro.case):
        line = Entry.objects.get(log=gyro.case_id, position=event.position)
        assert (line.subject_id, line.act) == (event.item_id, "evidence.item_collected")
    assert not verify(gyro.case_id).flaws


def test_many_rows_cost_few_questions(program, gyro):
    def cost(count):
        with CaptureQueriesContext(connection) as asked:
            assert send(program, [row(gyro) for _each in range(count)]).status_code == 201
        return len(asked)

    cost(1)
    assert cost(40) - cost(2) <= 3


def test_one_wrong_row_keeps_all_others_back_and_is_named_by_its_path(program, gyro):
    wrong = [row(gyro), row(gyro, kind="dragon", colour="red"), row(gyro, quantity="many")]
    answer = send(program, wrong)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()["errors"]) == {"rows/1/kind", "rows/2/quantity"}
    unknown = send(program, [row(gyro, colour="red")])
    assert set(unknown.json()["errors"]) == {"rows/0/colour"}
    assert Item.objects.count() == 1


def sentences(answer, path=""):
    """What is complained of, by field."""
    told = answer.json()
    errors = told.get("errors", {"": [told["detail"]]})
    return {f"{path}/{name}".rstrip("/") if path else name: one for name, one in errors.items()}


def test_no_rule_is_left_out_because_rows_came_together(program, gyro, harbour, amal):
    elsewhere = investigations.enter_site(harbour, by=amal, name="Mole", kind="impact")
    ghost = services.log_item(
        gyro.case,
        by=amal,
        incident=gyro.incident,
        kind=gyro.kind,
        description="Parachute",
        acquisition="documented-only",
    )
    for broken in [
        {"site": str(elsewhere.pk)},
        {"incident": str(harbour.pk), "documentation_site": str(elsewhere.pk)},
        {"parent": str(ghost.pk)},
        {"exhibit_no": "EV-0001"},
        {"quantity": 0},
        {"recovered_at": "0999-01-01T00:00:00Z"},
    ]:
        alone = program.post("/api/v1/items/", row(gyro, **broken), format="json")
        together = send(program, [row(gyro), row(gyro, **broken)])
        assert (alone.status_code, together.status_code) == (422, 422), broken
        assert sentences(together) == sentences(alone, path="rows/1")
    assert Item.objects.count() == 2


def test_a_number_is_chosen_once_in_one_request(program, gyro):
    taken = send(program, [row(gyro, exhibit_no="X-1"), row(gyro, exhibit_no="X-1")])
    assert set(taken.json()["errors"]) == {"rows/1"}
    assert not Item.objects.filter(exhibit_no="X-1").exists()


def test_chosen_numbers_are_passed_over_by_the_series(program, gyro):
    sent = [row(gyro), row(gyro, exhibit_no="EV-0003"), row(gyro)]
    keys = [each["id"] for each in send(program, sent).json()["rows"]]
    numbers = [Item.objects.get(pk=key).exhibit_no for key in keys]
    assert numbers == ["EV-0002", "EV-0003", "EV-0004"]


def test_exhibits_take_on_the_label_of_what_they_are_drawn_from(program, gyro, soraya):
    label = Label.for_handling(Handling(tlp="red"))
    Incident.objects.filter(pk=gyro.incident_id).update(label=label)
    (told,) = send(program, [row(gyro)]).json()["rows"]
    item = Item.objects.get(pk=told["id"])
    assert item.label_id == item.custody_events.get().label_id == label.pk


def test_each_row_for_itself_is_answered_with_its_id_or_its_problem(program, gyro):
    sent = [row(gyro), row(gyro, kind="dragon"), row(gyro, exhibit_no="EV-0001")]
    answer = send(program, sent, mode="per-row")
    assert answer.status_code == 207
    told = answer.json()
    assert (told["made"], told["refused"]) == (1, 2)
    assert [each["status"] for each in told["rows"]] == [201, 422, 422]
    assert program.get(told["rows"][0]["url"]).status_code == 200
    assert set(told["rows"][1]["problem"]["errors"]) == {"kind"}
    assert "already" in told["rows"][2]["problem"]["detail"]
    assert Item.objects.count() == 2


@pytest.mark.parametrize(("mode", "status"), [("all-or-nothing", 201), ("per-row", 207)])
def test_a_key_stands_for_all_rows(program, gyro, mode, status):
    sent = [row(gyro), row(gyro)]
    first, again = (send(program, sent, mode=mode, key="k-1") for _time in range(2))
    assert (first.status_code, again.status_code) == (status, status)
    assert first.json() == again.json()
    assert Item.objects.count() == 3
    other = send(program, sent[:1], mode=mode, key="k-1")
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")


def test_a_refused_row_is_not_told_of_again_in_words(program, gyro):
    sent = [row(gyro), row(gyro, exhibit_no="EV-0001")]
    first, again = (send(program, sent, mode="per-row", key="k-1").json() for _time in range(2))
    assert [each["status"] for each in again["rows"]] == [201, 422]
    assert again["rows"][0] == first["rows"][0]
    assert "EV-0001" not in str(again)


def test_a_colleague_without_the_duty_enters_nothing(as_program, rami, gyro):
    program = as_program(rami)
    assert send(program, [row(gyro)]).status_code == 403
    (told,) = send(program, [row(gyro)], mode="per-row").json()["rows"]
    assert told["status"] == 403
    assert Item.objects.count() == 1


@pytest.mark.parametrize("rows", [[], [{}] * 1001, "rows", [7], None])
def test_there_are_between_one_and_a_thousand_rows(program, gyro, rows):
    assert send(program, rows).status_code == 422


def test_components_and_incidents_and_claims_come_together_too(program, gyro):
    case = str(gyro.case_id)
    part = {"item": str(gyro.pk), "category": "gyroscope-imu"}
    about = {"case": case, "incident": str(gyro.incident_id)}
    sent = {
        "components": [{**part, "serial_number": each} for each in "AB"],
        "incidents": [{"case": case, "title": "Attack"}] * 2,
        "claims": [{**about, "text": "A drone came.", "citation": "Radio"}] * 2,
        "weapons": [{"incident": str(gyro.incident_id), "tail_number": "T-7"}],
    }
    for name, rows in sent.items():
        answer = send(program, rows, there=f"/api/v1/{name}/bulk/")
        assert (answer.status_code, answer.json().get("made")) == (201, len(rows)), answer.json()
    assert Component.objects.count() == 2


def test_a_rule_that_a_single_deed_keeps_is_told_by_its_row(program, gyro, amal):
    part = services.describe_component(gyro, by=amal, category=gyro.kind)
    other = services.log_item(
        gyro.case, by=amal, incident=gyro.incident, kind=gyro.kind, description="Bolt"
    )
    about = {"case": str(gyro.case_id), "incident": str(gyro.incident_id)}
    sound = {**about, "text": "A drone came.", "citation": "Radio"}
    broken = {**sound, "item": str(other.pk), "component": str(part.pk)}
    before = Entry.objects.count()
    answer = send(program, [sound, broken, sound], there="/api/v1/claims/bulk/")
    assert answer.json()["errors"] == {"rows/1": ["The component is of another exhibit."]}
    assert Entry.objects.count() == before


def test_services_refuse_a_whole_list_by_rows(gyro, amal):
    from core.errors import RowsRefused

    facts = {"incident": gyro.incident, "kind": gyro.kind, "description": "Bolt"}
    with pytest.raises(RowsRefused) as refusal:
        services.log_items(gyro.case, [facts, {**facts, "quantity": 0}], by=amal)
    assert set(refusal.value.rows) == {1}
    assert Item.objects.count() == 1


def test_nothing_is_hung_under_a_case_one_does_not_see(as_program, omar, gyro):
    answer = send(as_program(omar), [row(gyro)])
    assert set(answer.json()["errors"]) == {"rows/0/case", "rows/0/incident"}
    assert Item.objects.count() == 1
