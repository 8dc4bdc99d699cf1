"""The only way to write in the ledger."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from core.models import Subject
from ledger.models import Entry, Head, canonical, seal_of

FORMAT = 1


@transaction.atomic(savepoint=False)
def record(
    actor: models.Model | None, act: str, subject: Subject, *, log: UUID | None = None, **facts: Any
) -> Entry:
    """Append one sealed line; call it inside the transaction that makes the change.

    `facts` hold strings, whole numbers, booleans and lists or mappings of these: never floats.
    The chain is the subject's own unless `log` names another; its head is locked until commit.
    An empty actor is the program itself.
    """
    return record_many(actor, act, [(subject, facts)], log=log or subject.ledger_log)[0]


@transaction.atomic(savepoint=False)
def record_many(
    actor: models.Model | None,
    act: str,
    deeds: Sequence[tuple[Subject, Mapping[str, Any]]],
    *,
    log: UUID,
) -> list[Entry]:
    """Append one sealed line for each subject, in order, all in the chain `log`."""
    head = lock_head(log)
    at = timezone.now()
    entries = []
    for subject, facts in deeds:
        entry = next_line(head, actor, act, subject, at, facts)
        head.position, head.seal = entry.position, entry.seal
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    head.save(update_fields=["position", "seal"])
    return entries


def lock_head(log: UUID) -> Head:
    """The newest position of a chain, held until commit; a chain begins with its first line."""
    head = Head.objects.select_for_update().filter(log=log).first()
    if head is None:
        Head.objects.get_or_create(log=log)
        head = Head.objects.select_for_update().get(log=log)
    return head


def next_line(
    head: Head,
    actor: models.Model | None,
    act: str,
    subject: Subject,
    at: datetime,
    facts: Mapping[str, Any],
) -> Entry:
    """The unsaved line that follows `head`."""
    kind, position = subject._meta.label_lower, head.position + 1
    body = canonical(
        {
            "v": FORMAT,
            "log": str(head.log),
            "position": position,
            "at": at.isoformat(),
            "actor": str(actor.pk) if actor else "",
            "act": act,
            "subject": [kind, str(subject.pk)],
            "facts": dict(facts),
        }
    )
    return Entry(
        log=head.log,
        position=position,
        at=at,
        actor_id=actor.pk if actor else None,
        act=act,
        subject_kind=kind,
        subject_id=subject.pk,
        body=body,
        previous_seal=head.seal,
        seal=seal_of(head.seal, body),
    )
