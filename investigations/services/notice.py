"""Notices: what was told to a person is put away once they have read it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from investigations.models import Notice


@transaction.atomic
def put_notices_away(*, by: User) -> int:
    """Everything that this person was told so far is seen; return how much that was."""
    return Notice.objects.visible_to(by).unseen().update(seen_at=timezone.now())
