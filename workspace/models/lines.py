"""What lines of the ledger tell a reader: no more than the things they are about would."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import UUIDField, Value

from accounts.models import User
from core.markings import Handling
from evidence.models import Component, File, Item, Marking
from investigations.models import Case, CaseRecord, CaseRecordQuerySet, Incident, Task
from investigations.models.label import handling_of_label
from ledger.models import Entry
from workspace.models.acts import act_words
from workspace.models.withheld import lines_withheld

NAMES = ("exhibit_no", "ref", "name", "title")
"""The facts of a line that name its subject, the most telling first."""

NAMED_BY: list[tuple[Any, str]] = [
    (Item, "exhibit_no"),
    (File, "name"),
    (Component, "item__exhibit_no"),
    (Marking, "component__item__exhibit_no"),
    (Incident, "ref"),
    (Task, "title"),
]
"""Where the name stands when the line itself gives none: only of things the whole team may see."""


def tell_in_words(entries: Sequence[Any], user: User) -> None:
    """Give each line its `words`, the `kind` of its subject, what that is `named`, its `handling`.

    Where `is_closed` the reader may not read what it is about: an auditor, or somebody whom a
    label shuts out, now or when the record said what the line repeats. Such a line tells who did
    what to what kind of thing, and when.
    """
    labels = labels_seen(entries, user)
    for entry in entries:
        entry.words, entry.kind = act_words(entry.act), kind_words(entry.subject_kind)
        told = entry.subject_id in labels or case_record(entry.subject_kind) is None
        entry.is_closed = entry.log not in labels or not told
    withheld = lines_withheld([entry for entry in entries if not entry.is_closed], user)
    for entry in entries:
        entry.is_closed = entry.is_closed or entry.pk in withheld
        entry.handling = handling_of(labels.get(entry.subject_id))
        entry.named = "" if entry.is_closed else named_in(entry)
    give_names([entry for entry in entries if not (entry.is_closed or entry.named)], user)


def labels_seen(entries: Sequence[Entry], user: User) -> dict[UUID, UUID | None]:
    """The records among the subjects that the reader may read, each with its label.

    Among them are the cases, without one, of which the reader does not merely audit the ledger.
    """
    cases = Case.objects.read_whole_by(user).filter(pk__in={entry.log for entry in entries})
    asked: dict[type[CaseRecord], set[UUID]] = defaultdict(set)
    for entry in entries:
        if model := case_record(entry.subject_kind):
            asked[model].add(entry.subject_id)
    none = Value(None, output_field=UUIDField())
    seen: list[Any] = [
        CaseRecordQuerySet(model)
        .visible_to(user)
        .filter(pk__in=keys)
        .order_by()
        .values_list("pk", "label")
        for model, keys in asked.items()
    ]
    return dict(cases.order_by().values_list("pk", none).union(*seen, all=True))


def case_record(kind: str) -> type[CaseRecord] | None:
    """The kind of record of a case that a line names; None for cases, places on teams and such."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, CaseRecord) else None


def handling_of(label: UUID | None) -> Handling:
    """What the label of a line's subject says."""
    return handling_of_label(label) if label else Handling()


def named_in(entry: Entry) -> str:
    """What the line itself calls its subject."""
    facts = entry.facts
    return next((str(facts[name]) for name in NAMES if facts.get(name)), "")


def give_names(entries: list[Any], user: User) -> None:
    """Name the subjects of lines that do not do so themselves."""
    for model, column in NAMED_BY:
        mute = [entry for entry in entries if entry.subject_kind == model._meta.label_lower]
        if mute:
            rows = model.objects.visible_to(user).filter(
                pk__in={entry.subject_id for entry in mute}
            )
            names = dict(rows.values_list("pk", column))
            for entry in mute:
                entry.named = names.get(entry.subject_id, "")


def kind_words(kind: str) -> str:
    """What kind of thing a line is about, as its room calls it."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind
