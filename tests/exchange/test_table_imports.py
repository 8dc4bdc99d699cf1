"""Tables brought into a case: seen in a dry run, written by the services, changed, and undone."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from attribution.models import Actor, Claim
from catalogue.models import ComponentCategory
from core import jobs
from core.errors import Refused
from core.markings import Handling
from evidence.models import Component, Item
from exchange import services
from exchange.formats.tables.plan import TableMap, ready_maps
from exchange.models import ColumnMap, TableImport, TableImportRow, TheirReference
from exchange.services import table_work
from exchange.services.table_kinds import KINDS
from investigations import services as investigations
from investigations.models import CasualtyCount, Incident, Label, SourceReport
from ledger.models import Entry
from ledger.services.writing import FEW
from tests.bells import answer, job_for

RAIDS = {
    "their_id": ("id",),
    "title": ("title",),
    "occurred_from": ("day",),
    "attack_mode": ("mode",),
    "killed_min": ("dead",),
}
FIRST = """id,title,day,mode,dead
R-1,Raid on the pier,2026-03-01,air strike,2
R-2,Raid on the depot,2026-03-02 21:30,cruise missile,
"""
SECOND = """id,title,day,mode,dead
R-1,Raid on the pier,2026-03-01,air strike,5
R-2,Raid on the fuel depot,2026-03-02 21:30,cruise missile,
R-3,Raid on the mill,2026-03-04,غارة جوية,
"""


def seen(case, by, text, kind="incident", columns=RAIDS, **plan):
    """The table after its dry run."""
    table = services.receive_table(case, by=by, kind=kind, name="raids.csv", chunks=[text.encode()])
    plan = TableMap(columns, **{"scheme": "Harbour list", **plan})
    return work(services.map_table(table, by=by, plan=plan))


def work(table):
    """What a worker does, in this process."""
    return services.work_on_table(TableImport.objects.get(pk=table.pk))


def written(case, by, text, **more):
    """The table, written into the case."""
    table = seen(case, by, text, **more)
    return work(services.write_table(table, by=by))


def verdicts(table):
    rows = TableImportRow.objects.filter(table_import=table, turn=table.turn)
    return [row.verdict for row in rows.order_by("number")]


def reasons(table):
    rows = TableImportRow.objects.filter(table_import=table, turn=table.turn)
    return {row.number: row.reason for row in rows if row.reason}


def test_a_dry_run_shows_all_and_writes_nothing(night_raid, amal):
    table = seen(night_raid, amal, FIRST)
    assert (table.state, table.created, table.refused) == ("checked", 2, 0)
    assert verdicts(table) == ["create", "create"]
    assert not Incident.objects.filter(case=night_raid).exists()
    assert not TheirReference.objects.exists()
    acts = Entry.objects.filter(log=night_raid.pk).values_list("act", flat=True)
    assert "investigations.incident_entered" not in acts
    assert "exchange.table_checked" in acts


def test_what_is_written_went_through_the_services(night_raid, amal):
    table = written(night_raid, amal, FIRST)
    assert (table.state, table.created) == ("done", 2)
    pier, depot = Incident.objects.filter(case=night_raid).order_by("ref")
    assert (pier.ref, pier.title, pier.attack_mode) == (
        "INC-0001",
        "Raid on the pier",
        "air-strike",
    )
    assert (pier.occurred_precision, depot.occurred_precision) == ("day", "minute")
    assert CasualtyCount.objects.get(incident=pier, harm="killed").at_least == 2
    cited = SourceReport.objects.get(incident=pier)
    assert (cited.grade, cited.citation) == ("F6", "Harbour list: R-1")
    assert cited.as_reported["row"]["title"] == "Raid on the pier"
    assert Entry.objects.about(pier).filter(actor=amal).exists()
    line = Entry.objects.about(table).get(act="exchange.table_written")
    assert (line.facts["created"], line.facts["refused"]) == (2, 0)


def test_the_missing_are_counted_beside_the_killed(night_raid, amal):
    lines = (
        FIRST.replace(",dead", ",dead,lost").replace(",2\n", ",2,3\n").replace("ile,\n", "ile,,\n")
    )
    written(night_raid, amal, lines, columns={**RAIDS, "missing_min": ("lost",)})
    counts = CasualtyCount.objects.values_list("harm", "at_least")
    assert sorted(counts) == [("killed", 2), ("missing", 3)]


def test_a_corrected_table_changes_the_same_records_and_shows_each_field_first(night_raid, amal):
    written(night_raid, amal, FIRST)
    table = seen(night_raid, amal, SECOND)
    assert verdicts(table) == ["change", "change", "create"]
    pier, depot, _mill = TableImportRow.objects.filter(table_import=table).order_by("number")
    assert (pier.changes["killed"]["was"], pier.changes["killed"]["now"]) == ([2, None], [5, None])
    assert depot.changes["title"]["was_told"] == "Raid on the depot"
    assert Incident.objects.get(ref="INC-0002").title == "Raid on the depot"
    work(services.write_table(table, by=amal))
    assert Incident.objects.get(ref="INC-0002").title == "Raid on the fuel depot"
    assert CasualtyCount.objects.get(harm="killed").at_least == 5
    assert Incident.objects.filter(case=night_raid).count() == 3
    assert verdicts(seen(night_raid, amal, SECOND)) == ["same"] * 3


def test_an_import_is_undone_at_once_apart_from_what_somebody_changed_since(night_raid, amal):
    written(night_raid, amal, FIRST)
    table = written(night_raid, amal, SECOND)
    depot = Incident.objects.get(ref="INC-0002")
    investigations.amend_incident(
        depot, by=amal, version=depot.version, title="Raid on the oil depot"
    )
    table = work(services.undo_table(table, by=amal))
    assert table.state == "undone"
    rows = TableImportRow.objects.filter(table_import=table).order_by("number")
    assert [row.reversal for row in rows] == ["undone", "stands", "undone"]
    assert "title" in rows[1].reason.lower()
    assert CasualtyCount.objects.get(harm="killed").at_least == 2
    assert Incident.objects.get(ref="INC-0002").title == "Raid on the oil depot"
    assert Incident.objects.get(ref="INC-0003").status == "withdrawn"
    line = Entry.objects.about(table).get(act="exchange.table_undone")
    assert (line.facts["undone"], line.facts["stands"]) == (2, 1)
    with pytest.raises(Refused, match="undone already"):
        services.undo_table(table, by=amal)


def test_what_was_undone_comes_back_with_the_next_table(night_raid, amal):
    table = written(night_raid, amal, FIRST)
    work(services.undo_table(table, by=amal))
    again = written(night_raid, amal, FIRST)
    assert verdicts(again) == ["change", "change"]
    assert set(Incident.objects.values_list("status", flat=True)) == {"reported"}
    assert Incident.objects.filter(case=night_raid).count() == 2


KIND_OF_TABLE = {
    "item": (
        Item,
        {"their_id": "id", "kind": "kind", "description": "what", "incident": "at", "mass_g": "g"},
        ["E-1", "gyroscope or IMU", "Gyroscope", "INC-0001", "1.234,5"],
        {"what": "Vertical gyroscope"},
        ("description", "Vertical gyroscope", "Gyroscope"),
    ),
    "component": (
        Component,
        {"their_id": "id", "item": "exhibit", "category": "kind", "serial_number": "sn"},
        ["C-1", "EV-0001", "gyroscope-imu", "0041"],
        {"sn": "00412"},
        ("serial_number", "00412", "0041"),
    ),
    "actor": (
        Actor,
        {"their_id": "id", "name": "name", "kind": "kind", "remarks": "note"},
        ["A-1", "Heron Cell", "armed group", "Seen once."],
        {"note": "Seen twice."},
        ("remarks", "Seen twice.", "Seen once."),
    ),
    "claim": (
        Claim,
        {"their_id": "id", "text": "said", "incident": "of", "citation": "where"},
        ["S-1", "It came from the sea.", "INC-0001", "Radio"],
        {"said": "It came from the south."},
        ("text", "It came from the south.", "It came from the sea."),
    ),
}


@pytest.mark.parametrize("kind", KIND_OF_TABLE)
def test_every_kind_is_entered_changed_and_taken_back(kind, night_raid, strike, gyro, amal):
    model, columns, cells, correction, (field, after, before) = KIND_OF_TABLE[kind]
    head = list(columns.values())
    known = set(model.objects.values_list("pk", flat=True))
    more = {
        "kind": kind,
        "columns": {name: (column,) for name, column in columns.items()},
        "decimal": ",",
    }
    first = written(night_raid, amal, csv_of(head, cells), **more)
    assert first.created == 1, reasons(first)
    record = model.objects.exclude(pk__in=known).get()
    assert Entry.objects.about(record).filter(actor=amal).exists()
    corrected = [correction.get(name, cell) for name, cell in zip(head, cells, strict=True)]
    second = written(night_raid, amal, csv_of(head, corrected), **more)
    assert (second.changed, second.created) == (1, 0), reasons(second)
    record.refresh_from_db()
    assert getattr(record, field) == after
    work(services.undo_table(second, by=amal))
    record.refresh_from_db()
    assert getattr(record, field) == before
    work(services.undo_table(first, by=amal))
    assert model.objects.filter(pk=record.pk).exists()
    row = TableImportRow.objects.get(table_import=first)
    assert (row.reversal, bool(row.reason)) == ("stands", True)


def csv_of(*rows):
    return "".join(";".join(row) + "\n" for row in rows)


def test_a_new_claim_is_set_aside_and_the_next_table_enters_another(night_raid, strike, amal):
    _model, columns, cells, _correction, _field = KIND_OF_TABLE["claim"]
    text = csv_of(columns.values(), cells)
    more = {"kind": "claim", "columns": {name: (one,) for name, one in columns.items()}}
    table = written(night_raid, amal, text, **more)
    work(services.undo_table(table, by=amal))
    assert Claim.objects.get().is_set_aside
    assert written(night_raid, amal, text, **more).created == 1
    assert Claim.objects.standing().count() == 1


def test_lines_that_make_no_sense_are_refused_with_the_reason_and_handed_back(
    client, night_raid, amal
):
    text = (
        "id,title,day,mode,dead\n"
        "R-1,Raid,03/04/2026,air strike,\n"
        "R-2,=cmd(),2026-03-01,balloon,\n"
        "R-3,Raid,2026-03-01,air strike,2.5\n"
        ",Raid,2026-03-01,air strike,\n"
        "R-5,Raid\n"
        "R-6,Raid,2026-03-01,air strike,1\n"
        "R-6,Raid again,2026-03-01,air strike,1\n"
    )
    table = seen(night_raid, amal, text)
    assert (table.created, table.refused) == (1, 6)
    told = reasons(table)
    signs = {1: "which number", 2: "none of our words", 3: "whole number", 4: "no reference"}
    signs |= {5: "fewer cells", 7: "Line 6 has the same reference"}
    assert {number for number, sign in signs.items() if sign in told[number]} == set(signs)
    client.force_login(amal)
    sheet = client.post(reverse("exchange:table_refused", args=[table.pk]))
    body = b"".join(sheet.streaming_content).decode()
    assert '"\'=cmd()"' in body
    assert "none of our words" in body
    assert Entry.objects.about(table).filter(act="exchange.refused_lines_taken").exists()


def test_what_the_services_refuse_is_refused_line_by_line(night_raid, amal):
    columns = {"their_id": ("id",), "launched_min": ("least",), "launched_max": ("most",)}
    text = "id,least,most\nR-1,1,2\nR-2,5,3\n"
    table = written(night_raid, amal, text, columns=columns)
    assert (table.created, table.refused) == (1, 1)
    assert "At most" in reasons(table)[2]


def test_what_somebody_changed_since_the_dry_run_is_not_overwritten(night_raid, amal):
    written(night_raid, amal, FIRST)
    table = seen(night_raid, amal, SECOND)
    pier = Incident.objects.get(ref="INC-0001")
    investigations.amend_incident(pier, by=amal, version=pier.version, title="Raid on the jetty")
    table = work(services.write_table(table, by=amal))
    assert verdicts(table) == ["refuse", "change", "create"]
    assert "since the dry run" in reasons(table)[1]
    assert Incident.objects.get(ref="INC-0001").title == "Raid on the jetty"


def test_a_record_out_of_sight_is_neither_changed_nor_told_of(night_raid, amal):
    written(night_raid, amal, FIRST)
    hidden = Incident.objects.get(ref="INC-0001")
    label = Label.for_handling(Handling(clearance=3))
    Incident.objects.filter(pk=hidden.pk).update(label=label)
    table = written(night_raid, amal, SECOND)
    assert verdicts(table) == ["refuse", "change", "create"]
    assert "pier" not in reasons(table)[1]
    rows = TableImportRow.objects.visible_to(amal).filter(table_import=table)
    assert rows.count() == 3


def test_only_those_whose_duty_it_is_bring_tables_in(night_raid, amal, lena, rami, omar):
    table = seen(night_raid, amal, FIRST)
    with pytest.raises(PermissionDenied):
        services.write_table(table, by=rami)
    with pytest.raises(PermissionDenied):
        services.write_table(table, by=omar)
    with pytest.raises(PermissionDenied):  # actors are for those who analyse
        services.receive_table(night_raid, by=lena, kind="actor", name="a.csv", chunks=[b"name\nX"])
    services.write_table(table, by=lena)


def test_whoever_has_left_the_case_has_nothing_written_any_more(night_raid, amal, soraya):
    table = services.write_table(seen(night_raid, amal, FIRST), by=amal)
    place = night_raid.memberships.current().get(user=amal)
    investigations.end_membership(place, by=soraya)
    job = job_for("exchange.work_on_table", table.pk)
    assert answer(job).state == "failed"
    table.refresh_from_db()
    assert (table.state, table.may_be_undone) == ("failed", True)
    assert not Incident.objects.filter(case=night_raid).exists()


def test_a_worker_that_dies_is_followed_by_one_that_goes_on(night_raid, amal, monkeypatch):
    monkeypatch.setattr(table_work, "CHUNK", 1)
    table = services.write_table(seen(night_raid, amal, SECOND), by=amal)
    real, done = table_work.do_batch, []

    def dies_in_the_third(turn, lines, lease):
        if len(done) == 2:
            raise OSError("the disk is gone")
        done.append(lines)
        real(turn, lines, lease)

    monkeypatch.setattr(table_work, "do_batch", dies_in_the_third)
    with pytest.raises(OSError, match="disk"):
        work(table)
    table.refresh_from_db()
    assert (table.state, table.position) == ("running", 2)
    monkeypatch.setattr(table_work, "do_batch", real)
    table = work(table)
    assert (table.state, table.created) == ("done", 3)
    assert Incident.objects.filter(case=night_raid).count() == 3


def test_a_batch_costs_as_many_questions_however_many_lines_it_has(night_raid, amal):
    def cost(count):
        lines = "".join(f"Q-{count}-{at},Raid,2026-03-01,air strike,1\n" for at in range(count))
        text = f"id,title,day,mode,dead\n{lines}"
        table = services.write_table(seen(night_raid, amal, text), by=amal)
        with CaptureQueriesContext(
            connection,
        ) as new:
            work(table)
        with CaptureQueriesContext(connection) as same:
            seen(night_raid, amal, text + "\n")
        return len(new), len(same)

    cost(2)  # the first table also opens the chain and the series of numbers
    assert cost(FEW + 1) == cost(40)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 torn", "no whole XLSX"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(night_raid, amal, data, sentence):
    with pytest.raises(Refused, match=sentence):
        services.receive_table(night_raid, by=amal, kind="incident", name="x", chunks=[data])
    assert not TableImport.objects.exists()


def test_a_workbook_comes_in_sheet_by_sheet_and_its_formulas_stay_out(night_raid, amal):
    book, file = Workbook(), BytesIO()
    book.active.append(["unrelated"])
    sheet = book.create_sheet("الغارات")
    sheet.append(["id", "title", "day", "mode", "dead"])
    sheet.append(
        ["R-1", "Raid on the pier", datetime.fromisoformat("2026-03-01 21:30"), "air strike", 2]
    )
    sheet.append(["R-2", "Raid on the depot", date(2026, 3, 2), "air strike", "=1+1"])
    book.save(file)
    table = services.receive_table(
        night_raid, by=amal, kind="incident", name="raids.xlsx", chunks=[file.getvalue()]
    )
    assert (table.format, table.head) == ("xlsx", ["unrelated"])
    table = services.read_table_as(table, by=amal, sheet="الغارات")
    plan = TableMap(RAIDS, scheme="Harbour list")
    table = work(services.map_table(table, by=amal, plan=plan))
    assert verdicts(table) == ["create", "refuse"]
    assert "formula" in reasons(table)[2]
    work(services.write_table(table, by=amal))
    pier = Incident.objects.get(case=night_raid)
    assert (pier.occurred_from.hour, pier.occurred_precision) == (21, "minute")


def test_a_table_that_reads_badly_is_read_otherwise(night_raid, amal):
    text = "العنوان;اليوم\nهجوم على المقر ليلا;2026-03-01\n"
    table = services.receive_table(
        night_raid, by=amal, kind="incident", name="x.csv", chunks=[text.encode("cp1256")]
    )
    assert (table.encoding, table.delimiter, table.head[0]) == ("windows-1256", ";", "العنوان")
    with pytest.raises(Refused, match="bytes that this encoding does not have"):
        services.read_table_as(table, by=amal, encoding="utf-8", delimiter=";")
    table = services.read_table_as(table, by=amal, encoding="windows-1251", delimiter=";")
    assert table.head[0] != "العنوان"


def test_maps_are_kept_for_oneself_or_for_the_agency(night_raid, amal, lena, omar):
    plan = TableMap(RAIDS, scheme="Harbour list")
    services.keep_map(by=amal, name="Mine", kind="incident", plan=plan)
    shared = services.keep_map(by=amal, name="Ours", kind="incident", plan=plan, for_agency=True)
    assert [row.name for row in ColumnMap.objects.visible_to(lena)] == ["Ours"]
    assert TableMap.of(shared.plan).columns == RAIDS
    with pytest.raises(PermissionDenied):
        services.forget_map(shared, by=lena)
    services.forget_map(shared, by=amal)
    assert not ColumnMap.objects.visible_to(omar).exists()


def test_ready_maps_speak_in_our_words():
    for plan in ready_maps():
        kind = KINDS[plan.kind]
        assert set(plan.columns) | set(plan.always) <= set(kind.all_fields)
        for name, words in [*plan.words.items(), *plan.contains.items()]:
            field = kind.field(name)
            if field.choices:
                assert set(words.values()) <= {"-", *dict(field.flatchoices)}, plan.scheme
            else:
                assert {len(code) for code in words.values()} <= {1, 2}


def test_fields_of_one_kind_have_names_of_their_own():
    for kind in KINDS.values():
        labels = [kind.label(name) for name in kind.all_fields]
        assert len(set(labels)) == len(labels), kind.name


def test_the_pages_lead_from_the_file_to_the_case_and_back(client, night_raid, amal):
    client.force_login(amal)
    home = client.get(reverse("exchange:table_list", args=[night_raid.pk]))
    assert home.status_code == 200
    file = SimpleUploadedFile("raids.csv", FIRST.encode())
    there = reverse("exchange:table_receive", args=[night_raid.pk])
    shown = client.post(there, {"file": file, "kind": "incident"}, follow=True)
    assert "Raid on the pier" in shown.content.decode()
    table = TableImport.objects.get()
    assert services.map_of(table).columns["title"] == ("title",)
    form = {"scheme": "Harbour list", "decimal": ".", "zone": "Asia/Baghdad", "days": "ymd"}
    form |= {f"column_{name}": f'["{column}"]' for name, (column,) in RAIDS.items()}
    mapping = reverse("exchange:table_map", args=[table.pk])
    wrong = client.post(mapping, {**form, "words": "no field here"})
    assert wrong.status_code == 422
    assert client.post(mapping, form).status_code == 302
    page = reverse("exchange:table_detail", args=[table.pk])
    assert "every 2s" in client.get(page).content.decode()
    answer(job_for("exchange.work_on_table", table.pk))
    assert "Write: 2 new, 0 changed" in client.get(page).content.decode()
    assert client.post(reverse("exchange:table_write", args=[table.pk])).status_code == 302
    answer(job_for("exchange.work_on_table", table.pk))
    shown = client.get(page, {"verdict": "create"}).content.decode()
    assert "Raid on the depot" in shown and "Undo all of it" in shown
    assert client.post(reverse("exchange:table_undo", args=[table.pk])).status_code == 302
    answer(job_for("exchange.work_on_table", table.pk))
    assert "Undone" in client.get(page).content.decode()
    assert client.post(mapping, form).status_code == 422


def test_programs_read_what_tables_did(as_program, night_raid, amal):
    table = seen(night_raid, amal, FIRST)
    program = as_program(amal)
    told = program.get(f"/api/v1/table-imports/{table.pk}/").json()
    assert (told["state"], told["created"], told["head"][0]) == ("checked", 2, "id")
    rows = program.get("/api/v1/table-rows/", {"table_import": str(table.pk)}).json()["results"]
    assert {row["verdict"] for row in rows} == {"create"}


def test_an_import_in_other_hands_is_not_worked_on_twice(night_raid, amal):
    table = seen(night_raid, amal, FIRST)
    stale = TableImport.objects.get(pk=table.pk)
    stale.state, stale.position = "running", 0
    with pytest.raises(jobs.Overtaken):
        services.work_on_table(stale)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "is no kind that is known here. There are: "),
        ("ar", "الأنواع المعروفة"),
    ],
)
def test_an_unknown_kind_is_refused_with_the_kinds_that_there_are(
    night_raid, strike, amal, language, told
):
    amal.language = language
    amal.save()
    columns = {"kind": ("kind",), "description": ("what",), "incident": ("attack",)}
    text = f"kind,what,attack\nflux capacitor,A part,{strike.ref}\n"
    [reason] = reasons(seen(night_raid, amal, text, kind="item", columns=columns)).values()
    assert told in reason
    for kind in ComponentCategory.objects.all():
        assert (kind.name_ar if language == "ar" else kind.name) in reason
