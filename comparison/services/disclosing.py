"""Ask the lead of a hidden case to share what a comparison needs; answer with a yes or a no."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from comparison.models import Disclosure, Hit, Link
from comparison.services.judging import digest_of
from comparison.services.offer import offer_of, sha256_of
from comparison.services.telling import may_be_told, sides_of
from core.errors import Refused, Stale
from core.scope import system_scope
from evidence.models import Component, Door
from evidence.services import require_free
from investigations.models import Duty, Label, Request, RequestKind
from investigations.services.request import approve, ask, decline, require_kind
from ledger.services import hold_chains, record

REST = timedelta(days=30)
"""After a no the same question about the same facts is not put again for so long."""

State = Disclosure.State


@transaction.atomic
def ask_for_disclosure(hit: Hit, *, by: User, reason: str) -> Disclosure:
    """Ask the lead of the other case; they learn who asks, of which agency, and why.

    Of the asking team's exhibit they learn its kind. Either chain gets its line.
    """
    hit = Hit.objects.locked_for(by, hit)
    require_asker(hit, by)
    if not reason.strip():
        raise Refused(_("Say why: the other lead decides on it."))
    hold_chains(hit.case_id, hit.other_case_id)
    with system_scope("the other side of a hit lies in a case that is not seen"):
        link = Link.objects.select_related("case", "other_case").get(pk=hit.link_id)
        require_unanswered(hit, link)
        theirs = Component.objects.select_related("case", "category").get(pk=hit.theirs_id)
        request = put_request(theirs, hit, by, reason)
        disclosure = keep_asked(hit, link, request)
    record(by, "comparison.disclosure_asked", disclosure, component=str(hit.component_id))
    return disclosure


def require_asker(hit: Hit, user: User) -> None:
    """Raise PermissionDenied unless `user` examines in this case, or leads it."""
    hit.case.require(user, Duty.EXAMINE, Duty.MANAGE)


def may_ask(hit: Hit, user: User) -> bool:
    """Whether `require_asker` would let this person."""
    return bool({Duty.EXAMINE, Duty.MANAGE} & hit.case.duties(user))


def require_unanswered(hit: Hit, link: Link) -> None:
    """One question at a time, and none that was answered already."""
    asked = Disclosure.objects.filter(case=hit.case_id, link=link)
    if asked.waiting().exists():
        raise Refused(_("Your team has asked already and waits for the answer."))
    same = asked.filter(fingerprint=link.fingerprint)
    if same.filter(state=State.ACCEPTED).exists():
        raise Refused(_("It is shared with your team already."))
    lately = timezone.now() - REST
    if same.filter(state=State.REFUSED, decided_at__gt=lately).exists():
        raise Refused(
            _("It was refused. Ask again when there is something new, or in a month's time.")
        )


def put_request(theirs: Component, hit: Hit, by: User, reason: str) -> Request:
    """The question as it lies in the other case: of the asking team's exhibit only its kind."""
    component = Component.objects.select_related("category").get(pk=hit.component_id)
    originators = theirs.handling.originators
    return ask(
        RequestKind.DISCLOSURE,
        theirs,
        by=by,
        reason=reason,
        ref=theirs.item.exhibit_no,
        asked={
            "agency": str(by.agency or ""),
            "category": str(component.category),
            "band": hit.band,
            "about": digest_of({"component": str(hit.component_id)}),
            "originators_now": [str(agency) for agency in originators],
        },
    )


def keep_asked(hit: Hit, link: Link, request: Request) -> Disclosure:
    """The same question as it lies in the case of those who asked."""
    disclosure = Disclosure(
        **{
            name: getattr(hit, name)
            for name in ("case_id", "component_id", "theirs_id", "other_case_id", "agency_id")
        },
        link=link,
        band=hit.band,
        fingerprint=link.fingerprint,
        asked_by_id=request.asked_by_id,
        reason=request.reason,
        request=request,
        lapses_at=request.lapses_at,
        label=Label.for_handling(link.handling),
    )
    disclosure.save(force_insert=True)
    return disclosure


@transaction.atomic
def share(
    request: Request, *, by: User, sha256: str, pictures: Iterable[str] | None = None
) -> Request:
    """The lead's yes: exactly what they looked at is copied into the case of those who asked.

    `sha256` is of what they were shown, with all pictures; `pictures` are those they let out.
    """
    disclosure = asked_in(request)
    request = approve(request, by=by)
    with system_scope("what is shared is laid into a case that is not seen"):
        require_shareable(disclosure, by)
        if sha256_of(offer_of(disclosure)) != sha256:
            raise Stale(_("What would be shared has changed since you looked. Look again."))
        disclosure.shared = offer_of(disclosure, pictures)
        disclosure.sha256 = sha256_of(disclosure.shared)
        settle(disclosure, State.ACCEPTED, "")
        for act, side in (("disclosed", request), ("disclosure_accepted", disclosure)):
            record(by, f"comparison.{act}", side, sha256=disclosure.sha256)
    return request


@transaction.atomic
def refuse_to_share(request: Request, *, by: User, reason: str) -> Request:
    """The lead's no, with a reason that those who asked read."""
    disclosure = asked_in(request)
    request = decline(request, by=by, reason=reason)
    with system_scope("the answer is laid into a case that is not seen"):
        settle(disclosure, State.REFUSED, request.decision_reason)
        record(by, "comparison.disclosure_refused", disclosure)
    return request


def asked_in(request: Request) -> Disclosure:
    """The asking side of a request, locked with the chains of both sides."""
    require_kind(request, RequestKind.DISCLOSURE)
    rows = Disclosure.objects.select_for_update(of=("self",), no_key=True).select_related(
        "case", "asked_by"
    )
    with system_scope("those who asked work on a case that is not seen"):
        disclosure = rows.get(request=request)
    hold_chains(request.case_id, disclosure.case_id)
    return disclosure


def require_shareable(disclosure: Disclosure, by: User) -> None:
    """Clearance, release and originators hold for what is shared as for anything else."""
    asker = disclosure.asked_by
    link = Link.objects.select_related("left", "right", "case__lead", "other_case__lead").get(
        pk=disclosure.link_id
    )
    own, other = sides_of(link, Component.objects.get(pk=disclosure.component_id))
    lets = link.handling.lets(
        clearance=asker.clearance, compartments=asker.compartments, agency=asker.agency_id
    )
    if not (asker.is_active and lets and may_be_told(link, own, other)):
        raise Refused(_("As it is handled now it may not be shared with whoever asked."))
    theirs = Component.objects.select_related("case", "item").get(pk=disclosure.theirs_id)
    require_free(Door.DISCLOSURE, [theirs.item])
    if theirs.handling.originators - {by.agency_id}:
        raise Refused(_("The agency it came from keeps control: one of its people must agree."))


def settle(disclosure: Disclosure, state: str, reason: str) -> None:
    """Write the answer down on the side of those who asked."""
    disclosure.state, disclosure.decision_reason = state, reason
    disclosure.decided_at = timezone.now()
    disclosure.save()


@transaction.atomic
def put_answers_away(*, by: User) -> int:
    """Every answer that this person was given so far is seen; return how many those were."""
    return Disclosure.objects.new_for(by).update(seen_at=timezone.now())
