"""What a record said at any two moments, who may know of it, and what goes with an erasure."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import Agency
from attribution import services as attribution
from catalogue.models import ComponentCategory
from core.markings import Handling
from evidence import services as evidence
from investigations import services
from investigations.models import Particulars, Role
from ledger.models import Entry, FormerState
from tests.conftest import person
from workspace.models import History

HIDDEN = "The owner of the workshop is a witness."


def page_of(client, user, row, **asked):
    client.force_login(user)
    there = reverse("workspace:history", args=[row._meta.label_lower, row.pk])
    return client.get(there, asked)


def told(changes):
    return [(change.label, change.before, change.after) for change in changes]


@pytest.fixture
def task(night_raid, soraya, amal):
    """A task that was reworded twice, given to Amal, and done."""
    task = services.set_task(night_raid, by=soraya, title="Ring the mill", owner=None)
    task = services.amend_task(
        task, by=soraya, version=1, title="Visit the mill", owner=amal, due=None
    )
    task = services.amend_task(
        task, by=soraya, version=2, title="Search the mill", owner=amal, due=None
    )
    services.complete_task(task, by=amal)
    task.refresh_from_db()
    return task


def test_any_two_moments_are_compared_and_at_first_those_around_the_last_change(
    client, task, soraya
):
    page = page_of(client, soraya, task)
    ((label, before, after),) = told(page.context["difference"].changes)
    assert (label, before) == ("Done", "") and after
    first, reworded, searched, _done = (value for value, _words in moments(page))
    page = page_of(client, soraya, task, **{"from": first, "to": searched})
    assert told(page.context["difference"].changes) == [
        ("What is to be done", "Ring the mill", "Search the mill"),
        ("Who", "", "Amal Nasser"),
    ]
    assert "<del><bdi>Ring the mill</bdi></del>" in page.content.decode()
    page = page_of(client, soraya, task, **{"from": reworded, "to": reworded})
    assert "It says the same at both moments." in page.content.decode()


def moments(page):
    return page.context["moments_form"].fields["from"].widget.choices


@pytest.mark.parametrize(
    "asked", [{"from": "soon"}, {"from": "2026-03-02T00:00", "to": "2026-03-01T00:00"}]
)
def test_moments_that_make_no_sense_are_refused_with_a_sentence(
    client, as_program, task, soraya, asked
):
    page = page_of(client, soraya, task, **asked)
    assert page.status_code == 422 and "error-summary" in page.content.decode()
    there = f"/api/v1/history/investigations.task/{task.pk}/"
    answer = as_program(soraya).get(there, asked)
    assert answer.status_code == 422 and "from" in str(answer.json())


def test_programs_are_told_the_same(as_program, task, soraya, omar):
    program, there = as_program(soraya), f"/api/v1/history/investigations.task/{task.pk}/"
    past = program.get(there).json()
    assert [step["act"].rpartition("_")[2] for step in past["steps"]] == [
        *("completed", "amended", "amended", "set")
    ]
    entered = task.created_at.isoformat()
    past = program.get(there, {"from": entered}).json()
    assert {
        "field": "title",
        "label": "What is to be done",
        "before": "Ring the mill",
        "withheld": False,
        "after": "Search the mill",
    } in past["differences"]
    assert {"field": "title", "label": "What is to be done", "value": "Search the mill"} in past[
        "as_of"
    ]
    long_ago = program.get(there, {"to": "1999-01-01T00:00:00Z"}).json()
    assert long_ago["as_of"] is None
    assert as_program(omar).get(there).status_code == 404
    assert program.get("/api/v1/history/investigations.request/nonsense/").status_code == 404


def test_a_deed_on_one_thing_keeps_what_others_said_that_it_changes(
    client, strike, amal, night_raid, gyro
):
    count = {"harm": "killed", "group": "civilian"}
    services.count_casualties(strike, by=amal, at_least=1, at_most=None, **count)
    killed = services.count_casualties(strike, by=amal, at_least=2, at_most=3, **count)
    page = page_of(client, amal, killed)
    assert told(page.context["steps"][0].changes) == [("At least", "1", "2"), ("At most", "", "3")]
    assert page.context["entered_at"] == killed.created_at
    kind = ComponentCategory.objects.get(code="pcb")
    board = evidence.log_item(night_raid, by=amal, incident=strike, kind=kind, description="Board")
    evidence.join_items(gyro, [board], by=amal, reason="It lay inside.")
    page = page_of(client, amal, board)
    assert [change.field for change in page.context["steps"][0].changes] == ["parent"]


def test_lists_of_others_are_told_by_the_names_that_the_reader_may_see(
    client, strike, gyro, amal, night_raid
):
    kind = ComponentCategory.objects.get(code="airframe-section")
    log = {"by": amal, "incident": strike, "kind": kind}
    wing, spar = (evidence.log_item(night_raid, description=one, **log) for one in ("Wing", "Spar"))
    weapon = evidence.enter_weapon(strike, by=amal, exhibits=[wing, gyro], tail_number="T-7")
    evidence.amend_weapon(weapon, by=amal, version=weapon.version, exhibits=[wing, spar])
    ((label, before, after),) = told(page_of(client, amal, weapon).context["difference"].changes)
    assert label == "Exhibits"
    assert gyro.exhibit_no in before and gyro.exhibit_no not in after and spar.exhibit_no in after
    services.mark_more_strictly(
        gyro, Handling(compartments=frozenset({"WITNESS"})), by=cleared(gyro), reason="Told by one"
    )
    weapon.refresh_from_db()
    ((_label, before, _after),) = told(History(weapon, amal).between(None, None).changes)
    assert gyro.exhibit_no not in before and "something you may not see" in before


def cleared(row):
    """The lead, read into what is to be marked, and cleared."""
    lead = row.case.lead
    lead.compartments, lead.clearance = ["WITNESS"], 3
    lead.save()
    return lead


@pytest.fixture
def softened(gyro, dana):
    """An exhibit whose description named a witness until it was reworded, and then opened."""
    lead = cleared(gyro)
    dana.compartments, dana.clearance = ["WITNESS"], 3
    dana.save()
    strict = Handling(compartments=frozenset({"WITNESS"}))
    gyro = evidence.amend_item(gyro, by=lead, version=gyro.version, description=HIDDEN)
    gyro = services.mark_more_strictly(gyro, strict, by=lead, reason="It names a witness.")
    gyro = evidence.amend_item(gyro, by=lead, version=gyro.version, description="Vertical gyro")
    request = services.ask_to_lower(gyro, Handling(), by=lead, reason="Nobody is named any more.")
    return services.lower_label(request, by=dana)


def test_what_was_said_under_a_stricter_label_stays_under_it(
    client, as_program, softened, soraya, amal
):
    page = page_of(client, amal, softened)
    assert page.status_code == 200 and HIDDEN not in page.content.decode()
    assert "not, or no longer, yours to read" in page.content.decode()
    assert page.context["difference"].withheld
    before = page.context["steps"][0].before_at
    assert HIDDEN not in page_of(client, amal, softened, at=before).content.decode()
    answer = as_program(amal).get(f"/api/v1/history/evidence.item/{softened.pk}/", {"to": before})
    assert HIDDEN not in answer.content.decode() and answer.json()["withheld"]
    assert HIDDEN in page_of(client, soraya, softened).content.decode()


def line_page(client, user, line, page="ledger_entry"):
    client.force_login(user)
    return client.get(reverse(f"workspace:{page}", args=[line.pk]))


@pytest.mark.parametrize("act", ["evidence.item_amended", "investigations.label_raised"])
def test_the_ledger_repeats_nothing_that_history_withholds(
    client, as_program, softened, soraya, amal, act
):
    for line in Entry.objects.about(softened).filter(act=act):
        secrets = {HIDDEN, "It names a witness."} & {*map(str, words_in(line))}
        assert secrets
        for secret in secrets:
            assert secret not in line_page(client, amal, line).content.decode()
            told = as_program(amal).get(f"/api/v1/ledger/{line.pk}/")
            assert secret not in told.content.decode()
            assert secret in line_page(client, soraya, line).content.decode()
        assert line_page(client, amal, line, "ledger_bytes").status_code == 403


def words_in(line):
    """Every word of the facts of a line, those of changes among them."""
    changes = line.facts.get("changes", {})
    return [*line.facts.values(), *(one for pair in changes.values() for one in pair)]


def test_the_ledger_still_tells_of_what_is_open(client, softened, amal):
    logged = Entry.objects.about(softened).get(act="evidence.item_logged")
    assert softened.exhibit_no in line_page(client, amal, logged).content.decode()


def test_what_was_said_while_the_case_was_handled_more_strictly_stays_so(
    night_raid, task, soraya, amal, dana
):
    for one in (soraya, dana):
        one.clearance = 3
        one.save()
    case = services.mark_more_strictly(
        night_raid, Handling(**{**strictness(night_raid), "clearance": 2}), by=soraya, reason="So."
    )
    services.amend_task(
        task, by=soraya, version=task.version, title="Search the cellar", owner=amal, due=None
    )
    request = services.ask_to_lower(
        case, Handling(**{**strictness(night_raid), "clearance": 0}), by=soraya, reason="Over."
    )
    services.lower_label(request, by=dana)
    task.refresh_from_db()
    assert [version.is_open for version in History(task, amal).versions][-2:] == [False, True]
    assert all(version.is_open for version in History(task, soraya).versions)


def strictness(case):
    return {name: getattr(case.handling, name) for name in ("tlp", "pap")}


def test_with_an_identity_goes_what_was_once_said_of_the_person(night_raid, soraya, dana):
    said = "Keeps the keys of the mill."
    first, other = (services.enter_source(night_raid, by=soraya, kind="witness") for _ in "ab")
    for source in (first, other):
        source = services.amend_source(source, by=soraya, version=source.version, remarks=said)
        services.amend_source(source, by=soraya, version=source.version, remarks="Keeps keys.")
    first.refresh_from_db()
    who = Particulars(name="Zubaydah Karimzadeh")
    first = services.write_identity(first, who, by=soraya, version=first.version)
    request = services.ask_to_erase(first, by=soraya, reason="Consent withdrawn")
    services.erase_identity(request, by=dana)
    assert not FormerState.objects.of(first).exists()
    assert FormerState.objects.of(other).count() == 2
    first.refresh_from_db()
    assert said not in str(told(History(first, soraya).between(first.created_at, None).changes))
    assert [step.entry.act for step in History(first, soraya).steps()][-1].endswith("entered")


def test_what_sources_said_is_let_go_and_not_rewritten(night_raid, soraya):
    source = services.enter_source(night_raid, by=soraya, kind="witness")
    services.amend_source(source, by=soraya, version=1, remarks="Late")
    with pytest.raises(DatabaseError), transaction.atomic():
        FormerState.objects.of(source).update(said={})


def test_a_place_of_storage_has_a_past_for_its_own_agency(client, night_raid, mission, soraya):
    idris = person("idris", display_name="Idris Sane", agency=mission)
    services.admit_member(night_raid, idris, roles=[Role.CUSTODIAN], by=soraya)
    house = evidence.open_place(mission, by=idris, name="House", kind="site")
    house = evidence.amend_place(house, by=idris, version=1, remarks="Behind the mill")
    evidence.retire_place(house, by=idris, reason="Sold")
    page = page_of(client, idris, house)
    assert [step.changes[0].after for step in page.context["steps"][1:2]] == ["Behind the mill"]
    coast = Agency.objects.create(name="Coast Guard", short_name="CG")
    assert page_of(client, person("tarek", agency=coast), house).status_code == 404


def test_a_tie_between_actors_tells_when_it_ended(client, night_raid, soraya):
    enter = {"by": soraya, "kind": "cell"}
    cell, brigade = (
        attribution.enter_actor(night_raid, name=name, **enter) for name in ("Cell", "Brigade")
    )
    tie = attribution.place_under(cell, by=soraya, parent=brigade)
    attribution.end_parent(tie, by=soraya, until=date(2026, 3, 1))
    ((_label, before, after),) = told(page_of(client, soraya, tie).context["difference"].changes)
    assert before == "" and "2026" in after
