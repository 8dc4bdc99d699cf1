"""Opening a case, amending it, and who works on it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Case, CaseOutcome, Duty, Membership, Role, Stage
from investigations.models.membership import GRANTED
from investigations.services.membership import tell_of_limit
from ledger.services import record

CASE_SERIES_LOCK = 7_261_001
STANDING = ("status", "stage", "outcome")
"""Where a case stands: the three that deeds move together."""


class CaseFacts(TypedDict, total=False):
    """What may be said of a case when it is opened or amended."""

    title: str
    public_title: str
    mandate: str
    standard_of_proof: str
    embargo_until: datetime | None
    tlp: str
    pap: str


@transaction.atomic
def open_case(by: User, **facts: Unpack[CaseFacts]) -> Case:
    """Open a case with `by` as its lead; its reference is the next of this year's series."""
    if not (by.is_active and by.may_open_cases) or by.bound_to_cases:
        raise PermissionDenied(_("You may not open cases. Ask an administrator for this right."))
    with system_scope("nobody has a place yet in a case that is being opened"):
        case = Case(ref=next_case_ref(), lead=by, **facts)
        case.full_clean()
        case.save(force_insert=True)
        Membership.objects.create(case=case, user=by, roles=[Role.LEAD])
    record(by, "investigations.case_opened", case, ref=case.ref, tlp=case.tlp)
    return case


def next_case_ref() -> str:
    """VST-<year>-<four digits>: the advisory lock keeps two openings from sharing a number.

    To be asked in the program's own name: the series runs through all cases, seen or not.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CASE_SERIES_LOCK])
    series = f"VST-{timezone.now():%Y}-"
    refs = Case.objects.filter(ref__startswith=series).values_list("ref", flat=True)
    last = max((int(ref.removeprefix(series)) for ref in refs), default=0)
    return f"{series}{last + 1:04d}"


@transaction.atomic
def amend_case(case: Case, *, by: User, version: int, **facts: Unpack[CaseFacts]) -> Case:
    """Change what is said of a case; every change stands in the ledger, before and after."""
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    case.require(by, Duty.MANAGE)
    require_fresh(case, version)
    if facts.keys() & {"tlp", "pap"}:
        raise Refused(_("How a case is handled is changed on its handling page."))
    changes = apply_changes(case, facts)
    if changes:
        case.full_clean()
        case.save()
        record(by, "investigations.case_amended", case, changes=changes)
    return case


@transaction.atomic
def change_case_status(case: Case, status: str, *, by: User, reason: str) -> Case:
    """Say whether the work goes on, rests or waits for others, with a reason."""
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    case.require(by, Duty.MANAGE)
    if status == Case.Status.FINDING_RELEASED:
        raise Refused(_("A case reaches this status only by releasing a finding."))
    if status in (Case.Status.CLOSED, Case.Status.REOPENED):
        raise Refused(_("Conclude or re-open the case on the page of its stages."))
    if case.has_ended:
        raise Refused(_("%(ref)s has ended. Re-open it first.") % {"ref": case.ref})
    if not reason.strip():
        raise Refused(_("Say why."))
    return set_case_status(case, status, by=by, reason=reason)


@transaction.atomic
def set_case_status(
    case: Case, status: str, *, by: User, reason: str, left_open: Collection[str] = ()
) -> Case:
    """The same for services above, which have asked their own questions first.

    `left_open` names what was still to be done at the gates that a release passes.
    """
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    if case.status != status:
        before, case.status = case.status, Case.Status(status)
        passed: dict[str, Any] = {"left_open": list(left_open)} if left_open else {}
        keep_in_step(case)
        case.version += 1
        case.save(update_fields=[*STANDING, "version", "updated_at"])
        record(
            by,
            "investigations.case_status_changed",
            case,
            before=before,
            after=status,
            stage=str(case.stage),
            reason=reason,
            **passed,
        )
    return case


def keep_in_step(case: Case) -> None:
    """A released finding concludes its case; one that is re-opened is analysed again."""
    if case.status == Case.Status.FINDING_RELEASED:
        case.outcome = CaseOutcome.ATTRIBUTED
        case.stage = max(Stage(case.stage), Stage.CONCLUDED, key=list(Stage).index)
    if case.status == Case.Status.REOPENED:
        case.outcome = ""
        case.stage = min(Stage(case.stage), Stage.ANALYSIS, key=list(Stage).index)


@transaction.atomic
def admit_member(
    case: Case, user: User, *, roles: Collection[str], by: User, until: datetime | None = None
) -> Membership:
    """Give `user` a place on the case, or change the one they have; it may end on a day.

    With `until` the access ends by itself at that moment, and the person is told beforehand.
    """
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    case.require(by, Duty.MANAGE)
    require_fit(case, user, set(roles))
    require_ahead(case, user, until)
    membership = place_of(case, user)
    membership.roles, membership.until, membership.end_told_at = sorted(roles), until, None
    membership.save()
    record(
        by,
        "investigations.member_admitted",
        membership,
        user=str(user.pk),
        roles=membership.roles,
        until=until.isoformat() if until else "",
    )
    if until:
        tell_of_limit(membership)
    return membership


def require_ahead(case: Case, user: User, until: datetime | None) -> None:
    """A place ends on a day that is still to come, and that of the lead on none."""
    if until is None:
        return
    if user == case.lead:
        raise Refused(_("The place of the lead has no end."))
    if until <= timezone.now():
        raise Refused(_("The place would have ended already: name a later day."))


def require_fit(case: Case, user: User, roles: set[str]) -> None:
    """Refuse roles that nobody gives, that do not go together, or that are not for this person."""
    if not roles or not roles <= set(GRANTED):
        raise Refused(_("Choose at least one role."))
    if user == case.lead and Role.LEAD not in roles:
        raise Refused(_("The lead keeps the lead's role."))
    if Role.AUDITOR in roles and len(roles) > 1:
        raise Refused(_("An auditor has no other role: whoever works on a case cannot audit it."))
    if Role.PARTNER in roles and len(roles) > 1:
        raise Refused(_("A partner contributor has no other role: the team reads the whole case."))
    if Role.PARTNER in roles and not comes_from_elsewhere(user, case):
        raise Refused(_("A partner contributor comes from another agency than the lead."))


def comes_from_elsewhere(user: User, case: Case) -> bool:
    """True for somebody of a partner agency, or of any but the lead's."""
    agency = user.agency
    return agency is not None and (
        agency.kind == Agency.Kind.PARTNER or agency.pk != case.lead.agency_id
    )


def place_of(case: Case, user: User) -> Membership:
    """The place this person has now, or a new one; one that has run out is ended."""
    held = case.memberships.filter(user=user, ended_at__isnull=True)
    held.exclude(pk__in=case.memberships.current()).update(ended_at=F("until"))
    return held.first() or Membership(case=case, user=user)


@transaction.atomic
def end_membership(membership: Membership, *, by: User) -> Membership:
    """Take a person off the case from the next request on."""
    membership = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    membership.case.require(by, Duty.MANAGE)
    if membership.user_id == membership.case.lead_id:
        raise Refused(_("The lead cannot leave the case."))
    if membership.ended_at is None:
        membership.ended_at = timezone.now()
        membership.save(update_fields=["ended_at"])
        record(by, "investigations.membership_ended", membership, user=str(membership.user_id))
    return membership
