"""Deeds that take two people: asking, agreeing, refusing, taking back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Case, CaseRecord, Notice, Request, RequestKind
from investigations.models.request import DECIDERS, FROM_OUTSIDE, PAGES
from investigations.services.notice import leave
from ledger.services import record

LIVES = timedelta(days=14)
"""A request that nobody decides lapses; whoever still needs it asks again."""


@transaction.atomic
def ask(
    kind: RequestKind,
    subject: Case | CaseRecord,
    *,
    by: User,
    reason: str,
    ref: str,
    asked: Mapping[str, Any] | None = None,
) -> Request:
    """Write down what one person wants done, for a second one to agree to or refuse.

    The caller has settled that `by` may ask; `asked` are the deed's particulars, in JSON.
    """
    if not reason.strip():
        raise Refused(_("Say why."))
    case = subject if isinstance(subject, Case) else subject.case
    with system_scope("one request at a time waits for the same deed"):
        Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        waiting = Request.objects.about(subject).filter(kind=kind).waiting()
        if kind in FROM_OUTSIDE:
            waiting = waiting.filter(asked_by=by)
        if about := (asked or {}).get("about"):
            waiting = waiting.filter(asked__about=about)
        if waiting.exists():
            raise Refused(_("The same is asked for already and waits for a second person."))
        request = Request(
            case=case,
            kind=kind,
            subject_kind=subject._meta.label_lower,
            subject_id=subject.pk,
            subject_ref=ref[:60],
            asked=dict(asked or {}),
            reason=reason.strip(),
            asked_by=by,
            lapses_at=timezone.now() + LIVES,
            label_id=getattr(subject, "label_id", None),
        )
        request.save(force_insert=True)
        record(by, "investigations.request_made", request, kind=str(kind), about=str(subject.pk))
        tell_deciders(request)
    return request


@transaction.atomic
def approve(request: Request, *, by: User) -> Request:
    """The second person's yes; the caller does the deed in the same transaction.

    Nobody agrees to what they asked for themselves, whatever their roles.
    """
    request = lock_request(request, by)
    request.state = Request.State.APPROVED
    return decide(request, by, "investigations.request_approved")


@transaction.atomic
def refuse(request: Request, *, by: User, reason: str) -> Request:
    """The second person's no, with a reason."""
    if request.kind in PAGES:
        raise Refused(_("This is decided on a page of its own, which shows what it is about."))
    return decline(request, by=by, reason=reason)


@transaction.atomic
def decline(request: Request, *, by: User, reason: str) -> Request:
    """Write the no down; the room whose page it is said on knows what follows from it."""
    request = lock_request(request, by)
    if not reason.strip():
        raise Refused(_("Say why."))
    request.state, request.decision_reason = Request.State.REFUSED, reason.strip()
    return decide(request, by, "investigations.request_refused")


@transaction.atomic
def withdraw(request: Request, *, by: User) -> Request:
    """Take back what one asked for oneself, as long as nobody has decided."""
    request = lock_seen(request, by)
    if request.asked_by_id != by.pk:
        raise PermissionDenied(_("Only whoever asked can take it back."))
    require_waiting(request)
    request.state = Request.State.WITHDRAWN
    request.save(update_fields=["state"])
    record(by, "investigations.request_withdrawn", request, kind=request.kind)
    return request


@transaction.atomic
def lapse(kind: RequestKind, subject: Case | CaseRecord, *, by: User) -> None:
    """What waits for a second person falls, because `by` has taken its ground away."""
    with system_scope("a request falls with its ground, whoever may see it"):
        for request in Request.objects.about(subject).filter(kind=kind).waiting():
            request.state = Request.State.WITHDRAWN
            request.save(update_fields=["state"])
            record(by, "investigations.request_lapsed", request, kind=request.kind)


def lock_request(request: Request, by: User) -> Request:
    """The row, locked, if `by` is a second person whose word counts and it still waits."""
    request = lock_seen(request, by)
    if request.asked_by_id == by.pk:
        raise Refused(_("Nobody decides what they asked for themselves."))
    require_waiting(request)
    if not request.may_be_decided_by(by):
        raise PermissionDenied(_("This request is not yours to decide."))
    return request


def lock_seen(request: Request, by: User) -> Request:
    """The row, locked, if `by` sees it; its case is not read along, an administrator sees none."""
    try:
        return (
            Request.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=request.pk)
        )
    except Request.DoesNotExist:
        raise PermissionDenied(_("This request is not, or no longer, yours to see.")) from None


def require_kind(request: Request, kind: RequestKind) -> None:
    """A yes to one thing is no yes to another."""
    if request.kind != kind:
        raise Refused(_("This request asks for something else."))


def require_waiting(request: Request) -> None:
    """Only a request that waits can be decided or taken back."""
    if request.has_lapsed:
        raise Refused(_("This request has lapsed. Ask again."))
    if not request.is_waiting:
        raise Refused(_("This request was decided already."))


def decide(request: Request, by: User, act: str) -> Request:
    """Write the decision down and tell whoever asked."""
    request.decided_by, request.decided_at = by, timezone.now()
    request.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    record(by, act, request, kind=request.kind, about=str(request.subject_id))
    tell([request.asked_by], Notice.Kind.DECIDED, request)
    return request


def tell_deciders(request: Request) -> None:
    """Let those know whose yes or no counts."""
    people: dict[Any, User] = {}
    for duty in DECIDERS[request.kind]:
        people |= {person.pk: person for person in request.case.people_with(duty)}
    people.pop(request.asked_by_id, None)
    tell(list(people.values()), Notice.Kind.ASKED, request)


def tell(people: list[User], kind: Notice.Kind, request: Request) -> None:
    """Leave a notice for each; only those who see the case will ever read it."""
    with system_scope("a notice is written for somebody else"):
        for person in people:
            leave(
                Notice(
                    case_id=request.case_id,
                    to=person,
                    kind=kind,
                    request=request,
                    label_id=request.label_id,
                )
            )
