"""Importing a list of incidents: every row counted once, nothing half-written, safe to repeat."""

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalogue.models import Country, Theatre
from investigations.models import CasualtyCount, Incident, SourceReport
from ledger.models import Entry
from ledger.verification import verify

REAL = Path(__file__).parents[3] / "shared/data/incidents/missile-attacks-ukraine"
REAL_MAP = Path(__file__).parents[2] / "exchange/maps/missile_attacks_daily.toml"
MAP = """
name = "harbour-list"
[columns]
starts = "from"
ends = "to"
weapon = "what"
place = "where"
launched = "sent"
intercepted = "stopped"
killed_min = "dead"
source = "source"
[printed]
columns = ["details"]
[always]
zone = "Asia/Baghdad"
[source]
reliability = "B"
credibility = "3"
party_to_conflict = true
[attack_modes]
"Samad" = "one-way-attack-UAV"
"""
HEAD = ["from", "to", "what", "where", "sent", "stopped", "dead", "details", "source"]
GOOD = ["2026-03-01 21:00 ", "2026-03-02 3:30", "Samad‑3", "Basra", "4.0", "3.0", "", "{'a': NaN}"]


@pytest.fixture
def listing(tmp_path):
    """Writes a list of rows and its map; returns the arguments of the command."""

    def write(*rows, map_text=MAP, head=HEAD):
        (tmp_path / "map.toml").write_text(map_text)
        with (tmp_path / "list.csv").open("w", newline="") as stream:
            csv.writer(stream).writerows([head, *rows])
        result = tmp_path / "result.csv"
        return [
            str(tmp_path / "list.csv"),
            f"--map={tmp_path / 'map.toml'}",
            f"--result={result}",
        ]

    return write


def row(*, source="post/1", **changes):
    cells = dict(zip(HEAD, [*GOOD, source], strict=True))
    return list({**cells, **changes}.values())


def last_line(capsys):
    return capsys.readouterr().out.strip().splitlines()[-1]


def test_a_row_becomes_an_incident_with_its_source_graded(night_raid, soraya, listing, capsys):
    call_command("import_incidents", *listing(row()), case=night_raid.ref)

    incident = Incident.objects.visible_to(soraya).get()
    assert incident.occurred_from.isoformat() == "2026-03-01T18:00:00+00:00"
    assert incident.occurred_to.isoformat() == "2026-03-02T00:30:00+00:00"
    assert incident.occurred_precision == "minute"
    assert incident.occurred_as_stated == "2026-03-01 21:00 – 2026-03-02 3:30"
    assert incident.attack_mode == "one-way-attack-UAV"
    assert (incident.launched_min, incident.intercepted_max) == (4, 3)
    assert incident.arrived_min is None
    report = incident.source_reports.get()
    assert (report.grade, report.party_to_conflict) == ("B3", True)
    assert report.as_reported["read"] == {"details": {"a": None}}
    assert report.as_reported["row"]["what"] == "Samad‑3"
    assert last_line(capsys) == "1 rows read: 1 created, 0 unchanged, 0 refused"


def test_the_same_row_twice_is_one_incident(night_raid, listing, capsys):
    arguments = listing(row(), row(), row(source="post/2"))
    call_command("import_incidents", *arguments, case=night_raid.ref)
    assert last_line(capsys) == "3 rows read: 2 created, 1 unchanged, 0 refused"

    call_command("import_incidents", *arguments, case=night_raid.ref)
    assert last_line(capsys) == "3 rows read: 0 created, 3 unchanged, 0 refused"
    assert Incident.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"from": "the first of March"}, "is not a date such as"),
        ({"from": "0001-01-01"}, "a year that cannot be meant"),
        ({"to": "9999-12-31 23:59"}, "a year that cannot be meant"),
        ({"from": "2026-02-30"}, "no day or time of the calendar"),
        ({"from": "2026-03-05", "to": "2026-03-04"}, "ends (2026-03-04) before it begins"),
        ({"sent": "4.5"}, "not a whole number"),
        ({"sent": "-1"}, "not a whole number"),
        ({"sent": "many"}, "is not a number"),
        ({"stopped": "9"}, "more were intercepted (9) than launched (4)"),
        ({"where": "x" * 501}, "longer than 500"),
    ],
)
def test_a_wrong_row_stands_in_the_result_file(
    night_raid, listing, capsys, tmp_path, changes, reason
):
    call_command("import_incidents", *listing(row(**changes), row()), case=night_raid.ref)

    assert last_line(capsys) == "2 rows read: 1 created, 0 unchanged, 1 refused"
    refused = list(csv.DictReader((tmp_path / "result.csv").open()))
    assert [line["row"] for line in refused] == ["1"]
    assert reason in refused[0]["reason"]


def test_a_row_with_too_few_cells_is_refused(night_raid, listing, capsys, tmp_path):
    call_command("import_incidents", *listing(["2026-03-01"], row()), case=night_raid.ref)

    assert last_line(capsys) == "2 rows read: 1 created, 0 unchanged, 1 refused"
    assert "1 cells where the head line has 9" in (tmp_path / "result.csv").read_text()


def test_an_empty_number_is_unknown_and_not_zero(night_raid, listing):
    call_command("import_incidents", *listing(row(sent="", stopped="NaN")), case=night_raid.ref)

    incident = Incident.objects.get()
    assert (incident.launched_min, incident.intercepted_min) == (None, None)
    assert not CasualtyCount.objects.exists()


def test_a_day_without_a_time_is_known_to_the_day(night_raid, listing):
    rows = row(**{"from": "2026-03-01", "to": "2026-03-01"})
    call_command("import_incidents", *listing(rows), case=night_raid.ref)

    incident = Incident.objects.get()
    assert (incident.occurred_precision, incident.occurred_to) == ("day", None)


def test_a_dry_run_counts_and_writes_nothing(night_raid, listing, capsys):
    before = Entry.objects.count()
    call_command("import_incidents", *listing(row(), row(sent="x")), "--dry-run")

    assert "2 rows read: 1 created, 0 unchanged, 1 refused" in last_line(capsys)
    assert not Incident.objects.exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ([*HEAD, "what"], "names columns twice: what"),
        ([*HEAD, "a\0b"], "NUL character"),
        ([";".join(HEAD)], "It has: from;to;what"),
        ([], "none at all"),
    ],
)
def test_a_head_line_that_cannot_be_right_is_refused_whole(night_raid, listing, head, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("import_incidents", *listing(row(), head=head), case=night_raid.ref)
    assert not Incident.objects.exists()


@pytest.mark.parametrize("printed", [r"{'a': '\x00'}", "[b'x']", "[1e999]", "{", "7"])
def test_a_printed_value_that_cannot_be_kept_stops_nothing(night_raid, listing, capsys, printed):
    call_command("import_incidents", *listing(row(details=printed), row()), case=night_raid.ref)

    assert last_line(capsys) == "2 rows read: 2 created, 0 unchanged, 0 refused"
    report = SourceReport.objects.get(as_reported__row__details=printed)
    assert "unread" in report.as_reported["read"]["details"]


def test_a_list_from_a_spreadsheet_begins_with_a_mark_of_its_own(night_raid, listing, tmp_path):
    arguments = listing(row(where="البصرة"))
    plain = (tmp_path / "list.csv").read_bytes()
    (tmp_path / "list.csv").write_bytes(b"\xef\xbb\xbf" + plain)
    call_command("import_incidents", *arguments, case=night_raid.ref)
    assert Incident.objects.get().place_name == "البصرة"


def test_a_wrong_map_names_the_missing_column_and_those_found(night_raid, listing):
    arguments = listing(row(), map_text=MAP.replace('"what"', '"weapon type"'))
    with pytest.raises(CommandError, match=r"lacks the columns: weapon type.*It has: from, to"):
        call_command("import_incidents", *arguments, case=night_raid.ref)


def test_a_field_that_does_not_exist_is_named(night_raid, listing):
    arguments = listing(row(), map_text=MAP.replace("weapon =", "weopon ="))
    with pytest.raises(CommandError, match="fields that do not exist: weopon"):
        call_command("import_incidents", *arguments, case=night_raid.ref)


def test_somebody_outside_the_case_cannot_import_into_it(night_raid, omar, listing):
    with pytest.raises(CommandError, match="sees no case"):
        call_command("import_incidents", *listing(row()), case=night_raid.ref, by="omar")


def test_each_incident_has_its_line_in_the_ledger(night_raid, listing):
    call_command("import_incidents", *listing(row(), row(source="post/2")), case=night_raid.ref)

    assert Entry.objects.filter(act="investigations.incident_entered").count() == 2
    assert verify().flaws == []


def test_the_real_list_is_read_without_loss(soraya, catalogue, capsys, tmp_path):
    file = REAL / "missile_attacks_daily.csv"
    if not file.exists():
        pytest.skip(f"{file.name} is not shipped (its licence is unclear) and is not here")
    Country.objects.create(code="UA", iso3="UKR", name="Ukraine")
    Theatre.objects.create(name="Ukraine")
    arguments = [str(file), f"--map={REAL_MAP}", f"--result={tmp_path / 'result.csv'}"]
    call_command("import_incidents", *arguments)

    counted = last_line(capsys)
    refused = len((tmp_path / "result.csv").read_text().splitlines()) - 1
    created = Incident.objects.count()
    assert created + refused == 3770
    assert counted == f"3770 rows read: {created} created, 0 unchanged, {refused} refused"
    assert SourceReport.objects.filter(reliability="B", credibility="3").count() == created
