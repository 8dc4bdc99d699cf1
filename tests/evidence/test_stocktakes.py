"""Stock-takes: what is missing, what is there and should not be, and nothing of what is hidden."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import Refused
from core.identity import uuid7
from evidence import services
from evidence.models import CustodyEvent, Sighting, Stocktake
from ledger.models import Entry
from tests.evidence.test_storage import another, box, hidden, house, idris, room, within

__all__ = ["box", "hidden", "house", "idris", "room"]


@pytest.fixture
def stocktake(box, idris):
    return services.begin_stocktake(box, by=idris)


def verdicts(stocktake):
    rows = Sighting.objects.filter(stocktake=stocktake)
    return dict(rows.values_list("item__exhibit_no", "verdict"))


def last(item):
    return CustodyEvent.objects.of(item).last()


def test_what_was_seen_missing_and_unexpected_is_told_and_enters_custody(
    gyro, amal, idris, box, stocktake
):
    here, gone, stray = gyro, another(gyro, amal), another(gyro, amal)
    for item in (here, gone):
        services.store_item(item, storage=box, by=amal)
    assert services.note_seen(stocktake, by=idris, scanned=here.scanned_as).is_new
    services.note_seen(stocktake, by=idris, scanned=f"https://vestige.example/x/{stray.pk}/")
    services.finish_stocktake(stocktake, by=idris)
    assert verdicts(stocktake) == {
        here.exhibit_no: "present",
        gone.exhibit_no: "missing",
        stray.exhibit_no: "unexpected",
    }
    for item, verdict in [(here, "present"), (gone, "missing"), (stray, "unexpected")]:
        event = last(item)
        assert (event.kind, event.purpose, event.entered_by) == ("inventory-check", verdict, idris)
    gone.refresh_from_db()
    assert (gone.status, gone.storage) == ("stored", box)
    here.refresh_from_db()
    assert here.storage == box


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Not found at inventory"), ("ar", "لم يُعثر عليه عند الجرد")],
)
def test_custody_never_says_that_a_missing_exhibit_was_seen(
    client, gyro, amal, idris, box, stocktake, language, told
):
    services.store_item(gyro, storage=box, by=amal)
    services.finish_stocktake(stocktake, by=idris)
    amal.language = language
    amal.save(update_fields=["language"])
    client.force_login(amal)
    page = client.get(reverse("evidence:item_detail", args=[gyro.pk])).content.decode()
    assert told in page and "Seen at inventory" not in page and "شوهد عند الجرد" not in page
    assert ("<bdi>missing</bdi>" in page) == (language == "en")


def test_a_program_reads_which_exhibits_are_missing_and_which_are_not_expected(
    gyro, amal, idris, box, stocktake, as_program
):
    stray = another(gyro, amal)
    services.store_item(gyro, storage=box, by=amal)
    services.note_seen(stocktake, by=idris, scanned=stray.scanned_as)
    program, there = as_program(idris), f"/api/v1/stocktakes/{stocktake.pk}/"
    assert program.post(f"{there}finish/").status_code == 200
    told = {row["item"]: row["verdict"] for row in program.get(f"{there}sightings/").json()}
    assert told == {str(gyro.pk): "missing", str(stray.pk): "unexpected"}
    assert as_program(amal).get(f"{there}sightings/").status_code == 404


def test_the_same_label_counts_once_and_a_tick_does_as_well_as_a_scan(
    gyro, amal, idris, box, stocktake
):
    services.store_item(gyro, storage=box, by=amal)
    assert services.tick_seen(stocktake, [gyro], by=idris) == 1
    assert not services.note_seen(stocktake, by=idris, scanned=gyro.scanned_as).is_new
    assert services.tick_seen(stocktake, [gyro], by=idris) == 0
    finished = services.finish_stocktake(stocktake, by=idris)
    assert (finished.present, finished.missing, finished.unexpected) == (1, 0, 0)


def test_what_the_checker_may_not_see_is_counted_without_a_name(
    client, idris, soraya, hidden, box, stocktake
):
    services.store_item(hidden, storage=box, by=soraya)
    client.force_login(idris)
    page = reverse("evidence:stocktake_detail", args=[stocktake.pk])
    scan = reverse("evidence:stocktake_scan", args=[stocktake.pk])
    assert client.get(page).context["unseen"]["expected"] == 1
    real = client.post(scan, {"scanned": hidden.scanned_as}).content.decode()
    none = client.post(scan, {"scanned": "VST-1999-0001/EV-0001"}).content.decode()
    for text in (real, none):
        assert "not one that you see" in text
        assert "Quillwort" not in text and hidden.exhibit_no not in text
    client.post(reverse("evidence:stocktake_finish", args=[stocktake.pk]))
    result = client.get(page)
    assert "Quillwort" not in result.content.decode()
    assert result.context["unseen"] == {
        "missing": 0,
        "present": 1,
        "unexpected": 0,
        "unnamed": 2,
    }
    assert last(hidden).kind == "inventory-check"


def test_nobody_writes_into_a_case_by_guessing_its_numbers(idris, hidden, stocktake):
    before = Entry.objects.about(hidden).count()
    services.note_seen(stocktake, by=idris, scanned=hidden.scanned_as)
    services.finish_stocktake(stocktake, by=idris)
    assert Entry.objects.about(hidden).count() == before
    assert not Sighting.objects.filter(item=hidden).exists()


def test_the_result_is_signed_in_the_ledger_without_a_name(gyro, amal, idris, box, stocktake):
    services.store_item(gyro, storage=box, by=amal)
    services.finish_stocktake(stocktake, by=idris)
    line = Entry.objects.about(stocktake).last()
    assert line.act == "evidence.stocktake_finished"
    assert (line.facts["missing"], line.facts["present"]) == (1, 0)
    assert len(line.facts["result_sha256"]) == 64
    assert gyro.exhibit_no not in line.body


def test_a_check_is_gone_on_with_and_finished_once(idris, box, stocktake):
    with pytest.raises(Refused, match="gone through already"):
        services.begin_stocktake(box, by=idris)
    services.finish_stocktake(Stocktake.objects.get(pk=stocktake.pk), by=idris)
    for deed in (
        lambda: services.finish_stocktake(stocktake, by=idris),
        lambda: services.note_seen(stocktake, by=idris, scanned="VST-1/EV-1"),
    ):
        with pytest.raises(Refused, match="is finished"):
            deed()
    services.begin_stocktake(box, by=idris)


def test_only_those_who_keep_a_place_go_through_it(client, amal, omar, box, stocktake):
    with pytest.raises(PermissionDenied):
        services.note_seen(stocktake, by=amal, scanned="VST-1/EV-1")
    client.force_login(omar)
    page = reverse("evidence:stocktake_detail", args=[stocktake.pk])
    assert client.get(page).status_code == 404


def test_an_administrator_goes_through_no_place_of_another_agency(idris, box):
    idris.is_superuser, idris.agency_id = True, uuid7()
    with pytest.raises(PermissionDenied):
        services.begin_stocktake(box, by=idris)


def test_what_stands_deeper_is_gone_through_with_it(gyro, amal, idris, room, box):
    services.store_item(gyro, storage=box, by=amal)
    stocktake = services.begin_stocktake(room, by=idris)
    services.note_seen(stocktake, by=idris, scanned=gyro.scanned_as)
    assert services.finish_stocktake(stocktake, by=idris).present == 1


def test_lost_is_a_persons_word_and_found_another(gyro, amal, idris, box, stocktake):
    services.store_item(gyro, storage=box, by=amal)
    services.finish_stocktake(stocktake, by=idris)
    with pytest.raises(Refused, match="Say why"):
        services.declare_lost(gyro, by=idris, reason=" ")
    services.declare_lost(gyro, by=idris, reason="Searched the whole room")
    gyro.refresh_from_db()
    assert (gyro.status, gyro.storage) == ("lost", None)
    with pytest.raises(Refused, match="no longer with the team"):
        services.store_item(gyro, storage=box, by=amal)
    services.declare_found(gyro, by=idris, place="Under the shelf", condition="Dusty")
    gyro.refresh_from_db()
    assert (gyro.status, gyro.holder, gyro.kept_at) == ("collected", idris, "Under the shelf")


def test_a_closed_place_is_not_gone_through(idris, house):
    cellar = within(house, idris, name="Cellar", kind="room")
    services.retire_place(cellar, by=idris, reason="Flooded")
    cellar.refresh_from_db()
    with pytest.raises(Refused, match="is closed"):
        services.begin_stocktake(cellar, by=idris)
