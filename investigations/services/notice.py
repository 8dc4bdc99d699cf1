"""Notices: leaving one for whoever must learn of something, and putting it away once read."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from core import jobs
from core.scope import system_scope
from investigations.models import CaseRecord, MailChoice, Notice

MAIL = "investigations.mail_notice"


@transaction.atomic
def put_notices_away(*, by: User) -> int:
    """Everything that this person was told so far is seen; return how much that was."""
    return Notice.objects.visible_to(by).unseen().update(seen_at=timezone.now())


@transaction.atomic
def put_notice_away(notice: Notice, *, by: User) -> Notice:
    """This one is seen by the person it was left for."""
    notice = Notice.objects.locked_for(by, notice)
    if notice.seen_at is None:
        notice.seen_at = timezone.now()
        notice.save(update_fields=["seen_at"])
    return notice


def leave(notice: Notice) -> None:
    """Store a notice; where the person wants its kind by e-mail, that is owed from now on."""
    notice.save(force_insert=True)
    if MailChoice.objects.wanting(notice.kind).filter(user=notice.to_id).exists():
        jobs.ask(MAIL, notice.pk)


def leave_with(people: Iterable[User], told: QuerySet[Notice], **notice: Any) -> int:
    """Leave this notice with each of these people who is not among those `told`; how many were new.

    Whoever calls it holds the row that it is about, so that two who do at once tell nobody twice,
    and speaks in the program's own name.
    """
    known = set(told.values_list("to", flat=True))
    missing = [person for person in people if person.pk not in known]
    for person in missing:
        leave(Notice(to=person, **notice))
    return len(missing)


def tell_once(
    people: Collection[UUID],
    kind: Notice.Kind,
    *,
    case: UUID,
    label: UUID | None,
    subject: CaseRecord | None = None,
    ref: str | None = None,
) -> None:
    """Tell each of them of something in a case, or of one record in it, that awaits them.

    Nobody is told twice while an unread notice says so. `ref` is what the record is called in the
    notice, which keeps that word even when the record is marked more strictly later on.
    """
    if not people:
        return
    told = about(subject)
    with system_scope("a notice is written for somebody else"):
        unread = Notice.objects.unseen().filter(case=case, kind=kind, to__in=people, **told)
        known = set(unread.values_list("to", flat=True))
        for person in sorted(set(people) - known):
            notice = Notice(case_id=case, to_id=person, kind=kind, label_id=label, **told)
            notice.subject_ref = (str(subject or "") if ref is None else ref)[:60]
            leave(notice)


def settle_notices(subject: CaseRecord) -> None:
    """What was still unread about a record is news no longer: it is done."""
    with system_scope("a notice is over for everybody once its ground is"):
        Notice.objects.unseen().filter(**about(subject)).update(seen_at=timezone.now())


def about(subject: CaseRecord | None) -> dict[str, str | UUID]:
    """How a notice names the record that it is about."""
    if subject is None:
        return {}
    return {"subject_kind": subject._meta.label_lower, "subject_id": subject.pk}
