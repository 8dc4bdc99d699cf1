"""Whose history is shown to whom, and which page leads there."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.context import address
from investigations.http import crumbs_to, home_of, name_of
from investigations.models import Case, Duty, Site
from workspace.models import History, case_of, kept_row

ABOVE = ("incident", "component", "item", "file", "actor", "offer")
"""On whose page a record is seen that has none of its own, the nearest first."""


def with_past_or_404(reader: User, kind: str, key: object) -> History:
    """The history of a record: for whoever sees the record and reads its case as a whole."""
    row = kept_row(reader, kind, key)
    if row is None:
        raise Http404
    case = case_of(row)
    if case is not None and not case.is_read_whole_by(reader):
        raise PermissionDenied(_("Only the team of this case may do this."))
    past = History(row, reader)
    require_exact(past)
    return past


def require_exact(past: History) -> None:
    """The past of a place that is, or was, sensitive is for those who are shown it exactly."""
    row = past.row
    if not isinstance(row, Site) or row.may(past.reader, Duty.LOG_EVIDENCE):
        return
    if row.sensitive or any(version.said.get("sensitive") for version in past.versions):
        raise PermissionDenied(
            _("This place is sensitive: only those who enter evidence read its history.")
        )


def page_of(row: Any) -> str:
    """The page on which a record is seen: its own, or that of what it is a part of."""
    case = case_of(row)
    if case is None:
        return address("evidence:place_detail", row.pk)
    if isinstance(row, Case | Site) or home_of(row) != home_of(case):
        return home_of(row)
    above = (getattr(row, name, None) for name in ABOVE)
    return next((page_of(one) for one in above if one is not None), home_of(case))


def way_to(row: Any) -> list[dict[str, str]]:
    """The way down to the history of a record."""
    case, here = case_of(row), (name_of(row), page_of(row))
    last = (_("History"), "")
    if case is None:
        steps = [(_("Storage"), reverse("evidence:place_list")), here, last]
        return [{"label": label, "url": url} for label, url in steps]
    return crumbs_to(None if row == case else case, here, last)
