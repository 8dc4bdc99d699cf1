"""Take back one's last judgement: at once, before anybody else has judged, and on the record."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from comparison.models import Judgement, LinkState, Withdrawal
from comparison.services.judging import lock_link
from comparison.services.standing import judgements_that_count, settle
from core.errors import Refused
from ledger.services import record

GRACE = timedelta(minutes=10)
"""So long a slip of the hand can be undone. Ours; nothing in the literature speaks of it."""


@transaction.atomic
def withdraw_judgement(judgement: Judgement, *, by: User) -> Withdrawal:
    """Undo one's own last judgement; it stays on record as withdrawn and no longer counts."""
    link = lock_link(judgement.link, by)
    if judgement.examiner_id != by.pk:
        raise PermissionDenied(_("Only the examiner who judged can take it back."))
    counted = judgements_that_count([link])[link.pk]
    require_undoable(judgement, [] if link.state == LinkState.SUPERSEDED else counted)
    withdrawal = Withdrawal(case_id=judgement.case_id, judgement=judgement, withdrawn_by=by)
    withdrawal.save(force_insert=True)
    settle(link, [one for one in counted if one != judgement])
    link.save(update_fields=["state", "examiners", "updated_at"])
    for log in link.chains:
        record(by, "comparison.judgement_withdrawn", link, log=log, judgement=str(judgement.pk))
    return withdrawal


def require_undoable(judgement: Judgement, counted: list[Judgement]) -> None:
    """Only one's last word, only at once, and never once another examiner's word may be known."""
    if judgement not in counted:
        raise Refused(_("This judgement no longer counts: there is nothing to take back."))
    if any(one.examiner_id != judgement.examiner_id for one in counted):
        raise Refused(
            _("A colleague has judged this pair too: judge it again instead. Both words are kept.")
        )
    if counted[-1] != judgement:
        raise Refused(_("Take back your later judgement of this pair first."))
    if judgement.created_at < timezone.now() - GRACE:
        raise Refused(
            _("A judgement can be taken back for ten minutes: judge again instead. Both are kept.")
        )


def undoable(user: User) -> Judgement | None:
    """This person's last judgement, while it can still be taken back."""
    mine = Judgement.objects.visible_to(user).standing().filter(examiner=user)
    alone = mine.filter(link__examiners=1, fingerprint=F("link__fingerprint"))
    lately = alone.filter(created_at__gte=timezone.now() - GRACE)
    return lately.select_related("link__left__item", "link__right__item").order_by("-id").first()
