"""The only way to write in the ledger."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from core.kept import said_by
from core.models import Subject
from core.scope import system_scope
from ledger.models import Entry, FormerState, Head, canonical, seal_of

FORMAT = 1
COLUMNS = ("id", "log", "at", "actor_id", "act", "subject_kind", "subject_id")
APPEND = "SELECT * FROM ledger_append(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
"""One line in one round trip: the head's row is locked from here to the commit, and no other's."""

FEW = 4
"""Up to so many lines, the database seals each by itself; more are sealed here and sent at once."""


@transaction.atomic(savepoint=False)
def record(
    actor: models.Model | None,
    act: str,
    subject: Subject,
    *,
    log: UUID | None = None,
    beside: Iterable[Subject | None] = (),
    **facts: Any,
) -> Entry:
    """Append one sealed line; call it inside the transaction that makes the change.

    `beside` are further rows that the same deed has changed: what they said before is kept too.

    `facts` hold strings, whole numbers, booleans and lists or mappings of these: never floats.
    The chain is the subject's own unless `log` names another; its head is locked until commit.
    An empty actor is the program itself.
    """
    entry = line_about(log or subject.ledger_log, actor, act, subject, timezone.now())
    append([(entry, facts)])
    keep_former([(row, entry) for row in (subject, *beside) if row is not None])
    return entry


def append(lines: Sequence[tuple[Entry, Mapping[str, Any]]]) -> None:
    """Give a few lines of one chain, which say these facts, their places, texts and seals."""
    parts = [(entry, *around_position(entry, facts)) for entry, facts in lines]
    told = [
        value
        for entry, before, after in parts
        for value in (*(getattr(entry, name) for name in COLUMNS), before, after)
    ]
    statement = " UNION ALL ".join([APPEND] * len(parts))  # they are carried out in this order
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        rows = cursor.fetchall()
        if rows[0][0] is None:  # the first lines of all: no head is there to be moved on
            lock_head(parts[0][0].log)
            cursor.execute(statement, told)
            rows = cursor.fetchall()
    for (entry, before, after), row in zip(parts, rows, strict=True):
        entry.position, entry.previous_seal, entry.seal = row
        entry.body = f"{before}{entry.position}{after}"
        entry._state.adding, entry._state.db = False, connection.alias


def record_many(
    actor: models.Model | None,
    act: str,
    deeds: Sequence[tuple[Subject, Mapping[str, Any]]],
    *,
    log: UUID,
) -> list[Entry]:
    """Append a line of one act for each subject, in order, all in the chain `log`."""
    return record_lines(actor, [(act, subject, facts) for subject, facts in deeds], log=log)


@transaction.atomic(savepoint=False)
def record_lines(
    actor: models.Model | None,
    lines: Sequence[tuple[str, Subject, Mapping[str, Any]]],
    *,
    log: UUID,
) -> list[Entry]:
    """Append one sealed line for each act upon a subject, in order, all in the chain `log`."""
    at = timezone.now()
    entries = [line_about(log, actor, act, subject, at) for act, subject, _facts in lines]
    said = [(entry, facts) for entry, (_act, _subject, facts) in zip(entries, lines, strict=True)]
    if len(lines) > FEW:
        append_many(log, said)
    elif lines:
        append(said)
    subjects = [subject for _act, subject, _facts in lines]
    keep_former(list(zip(subjects, entries, strict=True)))
    return entries


def append_many(log: UUID, lines: Sequence[tuple[Entry, Mapping[str, Any]]]) -> None:
    """The same for many lines, which go to the database all at once."""
    head = lock_head(log)
    for entry, facts in lines:
        before, after = around_position(entry, facts)
        entry.position, entry.previous_seal = head.position + 1, head.seal
        entry.body = f"{before}{entry.position}{after}"
        entry.seal = seal_of(head.seal, entry.body)
        head.position, head.previous_seal, head.seal = entry.position, head.seal, entry.seal
    Entry.objects.bulk_create([entry for entry, _facts in lines])
    head.save(update_fields=["position", "previous_seal", "seal"])


def keep_former(deeds: Sequence[tuple[Subject, Entry]]) -> None:
    """Keep what records said before the deeds of these lines, as far as the deeds changed them."""
    former = [state for subject, entry in deeds for state in former_of(subject, entry)]
    if former:
        with system_scope("what a record said before is kept, whoever may read it"):
            FormerState.objects.bulk_create(former)


def former_of(subject: Subject, entry: Entry) -> Iterator[FormerState]:
    """What one record said before the deed of a line, if the deed has changed it.

    Only of records that were locked for the deed, as every deed on what is there locks them.
    """
    before = subject.said_before
    if before is None:
        return
    now = {**said_by(subject), **(subject.lists_said or {})}
    changed = {name: said for name, said in now.items() if before.get(name) != said}
    if changed:
        yield FormerState(
            entry=entry,
            subject_kind=subject._meta.label_lower,
            subject_id=subject.pk,
            label=subject.label_before,
            said=before,
            changed=changed,
        )
        subject.said_before, subject.label_before = now, getattr(subject, "label_id", None)


@transaction.atomic(savepoint=False)
def hold_chains(*logs: UUID) -> None:
    """Take these chains until commit, before the first line of a deed that writes in several.

    Everybody takes them in one order, so that no two deeds wait for each other.
    """
    wanted = sorted(set(logs))
    held = Head.objects.filter(log__in=wanted).order_by("log").select_for_update(no_key=True)
    if len(held) < len(wanted):
        Head.objects.bulk_create([Head(log=log) for log in wanted], ignore_conflicts=True)
        list(held.all())


def lock_head(log: UUID) -> Head:
    """The newest position of a chain, held until commit; a chain begins with its first line."""
    head = Head.objects.select_for_update(no_key=True).filter(log=log).first()
    if head is None:
        Head.objects.get_or_create(log=log)
        head = Head.objects.select_for_update(no_key=True).get(log=log)
    return head


def line_about(
    log: UUID, actor: models.Model | None, act: str, subject: Subject, at: datetime
) -> Entry:
    """The unsaved line without its place, its text and its seals."""
    return Entry(
        log=log,
        at=at,
        actor_id=actor.pk if actor else None,
        act=act,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
    )


def around_position(entry: Entry, facts: Mapping[str, Any]) -> tuple[str, str]:
    """The canonical text before and after the number of the line."""
    first = {
        "act": entry.act,
        "actor": str(entry.actor_id or ""),
        "at": entry.at.isoformat(),
        "facts": dict(facts),
        "log": str(entry.log),
    }
    last = {"subject": [entry.subject_kind, str(entry.subject_id)], "v": FORMAT}
    return f'{canonical(first)[:-1]},"position":', f",{canonical(last)[1:]}"
