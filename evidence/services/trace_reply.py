"""Replies to trace requests: what was answered, with every step of the way, entered once."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.folding import fold_maker
from core.errors import Refused
from core.moments import require_in_order
from evidence.models import File, TraceHop, TraceReply, TraceRequest
from evidence.models.trace_request import WAITING
from evidence.models.trace_words import ReplyOutcome, TraceState
from evidence.services.trace_reminder import finish_tasks
from evidence.services.trace_request import keep_trace, lock_trace, require_step
from investigations.services.label import rest_on
from ledger.services import record

MOST_HOPS = 30


class ReplyFacts(TypedDict, total=False):
    """What a reply says."""

    received_at: datetime
    outcome: str
    genuine: str
    made_on: date | None
    made_precision: str
    first_consignee: str
    shipped_on: date | None
    invoice: str
    no_record: str
    refusal: str
    text: str
    confidentiality: str
    reliability: str
    credibility: str
    letter: File | None


class HopFacts(TypedDict, total=False):
    """One step of the way."""

    giver: str
    taker: str
    passed_on: date | None
    document: str
    basis: str


@transaction.atomic
def record_reply(
    trace: TraceRequest, *, by: User, hops: Sequence[HopFacts] = (), **facts: Unpack[ReplyFacts]
) -> TraceReply:
    """Enter a reply as it was received; the request is answered, in part, or refused by it."""
    trace = lock_trace(trace, by)
    require_step(trace, *WAITING, TraceState.NO_REPLY)
    reply = TraceReply(case=trace.case, trace=trace, entered_by=by, **facts)
    require_in_order(
        (_("sent"), trace.sent_at), (_("received"), reply.received_at), (_("now"), timezone.now())
    )
    require_telling(reply)
    require_way(reply, hops)
    reply.full_clean()
    reply.save(force_insert=True)
    for position, hop in enumerate(hops, start=1):
        step = TraceHop(case=trace.case, reply=reply, position=position, **hop)
        step.full_clean()
        step.save(force_insert=True)
    rest_on(trace, [reply])
    answer(trace, reply, by)
    record(
        by,
        "evidence.trace_reply_recorded",
        reply,
        beside=[trace],
        ref=trace.ref,
        outcome=reply.outcome,
        grade=f"{reply.reliability}{reply.credibility}",
        hops=len(hops),
        letter=reply.letter.sha256 if reply.letter else "",
    )
    return reply


def answer(trace: TraceRequest, reply: TraceReply, by: User) -> None:
    """What the request has come to by this reply."""
    trace.state = TraceState(reply.outcome)
    if trace.state != TraceState.PARTIAL:
        trace.closed_at = timezone.now()
        finish_tasks(trace, by)
    keep_trace(trace)


def require_telling(reply: TraceReply) -> None:
    """A refusal has a reason, a reply says something, and a letter belongs to the case."""
    if reply.outcome == ReplyOutcome.REFUSED and not reply.refusal:
        raise Refused(_("Say why the answer was refused, or that no reason was given."))
    if reply.outcome != ReplyOutcome.REFUSED and reply.refusal:
        raise Refused(_("A reason of refusal belongs to a refusal only."))
    if reply.letter and reply.letter.case_id != reply.case_id:
        raise Refused(_("The letter must be a file of this case."))
    if reply.made_on and reply.received_at and reply.made_on > reply.received_at.date():
        raise Refused(_("It cannot have been made after the reply was received."))


def require_way(reply: TraceReply, hops: Sequence[HopFacts]) -> None:
    """Steps from one hand to another, none back to where it was, none earlier than the last."""
    if len(hops) > MOST_HOPS:
        raise Refused(_("A reply has at most %(count)s steps.") % {"count": MOST_HOPS})
    been: list[str] = []
    latest = reply.shipped_on or reply.made_on
    for hop in hops:
        giver, taker = map(fold_maker, (hop.get("giver", ""), hop.get("taker", "")))
        if not giver or not taker:
            raise Refused(_("Each step needs a giver and a taker."))
        been += [] if been and been[-1] == giver else [giver]
        if taker in been:
            raise Refused(
                _("The way leads back to “%(name)s”: a thing does not go in a circle.")
                % {"name": hop["taker"]}
            )
        been.append(taker)
        on = hop.get("passed_on")
        if on and latest and on < latest:
            raise Refused(
                _("The dates are out of order: the step to “%(name)s” lies before the last one.")
                % {"name": hop["taker"]}
            )
        latest = on or latest
