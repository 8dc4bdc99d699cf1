"""Notices: what was told to a person is put away once they have read it."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.scope import system_scope
from investigations.models import Notice


@transaction.atomic
def put_notices_away(*, by: User) -> int:
    """Everything that this person was told so far is seen; return how much that was."""
    return Notice.objects.visible_to(by).unseen().update(seen_at=timezone.now())


def tell_once(
    people: Collection[UUID], kind: Notice.Kind, *, case: UUID, label: UUID | None
) -> None:
    """Tell each of them of work in a case that awaits them, unless an unread notice says so."""
    if not people:
        return
    with system_scope("a notice is written for somebody else"):
        unread = Notice.objects.unseen().filter(case=case, kind=kind, to__in=people)
        told = set(unread.values_list("to", flat=True))
        for person in sorted(set(people) - told):
            Notice(case_id=case, to_id=person, kind=kind, label_id=label).save(force_insert=True)
