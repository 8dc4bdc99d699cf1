"""Releasing a finding: the only deed after which a name may leave the case."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Finding, Release
from attribution.models.vocabulary import Audience
from attribution.services.finding import is_concluded, lock_with_case
from core.errors import Refused
from core.markings import TLP_ORDER, Tlp
from investigations.models import Case, Duty
from investigations.services.case import set_case_status
from ledger.services import record


@transaction.atomic
def release_finding(
    finding: Finding, *, by: User, audience: str, tlp: str, conditions: str = ""
) -> Release:
    """Let an approved finding go, to an audience and under a marking.

    From L5 on this only proposes it: a second authority has to confirm.
    """
    finding = lock_with_case(finding, by)
    require_authority(finding, by)
    if finding.status != Finding.Status.APPROVED:
        raise Refused(_("Only an approved finding is released."))
    if finding.releases.visible_to(by).proposed().exists():
        raise Refused(_("Its release is proposed already; a second authority confirms it."))
    require_no_embargo(finding.case, audience)
    require_strict_enough(finding, tlp)
    release = Release(
        case=finding.case,
        finding=finding,
        submission=finding.submissions.visible_to(by).latest("number"),
        decision=Release.Decision.PROPOSED,
        takes_two=finding.takes_two_to_release,
        audience=audience,
        tlp=tlp,
        conditions=conditions.strip(),
        proposed_by=by,
    )
    release.full_clean()
    release.save(force_insert=True)
    record(
        by,
        "attribution.release_proposed",
        finding,
        release=str(release.pk),
        audience=audience,
        tlp=tlp,
        sha256=release.submission.sha256,
    )
    return release if release.takes_two else let_go(release, by)


@transaction.atomic
def confirm_release(release: Release, *, by: User) -> Release:
    """The second signature, never by the one who proposed it."""
    finding = lock_with_case(release.finding, by)
    release = Release.objects.locked_for(by, release)
    require_authority(finding, by)
    require_open(release)
    if release.proposed_by_id == by.pk:
        raise Refused(_("It takes a second releasing authority."))
    require_no_embargo(finding.case, release.audience)
    require_strict_enough(finding, release.tlp)
    return let_go(release, by)


@transaction.atomic
def decline_release(release: Release, *, by: User, reason: str) -> Release:
    """Refuse a proposed release, with a reason; the finding stays approved."""
    finding = lock_with_case(release.finding, by)
    release = Release.objects.locked_for(by, release)
    finding.case.require(by, Duty.RELEASE)
    require_open(release)
    if not reason.strip():
        raise Refused(_("Say why."))
    release.decision, release.decline_reason = Release.Decision.DECLINED, reason.strip()
    release.decided_by, release.decided_at = by, timezone.now()
    release.save()
    record(by, "attribution.release_declined", finding, release=str(release.pk))
    return release


def let_go(release: Release, by: User) -> Release:
    """Write the release down, retire what it supersedes, and tell the case."""
    finding, now = release.finding, timezone.now()
    release.decision = Release.Decision.RELEASED
    release.decided_by, release.decided_at = by, now
    release.save()
    finding.status, finding.released_at = Finding.Status.RELEASED, now
    finding.version += 1
    finding.save()
    if finding.supersedes and finding.supersedes.is_released:
        retire(finding.supersedes, by, successor=finding)
    record(
        by,
        "attribution.finding_released",
        finding,
        ref=finding.ref,
        level=finding.level,
        audience=release.audience,
        tlp=release.tlp,
        sha256=release.submission.sha256,
    )
    why = f"{finding.ref} released"
    set_case_status(finding.case, Case.Status.FINDING_RELEASED, by=by, reason=why)
    return release


def retire(finding: Finding, by: User, *, successor: Finding) -> None:
    """Mark a released finding as superseded: kept, readable, no longer the conclusion."""
    finding.status = Finding.Status.SUPERSEDED
    finding.version += 1
    finding.save()
    record(
        by,
        "attribution.finding_superseded",
        finding,
        ref=finding.ref,
        successor=str(successor.pk),
    )


def require_authority(finding: Finding, by: User) -> None:
    """A releasing authority who wrote none of it."""
    finding.case.require(by, Duty.RELEASE)
    if finding.is_by(by):
        raise Refused(_("An author does not release their own finding."))


def require_open(release: Release) -> None:
    """Only a proposal can still be decided."""
    if release.decision != Release.Decision.PROPOSED:
        raise Refused(_("This release has been decided already."))


def require_no_embargo(case: Case, audience: str) -> None:
    """While the case is under embargo nothing goes beyond the investigating bodies."""
    embargo = case.embargo_until
    if audience != Audience.TEAM and embargo and embargo > timezone.now():
        raise Refused(_("The case is under embargo: release it to the investigating bodies only."))


def require_strict_enough(finding: Finding, tlp: str) -> None:
    """What goes out is marked at least as strictly as what it is made of."""
    bound = finding.handling.tlp
    if TLP_ORDER.index(tlp) < TLP_ORDER.index(bound):
        raise Refused(
            _("%(ref)s is handled as %(bound)s. To release it as %(tlp)s, have that lowered first.")
            % {"ref": finding.ref, "bound": Tlp(bound).label, "tlp": Tlp(tlp).label}
        )


def may_name_an_actor(case: Case) -> bool:
    """True once a finding of the case is released; until then no outlet names anybody."""
    return is_concluded(case)
