"""Offers of help: entered by the team or by the agency, and decided by the lead in writing."""

import hashlib
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.scope import system_scope
from core.zones import today
from investigations.models import (
    AssistanceNeed,
    AssistanceOffer,
    ContributionRequest,
    Duty,
    Notice,
)
from investigations.models.assistance_offer import TERMS
from investigations.models.assistance_words import (
    AGREED,
    TAKEN,
    Answer,
    Decision,
    NeedStatus,
)
from investigations.services.assistance_need import (
    has_pending_offers,
    lock_need,
    move_need,
    require_under_way,
)
from investigations.services.contribution import label_of_contribution
from investigations.services.contribution_request import (
    answer_with,
    lock_contribution,
    tell_agency,
)
from investigations.services.notice import tell_once
from investigations.services.numbering import next_numbers
from ledger.models import canonical
from ledger.services import record


class OfferFacts(TypedDict, total=False):
    """What is offered, and on which terms."""

    capability: str
    description: str
    offered_on: date
    access: str
    data_handling: str
    publication: str
    cost: str
    immunities: str


class Decided(TypedDict, total=False):
    """What the lead decided, and the document in which it stands."""

    decision: str
    document_ref: str
    signed_on: date
    conditions: str
    reason: str


@transaction.atomic
def enter_offer(
    need: AssistanceNeed, *, by: User, agency: Agency, **facts: Unpack[OfferFacts]
) -> AssistanceOffer:
    """Write down what an agency offers for a need, as it came in."""
    need = lock_need(need, by)
    offer = AssistanceOffer(case=need.case, need=need, agency=agency, **facts)
    return put_offer(offer, by)


@transaction.atomic
def answer_request(
    asked: ContributionRequest, *, by: User, **facts: Unpack[OfferFacts]
) -> AssistanceOffer:
    """The agency answers a request with an offer: one of its people, or the team for it.

    What its own people enter is read by both agencies and stays under the agency's control.
    """
    asked = lock_contribution(asked, by)
    with system_scope("the need behind a request is not shown to the agency that is asked"):
        need = AssistanceNeed.objects.select_for_update(no_key=True).get(pk=asked.need_id)
    facts.setdefault("capability", asked.capability)
    offer = AssistanceOffer(case=asked.case, need=need, asked=asked, agency=asked.agency, **facts)
    offer.label = label_of_contribution(asked.case, by)
    return put_offer(offer, by)


def put_offer(offer: AssistanceOffer, by: User) -> AssistanceOffer:
    """Enter an offer: its need was offered help, and the request that it answers is answered."""
    require_under_way(offer.need)
    if offer.agency_id == offer.case.lead.agency_id:
        raise Refused(_("An offer comes from another agency than the lead's."))
    offer.entered_by = by
    require_said(offer)
    offer.full_clean(exclude=["ref", "need"])
    offer.ref = f"OF-{next_numbers(offer.case, 'aid offer')[0]:04d}"
    offer.save(force_insert=True)
    if offer.asked:
        answer_with(offer.asked, Answer.OFFERED)
    with system_scope("a need is answered, whoever may see it"):
        if offer.need.status == NeedStatus.OPEN:
            move_need(offer.need, NeedStatus.OFFERED)
    record(
        by,
        "investigations.offer_entered",
        offer,
        beside=[offer.asked, offer.need],
        ref=offer.ref,
        need=offer.need.ref,
        agency=str(offer.agency_id),
        terms=digest_of(offer),
    )
    tell_leads(offer, by)
    return offer


def tell_leads(offer: AssistanceOffer, by: User) -> None:
    """Let those know who decide on it, save whoever entered it."""
    leads = {person.pk for person in offer.case.people_with(Duty.MANAGE)} - {by.pk}
    made, label = Notice.Kind.OFFER_MADE, offer.label_id
    tell_once(leads, made, case=offer.case_id, label=label, subject=offer)


def require_said(offer: AssistanceOffer) -> None:
    """An offer was made on a day that has come."""
    if offer.offered_on and offer.offered_on > today():
        raise Refused(_("The offer cannot come from a day that has not come yet."))


@transaction.atomic
def amend_offer(
    offer: AssistanceOffer, *, by: User, version: int, **facts: Unpack[OfferFacts]
) -> AssistanceOffer:
    """Change an offer that waits; once it is decided its terms stay as they were agreed on."""
    offer = lock_offer(offer, by)
    require_fresh(offer, version)
    changes = apply_changes(offer, facts)
    require_said(offer)
    if changes:
        offer.full_clean(exclude=["ref", "need"])
        offer.save()
        record(
            by,
            "investigations.offer_amended",
            offer,
            ref=offer.ref,
            fields=sorted(changes),
            terms=digest_of(offer),
        )
    return offer


@transaction.atomic
def withdraw_offer(offer: AssistanceOffer, *, by: User, reason: str) -> AssistanceOffer:
    """The agency takes back what nobody has decided on yet."""
    offer = lock_offer(offer, by)
    if not reason.strip():
        raise Refused(_("Say why."))
    offer.decision, offer.decision_reason = Decision.WITHDRAWN, reason.strip()
    save_decision(offer)
    record(
        by,
        "investigations.offer_withdrawn",
        offer,
        beside=[settle_need(offer)],
        ref=offer.ref,
        agency=str(offer.agency_id),
    )
    return offer


@transaction.atomic
def decide_offer(
    offer: AssistanceOffer, *, by: User, **decided: Unpack[Decided]
) -> AssistanceOffer:
    """The lead accepts an offer, accepts it on conditions, or declines it: always in writing.

    From then on its terms are frozen; their digest stands in the ledger.
    """
    offer = AssistanceOffer.objects.locked_for(by, offer)
    offer.case.require(by, Duty.MANAGE)
    require_pending(offer)
    write_decision(offer, decided)
    offer.decided_by, offer.decided_at = by, timezone.now()
    offer.terms_sha256 = digest_of(offer)
    save_decision(offer)
    record(
        by,
        "investigations.offer_decided",
        offer,
        beside=[settle_need(offer)],
        ref=offer.ref,
        agency=str(offer.agency_id),
        decision=str(offer.decision),
        document=offer.document_ref,
        signed_on=str(offer.signed_on),
        terms=offer.terms_sha256,
    )
    tell_agency(offer.agency_id, Notice.Kind.OFFER_DECIDED, offer)
    return offer


def write_decision(offer: AssistanceOffer, decided: Decided) -> None:
    """Put a decision into the columns, if it says what it must."""
    decision, signed_on = decided.get("decision", ""), decided.get("signed_on")
    document, reason = decided.get("document_ref", "").strip(), decided.get("reason", "").strip()
    conditions = decided.get("conditions", "").strip()
    if decision not in TAKEN:
        raise Refused(_("Accept it, accept it on conditions, or decline it."))
    if not document or signed_on is None:
        raise Refused(_("Name the document in which it was decided, and the day of its signature."))
    if signed_on > today():
        raise Refused(_("It cannot be signed on a day that has not come yet."))
    if decision == Decision.CONDITIONAL and not conditions:
        raise Refused(_("Say on which conditions."))
    if decision == Decision.DECLINED and not reason:
        raise Refused(_("Say why."))
    offer.decision, offer.signed_on = Decision(decision), signed_on
    offer.document_ref, offer.conditions = document, conditions
    offer.decision_reason = reason


def settle_need(offer: AssistanceOffer) -> AssistanceNeed:
    """A need is matched by an agreement, and open again when nothing is offered any more."""
    with system_scope("what was decided on an offer moves its need, whoever may see that"):
        need = AssistanceNeed.objects.select_for_update(no_key=True).get(pk=offer.need_id)
        if offer.decision in AGREED and need.is_under_way:
            move_need(need, NeedStatus.MATCHED)
        elif need.status == NeedStatus.OFFERED and not has_pending_offers(need):
            move_need(need, NeedStatus.OPEN)
    return need


def save_decision(offer: AssistanceOffer) -> None:
    """Write what a decision may change, and nothing else."""
    offer.version += 1
    offer.save()


def lock_offer(offer: AssistanceOffer, by: User) -> AssistanceOffer:
    """The row, locked, if it waits and `by` may change it: of the team, or of the agency itself."""
    offer = AssistanceOffer.objects.locked_for(by, offer)
    if not may_change_offer(offer, by):
        offer.case.require(by, Duty.ANALYSE)
    require_pending(offer)
    return offer


def may_change_offer(offer: AssistanceOffer, user: User) -> bool:
    """Whether this person may change it while it waits: the team, or the agency's own people."""
    duties = offer.case.duties(user)
    own = user.agency_id == offer.agency_id and Duty.CONTRIBUTE in duties
    return own or Duty.ANALYSE in duties


def require_pending(offer: AssistanceOffer) -> None:
    """What was decided stays as it was decided."""
    if not offer.is_pending:
        raise Refused(
            _("This offer is “%(decision)s”: its terms stay as they were. Enter another one.")
            % {"decision": offer.get_decision_display()}
        )


def digest_of(offer: AssistanceOffer) -> str:
    """SHA-256 of the canonical text of what was offered, on which terms and conditions."""
    names = ("ref", "capability", "description", *TERMS, "conditions")
    told: dict[str, str] = {name: str(getattr(offer, name)) for name in names}
    told |= {"agency": str(offer.agency_id), "offered_on": str(offer.offered_on)}
    return hashlib.sha256(canonical(told).encode()).hexdigest()
