"""Offering a company to answer before it is named, and writing down what came of it."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.folding import fold_maker
from core.errors import Refused
from core.moments import require_in_order
from core.zones import today
from evidence.models import File, RightOfReply, TraceRequest
from evidence.models.trace_words import OfferState
from investigations.models import Case, Duty
from investigations.services.label import rest_on
from ledger.services import record


class OfferFacts(TypedDict, total=False):
    """To whom an answer was offered, how, and on what."""

    company: str
    trace: TraceRequest | None
    channel: str
    address: str
    text: str
    offered_at: datetime
    due: date


@transaction.atomic
def offer_reply(case: Case, *, by: User, **facts: Unpack[OfferFacts]) -> RightOfReply:
    """Write down that a company was told what is to be said of it, and until when it may answer."""
    case.require(by, Duty.LOG_EVIDENCE, Duty.ANALYSE)
    offer = RightOfReply(case=case, offered_by=by, **facts)
    offer.folded = fold_maker(offer.company)[:200]
    if not offer.folded:
        raise Refused(_("Write the company's name with at least one letter or digit."))
    if offer.trace and offer.trace.case_id != case.pk:
        raise Refused(_("Choose a trace request of this case."))
    offer.full_clean(exclude=["folded"])
    require_in_order((_("offered"), offer.offered_at), (_("now"), timezone.now()))
    if offer.due <= timezone.localdate(offer.offered_at):
        raise Refused(_("Leave the company at least a day to answer."))
    offer.save(force_insert=True)
    record(
        by,
        "evidence.reply_offered",
        offer,
        channel=offer.channel,
        offered_at=offer.offered_at.isoformat(),
        due=offer.due.isoformat(),
    )
    return offer


@transaction.atomic
def settle_offer(
    offer: RightOfReply,
    *,
    by: User,
    state: str,
    answer: str = "",
    answered_at: datetime | None = None,
    answer_file: File | None = None,
) -> RightOfReply:
    """Write down what came of it: an answer, a refusal to give one, or nothing in its time."""
    offer = RightOfReply.objects.locked_for(by, offer)
    offer.case.require(by, Duty.LOG_EVIDENCE, Duty.ANALYSE)
    if not offer.is_pending:
        raise Refused(_("What came of this offer is written down already."))
    if state not in {OfferState.ANSWERED, OfferState.DECLINED, OfferState.NO_ANSWER}:
        raise Refused(_("Say whether it answered, declined, or did not answer."))
    if state == OfferState.NO_ANSWER:
        require_time_passed(offer)
        answered_at = None
    else:
        answered_at = answered_at or timezone.now()
    if state == OfferState.ANSWERED and not answer.strip() and answer_file is None:
        raise Refused(_("Write down the answer, or name the letter that holds it."))
    if answer_file and answer_file.case_id != offer.case_id:
        raise Refused(_("The letter must be a file of this case."))
    require_in_order(
        (_("offered"), offer.offered_at), (_("answered"), answered_at), (_("now"), timezone.now())
    )
    offer.state, offer.answer = OfferState(state), answer.strip()
    offer.answered_at, offer.answer_file = answered_at, answer_file
    offer.version += 1
    offer.full_clean(exclude=["folded"])
    offer.save()
    rest_on(offer, [answer_file] if answer_file else [])
    record(by, "evidence.reply_settled", offer, state=offer.state)
    return offer


def require_time_passed(offer: RightOfReply) -> None:
    """Nobody has failed to answer before the day on which the answer is due."""
    if offer.due >= today():
        raise Refused(_("An answer may still come: it is due on %(day)s.") % {"day": offer.due})
