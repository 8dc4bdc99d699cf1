"""What the pages of imported tables show."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from accounts.http import SignedInRequest
from core.listing import Column, link, page_of
from exchange import services
from exchange.formats.tables.wrong import WrongTable
from exchange.forms import KeepMapForm, MapForm, ReadingForm, TableForm, TakeMapForm
from exchange.models import TableImport, TableImportRow, Verdict
from exchange.services.table_verdict import HARM_LABELS
from exchange.services.table_words import told_of_table
from investigations.http import crumbs_to, home_of, marking_of
from investigations.models import Case

LIST, PAGE, PART = (
    "exchange/table_list.html",
    "exchange/table_detail.html",
    "exchange/_table.html",
)
OF_TABLES = [
    Column(_lazy("File"), "name"),
    Column(_lazy("Rows are"), "kind"),
    Column(_lazy("State"), "state"),
    Column(_lazy("New"), "created", number=True),
    Column(_lazy("Changed"), "changed", number=True),
    Column(_lazy("Refused"), "refused", number=True),
    Column(_lazy("Brought in"), "id"),
]
OF_ROWS = [
    Column(_lazy("Line"), "number", number=True),
    Column(_lazy("Their reference")),
    Column(_lazy("Verdict")),
    Column(_lazy("What changes, or why not")),
]


def list_page(request: SignedInRequest, case: Case, **refused: BaseForm) -> dict[str, Any]:
    """The tables that were brought into a case, and the way to bring in another."""
    rows = TableImport.objects.visible_to(request.user).filter(case=case).with_lists()
    page = page_of(request, rows, OF_TABLES)
    form = refused.get("form") or TableForm(case=case, user=request.user)
    return {
        "case": case,
        "page": page,
        "form": form,
        "may_import": bool(form.fields["kind"].choices),  # type: ignore[attr-defined]
        "marking": marking_of([case], page.rows),
        "crumbs": crumbs_to(case, (_("Tables brought in"), "")),
    }


def table_page(request: SignedInRequest, table: TableImport, **refused: BaseForm) -> dict[str, Any]:
    """One table: how far it is, its rows, and what can be done with it next."""
    rows = TableImportRow.objects.visible_to(request.user).filter(
        table_import=table, turn=table.turn
    )
    page = page_of(request, narrowed(request, rows).with_lists(), OF_ROWS, sort="number")
    may = services.KINDS[table.kind].duty in table.case.duties(request.user)
    may_map = may and table.may_be_mapped
    back = reverse("exchange:table_list", args=[table.case_id])
    return {
        "table": table,
        "case": table.case,
        "page": page,
        "told": [told_of(row) for row in page.rows],
        "chips": chips_of(request, table),
        "job": progress_of(table),
        "waiting": table.is_at_work,
        "poll_url": reverse("exchange:table_detail", args=[table.pk]),
        "result_url": "",
        "reversals": dict(rows.exclude(reversal="").values_list("reversal").annotate(Count("pk"))),
        "may_write": may and table.may_run,
        "may_undo": may and table.may_be_undone,
        "marking": marking_of([table], page.rows),
        "crumbs": crumbs_to(table.case, (_("Tables brought in"), back), (table.name, "")),
        "refusal": "" if may_map else complaints_of(refused.values()),
        **(mapping_of(request, table, **refused) if may_map else {}),
    }


def complaints_of(forms: Iterable[BaseForm]) -> str:
    """What is wrong with forms that are not shown any more."""
    return " ".join(str(one) for form in forms for one in form.non_field_errors())


def mapping_of(request: SignedInRequest, table: TableImport, **refused: BaseForm) -> dict[str, Any]:
    """How the table reads, and the forms in which it is said what it means."""
    user = request.user
    trouble, sheets = "", list[str]()
    sample: list[list[str]] = []
    try:
        sheets = services.sheets(table)
        _head, lines = services.sample_of(table)
        sample = [list(line.cells) for line in lines]
    except WrongTable as wrong:
        trouble = told_of_table(wrong)
    forms = {
        "reading_form": ReadingForm(table=table, sheets=sheets),
        "take_form": TakeMapForm(table=table, user=user),
        "map_form": MapForm(table=table) if table.head else None,
        "keep_form": KeepMapForm(),
    }
    return {
        "may_map": True,
        "unreadable": trouble,
        "sample": sample,
        **forms,
        **refused,
    }


def progress_of(table: TableImport) -> dict[str, Any]:
    """How far it has come, as pages show it."""
    return {
        "state": table.state,
        "state_label": table.get_state_display(),
        "done": table.position,
        "total": 0,
        "step": told_so_far(table.handled) if table.is_at_work else "",
        "error": table.trouble,
    }


def told_so_far(lines: int) -> str:
    """How many lines a worker has gone through."""
    return ngettext("%(count)d line", "%(count)d lines", lines) % {"count": lines}


def narrowed(request: SignedInRequest, rows: Any) -> Any:
    """Only the rows with the verdict that was asked for."""
    asked = request.GET.get("verdict", "")
    return rows.filter(verdict=asked) if asked in Verdict.values else rows


def chips_of(request: SignedInRequest, table: TableImport) -> list[dict[str, Any]]:
    """A filter for each verdict, with how many rows it has."""
    asked = request.GET.get("verdict", "")
    counts = {
        Verdict.CREATE: table.created,
        Verdict.CHANGE: table.changed,
        Verdict.SAME: table.same,
        Verdict.REFUSE: table.refused,
    }
    return [
        {
            "label": verdict.label,
            "url": link(request, verdict="" if asked == verdict else verdict.value),
            "current": asked == verdict,
            "count": counts[verdict],
        }
        for verdict in Verdict
    ]


def told_of(row: TableImportRow) -> dict[str, Any]:
    """A row with its record, and each field that changes under its name."""
    kind = services.KINDS[row.table_import.kind]
    found = row.reference.told_of if row.reference else None
    return {
        "row": row,
        "record": found,
        "url": home_of(found) if found is not None else "",
        "changes": [
            {
                "label": HARM_LABELS[name] if name in HARM_LABELS else kind.label(name),
                "was": change["was_told"],
                "now": change["now_told"],
            }
            for name, change in row.changes.items()
        ],
    }
