"""The activity of one case: lines of its chain, those alone whose subject the reader may see."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils import timezone

from accounts.models import User
from core.context import address
from investigations.models import Case, CaseRecord, CaseRecordQuerySet, Membership
from ledger.models import Entry
from workspace.models.lines import case_record, tell_in_words

PAGES = {"investigations.task": "investigations:task_edit"}
"""Where a thing is seen whose page is not called after it."""


def told_to(entries: Sequence[Any], user: User) -> list[Any]:
    """The lines about what this person may see, each with its words, its day and its `door`.

    Each room's own rule is asked, which may keep more than labels do: a draft, another's sheet.
    """
    tell_in_words(entries, user)
    seen = subjects_seen(entries, user)
    lines = [entry for entry in entries if not entry.is_closed and is_open(entry, seen)]
    for line in lines:
        line.day = timezone.localtime(line.at).date()
        line.door, line.fields = door_of(line), fields_of(line)
        line.reason = str(line.facts.get("reason", ""))
    return lines


def is_open(entry: Any, seen: set[UUID]) -> bool:
    """True for lines about the case and its team, and about each record that the reader sees."""
    return entry.subject_id in seen or case_record(entry.subject_kind) is None


def subjects_seen(entries: Sequence[Entry], user: User) -> set[UUID]:
    """The records among the subjects that the reader's own lists and pages would show."""
    asked: dict[type[CaseRecord], set[UUID]] = defaultdict(set)
    for entry in entries:
        model = case_record(entry.subject_kind)
        if model is not None and not model.only_the_program:
            asked[model].add(entry.subject_id)
    keys = [
        shown(model, user).filter(pk__in=some).order_by().values_list("pk", flat=True)
        for model, some in asked.items()
    ]
    if not keys:
        return set()
    first, *others = keys
    return set(first.union(*others, all=True) if others else first)


def shown(model: type[CaseRecord], user: User) -> Any:
    """The rows of a kind that this person is shown, by the rule of the room it belongs to."""
    rows: Any = model._default_manager.all()
    if not isinstance(rows, CaseRecordQuerySet):
        rows = CaseRecordQuerySet(model)
    return rows.visible_to(user)


def door_of(entry: Entry) -> str:
    """The page of what a line is about; nothing where it has none."""
    kind, key = entry.subject_kind, entry.subject_id
    if kind in {Case._meta.label_lower, Membership._meta.label_lower}:
        return ""
    return address(PAGES.get(kind) or f"{kind.replace('.', ':')}_detail", key)


def fields_of(entry: Entry) -> list[str]:
    """Which facts of its subject a deed changed, as the pages call them."""
    facts = entry.facts
    names = facts.get("changes") or facts.get("fields") or ()
    try:
        model = apps.get_model(entry.subject_kind)
    except (LookupError, ValueError):
        return []
    called = {field.name: str(field.verbose_name) for field in model._meta.fields}
    return [called[name] for name in names if name in called]
