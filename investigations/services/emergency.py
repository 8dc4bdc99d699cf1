"""Breaking the glass: reading a case for a time without a place on it, by two people's word."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Case, Membership, Notice, Request, RequestKind, Role
from investigations.services.request import approve, ask, tell
from ledger.services import record

LONGEST_HOURS = 72


@transaction.atomic
def ask_for_emergency_access(*, case_ref: str, by: User, reason: str, hours: int) -> None:
    """Ask an administrator to be let in to read; the lead of the case is told at once.

    Says nothing of whether there is such a case: whoever asks learns it only by being let in.
    """
    if not 1 <= hours <= LONGEST_HOURS:
        raise Refused(_("Choose between 1 and %(most)d hours.") % {"most": LONGEST_HOURS})
    if not reason.strip():
        raise Refused(_("Say why."))
    if Case.objects.visible_to(by).filter(ref=case_ref.strip()).exists():
        raise Refused(_("You may read this case already."))
    with system_scope("whoever asks does not see the case"):
        case = Case.objects.select_related("lead").filter(ref=case_ref.strip()).first()
        if case is None or Request.objects.about(case).waiting().filter(asked_by=by).exists():
            return
        request = ask(
            RequestKind.EMERGENCY,
            case,
            by=by,
            reason=reason,
            ref=case.ref,
            asked={"hours": hours},
        )
        tell([case.lead], Notice.Kind.EMERGENCY_ASKED, request)


@transaction.atomic
def give_emergency_access(request: Request, *, by: User) -> Membership:
    """Let the person in as a reader until the hours asked for have passed; the lead is told."""
    request = approve(request, by=by)
    if request.kind != RequestKind.EMERGENCY:
        raise Refused(_("This request asks for something else."))
    with system_scope("neither of the two is on the team of the case"):
        case = Case.objects.select_related("lead").get(pk=request.case_id)
        now = timezone.now()
        case.memberships.filter(user=request.asked_by, ended_at__isnull=True).update(ended_at=now)
        place = Membership(
            case=case,
            user=request.asked_by,
            roles=[Role.EMERGENCY],
            until=now + timedelta(hours=request.asked["hours"]),
        )
        place.save(force_insert=True)
        record(
            by,
            "investigations.emergency_access_given",
            place,
            user=str(place.user_id),
            request=str(request.pk),
            until=str(place.until),
        )
        tell([case.lead], Notice.Kind.EMERGENCY_GIVEN, request)
    return place
