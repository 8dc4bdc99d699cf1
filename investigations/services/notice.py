"""Notices: leaving one for whoever must learn of something, and putting it away once read."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.scope import system_scope
from investigations.models import CaseRecord, Notice


@transaction.atomic
def put_notices_away(*, by: User) -> int:
    """Everything that this person was told so far is seen; return how much that was."""
    return Notice.objects.visible_to(by).unseen().update(seen_at=timezone.now())


def tell_once(
    people: Collection[UUID],
    kind: Notice.Kind,
    *,
    case: UUID,
    label: UUID | None,
    subject: CaseRecord | None = None,
) -> None:
    """Tell each of them of something in a case, or of one record in it, that awaits them.

    Nobody is told twice while an unread notice says so.
    """
    if not people:
        return
    told = about(subject)
    with system_scope("a notice is written for somebody else"):
        unread = Notice.objects.unseen().filter(case=case, kind=kind, to__in=people, **told)
        known = set(unread.values_list("to", flat=True))
        for person in sorted(set(people) - known):
            notice = Notice(case_id=case, to_id=person, kind=kind, label_id=label, **told)
            notice.subject_ref = str(subject or "")[:60]
            notice.save(force_insert=True)


def about(subject: CaseRecord | None) -> dict[str, str | UUID]:
    """How a notice names the record that it is about."""
    if subject is None:
        return {}
    return {"subject_kind": subject._meta.label_lower, "subject_id": subject.pk}
