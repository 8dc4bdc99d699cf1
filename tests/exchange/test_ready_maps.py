"""Tables that many people have, by their ready maps: brought in, seen, written, and undone again.

The tables lie in `listed/`, each with the columns of its code book. The rows of UCDP are its own:
three of the Georeferenced Event Dataset (Sundberg and Melander 2013; Uppsala Conflict Data Program,
CC BY 4.0). ACLED and GTD let nobody pass rows on, so theirs are invented, as are those of VIINA.
"""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from catalogue.models import Country
from exchange import services
from exchange.models import TableImport, TableImportRow
from investigations.models import CasualtyCount, Incident, SourceReport

LISTED = Path(__file__).parent / "listed"


@pytest.fixture(autouse=True)
def countries(catalogue):
    for code, iso3, name in [("AF", "AFG", "Afghanistan"), ("UA", "UKR", "Ukraine")]:
        Country.objects.create(code=code, iso3=iso3, name=name)


def as_workbook(data: bytes) -> bytes:
    """The same table as a workbook, its numbers as numbers: so GTD is handed out."""
    book, held = Workbook(), BytesIO()
    sheet = book.active
    for cells in csv.reader(data.decode().splitlines()):
        sheet.append([int(cell) if cell.lstrip("-").isdigit() else cell or None for cell in cells])
    book.save(held)
    return held.getvalue()


def brought_in(case, by, name, data):
    """A table as people bring it in who change nothing of what the program takes it for."""
    table = services.receive_table(case, by=by, kind="incident", name=name, chunks=[data])
    return work(services.map_table(table, by=by, plan=services.map_of(table)))


def work(table):
    return services.work_on_table(TableImport.objects.get(pk=table.pk))


def reasons(table):
    rows = TableImportRow.objects.filter(table_import=table, turn=table.turn)
    return [row.reason for row in rows if row.reason]


def written(case, by, name, data):
    """Its attacks, by their references there, once all of it is written."""
    table = brought_in(case, by, name, data)
    assert (reasons(table), table.state, table.changed) == ([], "checked", 0)
    assert not Incident.objects.filter(case=case).exists(), "a dry run writes nothing"
    table = work(services.write_table(table, by=by))
    assert (reasons(table), table.state) == ([], "done")
    rows = TableImportRow.objects.filter(table_import=table, turn=table.turn)
    found = {row.key: row.reference.incident for row in rows.select_related("reference__incident")}
    assert len(found) == table.created
    return table, found


def killed(attack):
    counts = CasualtyCount.objects.filter(incident=attack, harm="killed")
    return [(count.at_least, count.at_most) for count in counts]


def undone(table, by):
    """Everything is taken back, and the same table can be brought in again."""
    table = work(services.undo_table(table, by=by))
    assert (reasons(table), table.state) == ([], "undone")
    return set(Incident.objects.filter(case=table.case).values_list("status", flat=True))


def test_events_of_ucdp_come_in_with_their_ranges_and_estimates(night_raid, amal):
    data = (LISTED / "ucdp_ged.csv").read_bytes()
    table, found = written(night_raid, amal, "GEDEvent_v25_1.csv", data)
    kabul, nangarhar, kunduz = (found[key] for key in ("244657", "132140", "130364"))
    assert (kabul.occurred_from.date(), kabul.occurred_precision) == (date(2017, 7, 31), "day")
    assert kabul.occurred_to is None
    assert (kabul.place_name, kabul.place_precision) == ("Kabul city Kabul province", "settlement")
    assert (kabul.latitude, kabul.country.code) == (Decimal("34.531094"), "AF")
    assert nangarhar.occurred_precision == "range"
    assert nangarhar.occurred_to == datetime(1989, 1, 13, 23, 59, 59, tzinfo=UTC)
    assert nangarhar.place_precision == "region"
    assert (killed(kabul), killed(kunduz)) == ([(6, 6)], [(0, 4)])
    cited = SourceReport.objects.get(incident=kabul)
    assert (cited.citation, cited.grade) == ("UCDP-GED: 244657", "B3")
    assert "Pajhwok News" in kabul.narrative
    words = " ".join(f"{each.title} {each.weapon_as_stated}" for each in found.values())
    assert "Islami" not in words and "Government" not in words, "the sides are not read"
    assert undone(table, amal) == {"withdrawn"}


def test_an_event_that_rests_on_many_articles_is_not_refused(night_raid, amal):
    """GED joins all of its articles in one cell: often more than a citation may hold."""
    head, kabul = list(csv.reader((LISTED / "ucdp_ged.csv").read_text().splitlines()))[:2]
    at = head.index("source_article")
    kabul[at] = ";".join([kabul[at]] * 9)
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (head, kabul)]
    _table, found = written(night_raid, amal, "ged.csv", "\n".join(lines).encode())
    assert found["244657"].narrative.count("Pajhwok News") == 9


def test_events_of_acled_come_in_by_either_way_of_writing_days(night_raid, amal):
    table, found = written(night_raid, amal, "acled.csv", (LISTED / "acled.csv").read_bytes())
    pier, mill, hills = (found[key] for key in ("AZU101", "AZU102", "AZU103"))
    assert (pier.occurred_from.date(), pier.occurred_precision) == (date(2026, 1, 31), "day")
    assert (mill.occurred_from.date(), mill.occurred_precision) == (date(2026, 2, 1), "range")
    assert hills.occurred_precision == "month"
    modes = [each.attack_mode for each in (pier, mill, hills)]
    assert modes == ["air-strike", "mortar-artillery", "unknown"]
    assert [killed(each) for each in (pier, mill)] == [[(0, None)], [(3, None)]]
    assert (mill.place_name, mill.place_precision) == ("Old Mill Hills", "district")
    assert "\n" in mill.narrative
    assert SourceReport.objects.get(incident=pier).citation == "Azure Herald; Port Gazette"
    assert "Azuria" not in " ".join(each.title for each in found.values())
    assert undone(table, amal) == {"withdrawn"}


def test_reports_of_viina_come_in_as_reports(night_raid, amal):
    table, found = written(night_raid, amal, "event_info.csv", (LISTED / "viina.csv").read_bytes())
    bay, region = found["9000001"], found["9000002"]
    assert (bay.occurred_precision, bay.occurred_zone) == ("day", "Europe/Kyiv")
    assert bay.occurred_from == datetime(2026, 2, 28, 22, tzinfo=UTC), "the day began in Kyiv"
    assert bay.occurred_as_stated == "20260301 03:40", "the time is that of the report"
    assert (bay.place_precision, region.place_precision) == ("street", "region")
    assert bay.longitude == Decimal("30.723400")
    assert bay.place_native == "Лазурна затока, вулиця Причальна"
    cited = SourceReport.objects.get(incident=bay)
    assert (cited.grade, cited.citation) == ("F6", "herald https://herald.example/1")
    assert undone(table, amal) == {"withdrawn"}


@pytest.mark.parametrize("packed", [bytes, as_workbook], ids=["text", "workbook"])
def test_attacks_of_gtd_come_in_with_what_is_not_known(night_raid, amal, packed):
    data = packed((LISTED / "gtd.csv").read_bytes())
    table, found = written(night_raid, amal, "globalterrorismdb", data)
    gate, airport, mill = (found[k] for k in ("202606010001", "202606000002", "197000000003"))
    precisions = [each.occurred_precision for each in (gate, airport, mill)]
    assert precisions == ["day", "month", "year"]
    assert (gate.attack_mode, airport.attack_mode) == ("IED-vehicle-borne", "unguided-rocket")
    assert (gate.target_type, airport.target_type) == ("diplomatic-premises", "airport")
    assert mill.target_type == "undefined" and mill.country is None, "there is no such state now"
    assert (airport.place_name, mill.place_name) == ("", "Old Mill")
    assert [killed(each) for each in (gate, airport, mill)] == [[(3, 3)], [], [(0, 0)]]
    assert not CasualtyCount.objects.filter(incident=gate, harm="injured").exists()
    assert "Heron" in gate.narrative and "Heron" not in gate.title
    assert "Cormorant" not in " ".join(f"{each.title} {each.narrative}" for each in found.values())
    assert undone(table, amal) == {"withdrawn"}
