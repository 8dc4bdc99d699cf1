"""Exhibits in the browser: finding, logging and amending them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue.models import ComponentCategory, Theatre
from evidence import services
from evidence.models import Item
from investigations.models import Case
from investigations.services.case import set_case_status
from ledger.models import Entry
from tests.hands import pass_on

TYPED = {
    "description": "Servo with a broken horn",
    "kind": "servo-actuator",
    "condition": "damaged",
    "quantity": "1",
    "incident": "INC-0001",
    "recovered_precision": "unknown",
    "acquisition": "scene-recovery",
    "packaging": "paper",
}


@pytest.fixture
def as_amal(client, amal):
    client.force_login(amal)
    return client


def there(name, row):
    return reverse(f"evidence:{name}", args=[row.pk])


def log_some(incident, by, count, kind="pcb"):
    category = ComponentCategory.objects.get(code=kind)
    for number in range(count):
        services.log_item(
            incident.case,
            by=by,
            incident=incident,
            kind=category,
            description=f"Board {number}",
        )


def test_an_exhibit_is_logged_with_the_next_number_in_the_hands_of_whoever_logs_it(
    as_amal, strike, amal
):
    answer = as_amal.post(there("item_create", strike), {**TYPED, "hazards": ["fuel", "chemical"]})

    item = Item.objects.get()
    assert answer.headers["Location"] == there("item_detail", item)
    assert (item.exhibit_no, item.holder, item.hazards) == ("EV-0001", amal, ["fuel", "chemical"])


def test_a_part_is_logged_under_the_exhibit_it_belongs_to(as_amal, strike, gyro):
    address = there("item_create", strike)
    form = as_amal.get(f"{address}?parent={gyro.exhibit_no}")
    assert b'value="EV-0001"' in form.content

    as_amal.post(address, {**TYPED, "parent": "EV-0001"})

    assert Item.objects.get(description=TYPED["description"]).parent == gyro


def test_a_wrong_form_comes_back_as_it_was_typed_with_the_sentence_at_its_field(as_amal, strike):
    wrong = {**TYPED, "kind": "", "parent": "EV-9999", "recovered_by": "Sgt Karim"}
    answer = as_amal.post(there("item_create", strike), wrong)

    assert answer.status_code == 422
    assert "kind" in answer.context["form"].errors
    assert b"No exhibit of this case has this number." in answer.content
    assert b"Sgt Karim" in answer.content and b"EV-9999" in answer.content
    assert not Item.objects.exists()


def test_a_number_that_is_taken_is_refused_in_words(as_amal, strike, gyro):
    answer = as_amal.post(there("item_create", strike), {**TYPED, "exhibit_no": "EV-0001"})

    assert answer.status_code == 422
    assert b"is in this case already" in answer.content


def test_amending_changes_what_is_said_and_tells_the_ledger(as_amal, gyro):
    typed = {**TYPED, "kind": "gyroscope-imu", "version": gyro.version}
    answer = as_amal.post(there("item_edit", gyro), typed)

    gyro.refresh_from_db()
    assert answer.status_code == 302
    assert gyro.description == TYPED["description"]
    assert Entry.objects.about(gyro).last().act == "evidence.item_amended"


def test_when_somebody_was_faster_both_texts_are_shown_and_saving_again_is_possible(
    as_amal, gyro, amal
):
    services.amend_item(gyro, by=amal, version=gyro.version, description="Gyroscope, burnt")
    typed = {**TYPED, "kind": "gyroscope-imu", "version": gyro.version}
    answer = as_amal.post(there("item_edit", gyro), typed)

    assert answer.status_code == 409
    assert b"Gyroscope, burnt" in answer.content and b"Servo with a broken horn" in answer.content
    again = as_amal.post(
        there("item_edit", gyro), {**typed, "version": answer.context["form"]["version"].value()}
    )
    assert again.status_code == 302


def test_a_form_never_reads_through_all_exhibits_of_a_case(as_amal, gyro, strike, amal):
    services.amend_item(gyro, by=amal, version=gyro.version, description="Gyroscope, burnt")
    log_some(strike, amal, 3)
    with CaptureQueriesContext(connection) as asked:
        answer = as_amal.post(there("item_edit", gyro), {**TYPED, "version": 1})

    assert answer.status_code == 409
    lists = [query["sql"] for query in asked if 'FROM "evidence_item"' in query["sql"]]
    assert all("LIMIT" in sql or '"id" = ' in sql or '"exhibit_no" = ' in sql for sql in lists)


def test_an_exhibit_cannot_be_made_part_of_itself(as_amal, gyro):
    typed = {**TYPED, "version": gyro.version, "parent": gyro.exhibit_no}
    answer = as_amal.post(there("item_edit", gyro), typed)

    assert answer.status_code == 422
    assert b"cannot be part of itself" in answer.content


def test_an_outsider_is_told_that_there_is_no_such_exhibit(client, omar, gyro, strike):
    client.force_login(omar)
    for address in [
        there("item_detail", gyro),
        there("item_edit", gyro),
        there("item_create", strike),
    ]:
        assert client.get(address).status_code == 404
    assert b"EV-0001" not in client.get(reverse("evidence:item_list")).content


def test_a_colleague_without_the_duty_reads_but_does_not_write(client, rami, gyro, strike):
    client.force_login(rami)
    page = client.get(there("item_detail", gyro))

    assert page.status_code == 200
    assert there("item_edit", gyro).encode() not in page.content
    for address in [there("item_edit", gyro), there("item_create", strike)]:
        assert client.get(address).status_code == 403
        assert client.post(address, TYPED).status_code == 403


def test_the_page_shows_the_tree_of_parts_to_any_depth(as_amal, gyro, strike, amal):
    above = gyro
    for name in ["Housing", "Board", "Chip"]:
        above = services.log_item(
            gyro.case, by=amal, incident=strike, kind=gyro.kind, description=name, parent=above
        )
    page = as_amal.get(there("item_detail", gyro)).content.decode()

    assert page.index("Housing") < page.index("Board") < page.index("Chip")


def test_the_list_finds_an_exhibit_by_number_description_and_what_is_marked_on_it(
    as_amal, gyro, board, strike, amal
):
    log_some(strike, amal, 2)
    address = reverse("evidence:item_list")
    for words, found in [("EV-0001", 1), ("cast HOUSING", 1), ("73-10", 1), ("Board", 2)]:
        assert len(as_amal.get(address, {"q": words}).context["page"].rows) == found


def test_the_list_is_narrowed_by_what_is_known_of_an_exhibit(
    as_amal, gyro, strike, harbour, amal, lena
):
    log_some(harbour, amal, 3)
    services.seal_item(gyro, seal_no="S-100", by=amal)
    pass_on(gyro, to=lena, by=amal)
    address = reverse("evidence:item_list")
    yemen = Theatre.objects.get(name="Yemen")
    for asked, found in [
        ({"theatre": yemen.pk}, 3),
        ({"incident": strike.pk}, 1),
        ({"case": strike.case_id}, 4),
        ({"kind": "pcb"}, 3),
        ({"holder": lena.pk}, 1),
        ({"sealed": "yes"}, 1),
        ({"sealed": "no"}, 3),
        ({"status": "collected"}, 4),
        ({"status": "lost"}, 0),
        ({"kind": "no-such-kind"}, 4),
    ]:
        answer = as_amal.get(address, asked)
        assert (asked, len(answer.context["page"].rows)) == (asked, found)


def test_the_list_turns_its_pages_without_losing_or_repeating_an_exhibit(as_amal, strike, amal):
    log_some(strike, amal, 60)
    address = reverse("evidence:item_list")
    first = as_amal.get(f"{address}?sort=exhibit_no").context["page"]
    second = as_amal.get(address + first.next_url).context["page"]

    numbers = [item.exhibit_no for item in [*first.rows, *second.rows]]
    assert numbers == [f"EV-{number:04d}" for number in range(1, 61)]


def test_a_list_costs_the_same_however_many_rows_and_pictures_it_has(as_amal, strike, amal, photo):
    address = reverse("evidence:item_list")
    as_amal.get(address)
    with CaptureQueriesContext(connection) as few:
        as_amal.get(address)
    log_some(strike, amal, 40)
    with CaptureQueriesContext(connection) as many:
        as_amal.get(address)

    assert len(many) == len(few) <= 12


def test_an_exhibit_page_costs_the_same_however_much_hangs_on_it(as_amal, gyro, photo, board, amal):
    address = there("item_detail", gyro)
    services.record_marking(board, by=amal, kind="serial", state="present-partial", as_seen="73")
    as_amal.get(address)
    with CaptureQueriesContext(connection) as few:
        as_amal.get(address)
    for number in range(5):
        services.record_marking(board, by=amal, kind="logo", state="removed-ground")
        services.receive_file(
            gyro.case, by=amal, chunks=[b"%d" % number], name=f"{number}.txt", item=gyro
        )
    with CaptureQueriesContext(connection) as many:
        as_amal.get(address)

    assert len(many) == len(few) <= 22  # one of them asks for its caveats


def test_an_address_with_a_nul_in_it_is_no_failure(as_amal, strike):
    answer = as_amal.get(there("item_create", strike), {"parent": "EV-0001\0"})
    assert answer.status_code == 200


def test_the_standing_notice_goes_once_a_finding_is_released(client, gyro, amal):
    notice = 'id="no-attribution"'
    address = reverse("evidence:item_detail", args=[gyro.pk])
    client.force_login(amal)
    assert notice in client.get(address).content.decode()

    set_case_status(gyro.case, Case.Status.FINDING_RELEASED, by=amal, reason="F-01 released")
    assert notice not in client.get(address).content.decode()


def test_nothing_was_recovered_in_the_future(gyro, amal):
    soon = timezone.now() + timedelta(hours=1)
    with pytest.raises(ValidationError, match="in the future"):
        services.amend_item(gyro, by=amal, version=gyro.version, recovered_at=soon)
    facts = {"incident": gyro.incident, "kind": gyro.kind, "description": "A spar"}
    with pytest.raises(ValidationError, match="in the future"):
        services.log_item(gyro.case, by=amal, **facts, recovered_at=soon)
