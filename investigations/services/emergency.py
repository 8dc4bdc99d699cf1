"""Breaking the glass: reading a case for a time without a place on it, by two people's word."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.scope import system_scope
from investigations.models import (
    Case,
    CaseRecord,
    Membership,
    Notice,
    Request,
    RequestKind,
    Role,
)
from investigations.services.case import place_of
from investigations.services.request import approve, ask, require_kind, tell
from ledger.models import Entry
from ledger.services import record

LONGEST_HOURS = 72
NOTED_EVERY = timedelta(hours=1)
READ = "investigations.read_in_emergency"


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
        if case.memberships.current().filter(user=by).exists():
            raise Refused(_("You have a place on this case: what you lack its lead can give you."))
        asked = {"hours": hours}
        request = ask(RequestKind.EMERGENCY, case, by=by, reason=reason, ref=case.ref, asked=asked)
        tell([case.lead], Notice.Kind.EMERGENCY_ASKED, request)


@transaction.atomic
def give_emergency_access(request: Request, *, by: User) -> Membership:
    """Let the person in as a reader until the hours asked for have passed; the lead is told."""
    request = approve(request, by=by)
    require_kind(request, RequestKind.EMERGENCY)
    with system_scope("neither of the two is on the team of the case"):
        case = Case.objects.select_for_update(of=("self",), no_key=True).select_related("lead")
        place = let_in(case.get(pk=request.case_id), request)
        record(
            by,
            "investigations.emergency_access_given",
            place,
            user=str(place.user_id),
            request=str(request.pk),
            until=str(place.until),
        )
        tell([place.case.lead], Notice.Kind.EMERGENCY_GIVEN, request)
    return place


def let_in(case: Case, request: Request) -> Membership:
    """A place for as long as was asked for, from now on; nobody's place on the team is touched."""
    place = place_of(case, request.asked_by)
    if not place._state.adding:
        raise Refused(_("They have a place on this case by now."))
    place.roles = [Role.EMERGENCY]
    place.until = timezone.now() + timedelta(hours=request.asked["hours"])
    place.save(force_insert=True)
    return place


@transaction.atomic
def note_emergency_reading(subject: Case | CaseRecord, *, by: User, page: str) -> None:
    """Write down that somebody with emergency access opened a page: once an hour for each."""
    lately = timezone.now() - NOTED_EVERY
    told = Entry.objects.about(subject).filter(actor=by, act=READ, at__gt=lately)
    if all(line.facts["page"] != page for line in told):
        record(by, READ, subject, page=page)
