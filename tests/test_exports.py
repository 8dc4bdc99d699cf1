"""Every list can be taken away as it is filtered, marked, and without anything to calculate."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from openpyxl import load_workbook

from core.scope import system_scope
from ledger.models import Entry
from tests.access.parts import routes
from tests.access.scene import browser_of, world
from tests.access.walking import path_to
from tests.access.world import World
from tests.access_table import TABLE

__all__ = ["world"]
pytestmark = pytest.mark.django_db

NOT_TAKEN_AWAY = {
    "accounts:session_list": "where one is signed in oneself; nothing of a case",
    "exchange:key_list": "one's own keys; nothing of a case",
    "exchange:map_list": "how one's own agency reads columns; nothing of a case",
    "exchange:table_list": "each table leaves as it came, and its refused lines by themselves",
    "exchange:peer_list": "other installations; nothing of a case, and in the administration",
    "exchange:delivery_list": "what waits in no case yet; the bundle itself is what came",
    "evidence:intake_list": "a way to the files of each case, which have an export of their own",
    "investigations:value_list": "kept apart to be erased some day: no copy may stay elsewhere",
}
"""Lists without an export, each with the reason."""

LISTS_BY_ANOTHER_NAME = {
    "comparison:commonality": "comparison:commonality_export",
    "workspace:ledger": "workspace:ledger_export",
    "workspace:case_activity": "workspace:activity_export",
    "workspace:partner_log": "workspace:partner_log_export",
    "investigations:assistance": "investigations:need_export",
    "attribution:accountability": "attribution:measure_export",
    "attribution:actor_matrix": "attribution:assertion_export",
    "evidence:intake": "evidence:unsorted_export",
    "evidence:case_attention": "evidence:gap_export",
    "evidence:stocktake_detail": "evidence:sighting_export",
    "reports:case_reports": "reports:report_export",
    "reports:case_bundles": "reports:bundle_export",
}
EXPORTS = sorted(name for name in TABLE if name.endswith("_export"))
UNMARKED = {"catalogue:weapon_export", "catalogue:laboratory_export", "evidence:place_export"}
"""What belongs to no case, and bears no marking."""

FORMULA = "=cmd|' /C calc'!A0"
TYPED = {
    "evidence:item_export": ("evidence.Item", "description"),
    "evidence:loan_export": ("evidence.Loan", "party"),
    "evidence:weaponinstance_export": ("evidence.WeaponInstance", "variant_features"),
    "evidence:labexam_export": ("evidence.LabExam", "question"),
    "evidence:tracerequest_export": ("evidence.TraceRequest", "recipient"),
    "evidence:rightofreply_export": ("evidence.RightOfReply", "company"),
    "evidence:unsorted_export": ("evidence.File", "name"),
    "evidence:place_export": ("evidence.StoragePlace", "name"),
    "investigations:case_export": ("investigations.Case", "public_title"),
    "investigations:incident_export": ("investigations.Incident", "title"),
    "investigations:need_export": ("investigations.AssistanceNeed", "description"),
    "investigations:offer_export": ("investigations.AssistanceOffer", "description"),
    "investigations:task_export": ("investigations.Task", "title"),
    "investigations:site_export": ("investigations.Site", "name"),
    "investigations:contribution_export": ("investigations.ContributionRequest", "words"),
    "comparison:commonality_export": ("evidence.Component", "part_number"),
    "attribution:actor_export": ("attribution.Actor", "remarks"),
    "attribution:claim_export": ("attribution.Claim", "text"),
    "attribution:hypothesis_export": ("attribution.Hypothesis", "statement"),
    "attribution:finding_export": ("attribution.Finding", "statement"),
    "attribution:assertion_export": ("attribution.Assertion", "statement"),
    "attribution:measure_export": ("attribution.Measure", "authority"),
    "attribution:followup_export": ("attribution.FollowUp", "task"),
    "catalogue:weapon_export": ("catalogue.WeaponModel", "name"),
    "catalogue:laboratory_export": ("catalogue.Laboratory", "name"),
}
"""A text of each list that somebody typed."""

Rows = list[dict[str, str]]


@pytest.fixture(autouse=True)
def no_caveat(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a caveat keeps here has tests of its own (tests/evidence/test_caveats.py)."""
    monkeypatch.setattr("evidence.tables.bound_among", lambda _door, _items: [])


def there(world: World, address: str) -> str:
    row = world.things[TABLE[address].of] if TABLE[address].of else None
    return path_to(address, row)


def taken(world: World, address: str, query: str = "", name: str = "soraya") -> tuple[str, Rows]:
    """The first line of a CSV, and its rows by head."""
    answer = browser_of(world, name).post(f"{there(world, address)}?{query}")
    assert answer.status_code == 200, answer
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    first, _, table = text.partition("\r\n")
    return first, list(csv.DictReader(io.StringIO(table, newline="")))


def listed(world: World, address: str, query: str = "") -> Any:
    """What the page of a list shows."""
    return browser_of(world, "soraya").get(f"{there(world, address)}?{query}").context


def test_every_list_page_has_an_export_or_a_reason():
    names = {name for name, _door in routes() if not name.startswith("api:")}
    lists = {name for name in names if name.endswith("_list")}
    without = {name for name in lists if name.removesuffix("_list") + "_export" not in names}
    assert without == set(NOT_TAKEN_AWAY)
    assert set(LISTS_BY_ANOTHER_NAME.values()) <= set(EXPORTS)


def in_page(world: World, address: str, query: str) -> int:
    shown = listed(world, address, query)["page"]
    assert not shown.next_url, "the scene has outgrown a page: narrow the list"
    return len(shown.rows)


def in_groups(world: World, address: str, query: str) -> int:
    return sum(len(group["hypotheses"]) for group in listed(world, address, query)["groups"])


def in_three_lists(world: World, address: str, query: str) -> int:
    shown = listed(world, address, query)
    return sum(len(shown[name]) for name in ("for_me", "mine", "others"))


def in_batches(world: World, address: str, query: str) -> int:
    return sum(len(batch.places) for batch in listed(world, address, query)["batches"])


def in_branches(world: World, address: str, query: str) -> int:
    def count(branches: Any) -> int:
        return sum(1 + count(branch["parts"]) for branch in branches)

    return count(listed(world, address, query)["branches"])


def in_matrix(world: World, address: str, query: str) -> int:
    return len(listed(world, address, query)["matrix"].assertions)


HOW_MANY: dict[str, Callable[[World, str, str], int]] = {
    "attribution:hypothesis_list": in_groups,
    "investigations:request_list": in_three_lists,
    "comparison:batch_list": in_batches,
    "evidence:place_list": in_branches,
    "attribution:actor_matrix": in_matrix,
}
NARROWED = [
    ("evidence:item_list", "status=collected"),
    ("evidence:loan_list", "state=out"),
    ("evidence:labexam_list", "state=requested"),
    ("evidence:tracerequest_list", "state=draft"),
    ("investigations:case_list", "q=no-such-words"),
    ("investigations:incident_list", "q=no-such-words"),
    ("attribution:claim_list", "stance=denies"),
    ("attribution:finding_list", "status=released"),
    ("catalogue:weapon_list", "name=kestrel"),
    ("comparison:batch_list", "kind=lot"),
]
WHOLE = [
    name.removesuffix("_export") + "_list"
    for name in EXPORTS
    if name.removesuffix("_export") + "_list" in TABLE
]
BY_PAGE = ["attribution:actor_matrix", "reports:case_bundles", "investigations:assistance"]
BY_PAGE += ["evidence:intake"]


@pytest.mark.parametrize(
    ("address", "query"), [*((name, "") for name in WHOLE + BY_PAGE), *NARROWED]
)
def test_an_export_holds_the_rows_of_the_list_as_it_is_filtered(
    world: World, address: str, query: str
):
    export = LISTS_BY_ANOTHER_NAME.get(address, address.removesuffix("_list") + "_export")
    shown = HOW_MANY.get(address, in_page)(world, address, query)
    _first, rows = taken(world, export, query)
    assert len(rows) == shown


@pytest.mark.parametrize("address", EXPORTS)
def test_an_export_says_how_it_is_handled_and_leaves_a_line(world: World, address: str):
    before = set(Entry.objects.filter(act__endswith="_exported").values_list("pk", flat=True))
    first, rows = taken(world, address)
    lines = Entry.objects.filter(act__endswith="_exported").exclude(pk__in=before)
    assert "Handled by Vestige" in first
    if address in UNMARKED:
        assert "TLP" not in first and not lines
    elif rows:
        assert first.startswith('"# TLP:')
        assert all(row["Handling"].startswith("TLP:") for row in rows)
        assert {line.act.partition(".")[0] for line in lines} == {address.partition(":")[0]}


@pytest.mark.parametrize("address", TYPED)
def test_nothing_that_was_typed_is_calculated_in_either_format(world: World, address: str):
    label, field = TYPED[address]
    keys = {"investigations.Case": "case", "evidence.StoragePlace": "house"}
    keys |= {"catalogue.WeaponModel": "weapon", "catalogue.Laboratory": "laboratory"}
    with transaction.atomic(), system_scope("somebody typed a formula"):
        row, rows = keys.get(label), apps.get_model(label)._base_manager
        case = world.things["case"]
        some = rows.filter(pk=world.things[row].pk) if row else rows.filter(case=case)
        assert some.update(**{field: FORMULA})
    _first, told = taken(world, address)
    typed = [cell for row in told for cell in row.values() if FORMULA in cell]
    assert typed and all(cell.startswith("'=") or not cell.startswith("=") for cell in typed)
    answer = browser_of(world, "soraya").post(there(world, address), {"format": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [cell for line in book["1"].iter_rows() for cell in line]
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    assert any(FORMULA in str(cell.value) for cell in cells)
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def test_the_page_of_a_list_offers_both_formats(world: World):
    page = browser_of(world, "soraya").get(there(world, "evidence:loan_list") + "?state=out")
    text = page.content.decode()
    assert f'action="{there(world, "evidence:loan_export")}?state=out"' in text
    assert 'name="format" value="csv"' in text and 'name="format" value="xlsx"' in text


def test_an_outsider_takes_nothing_of_the_case_away(world: World):
    for address in EXPORTS:
        if TABLE[address].of:
            answer = browser_of(world, "omar").post(there(world, address))
            assert answer.status_code == 404, address
        elif address not in UNMARKED:
            _first, rows = taken(world, address, name="omar")
            assert [row for row in rows if row.get("Case")] == [], address
