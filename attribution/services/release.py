"""Releasing a finding: the only deed after which a name may leave the case."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Finding, Release
from attribution.services.conclusion import left_open_by_release
from attribution.services.finding import is_concluded, lock_with_case
from attribution.services.gates import require_gates_shut
from core.errors import Refused
from core.kept import remember
from investigations.models import Case, Duty, Request, RequestKind
from investigations.services import approve, ask, require_kind
from investigations.services.case import set_case_status
from ledger.services import record

TERMS = ("audience", "tlp", "conditions")
"""What both people agree to, besides the text itself."""


@transaction.atomic
def release_finding(
    finding: Finding, *, by: User, audience: str, tlp: str, conditions: str = ""
) -> Release | Request:
    """Let an approved finding go, to an audience and under a marking.

    From L5 on this only asks for it: a second authority has to agree. While anything stands
    against it, raises `Barred` with the complete list.
    """
    finding = lock_with_case(finding, by)
    require_authority(finding, by)
    require_gates_shut(finding, audience=audience, tlp=tlp)
    release = Release(
        case=finding.case,
        finding=finding,
        submission=finding.submissions.newest_for(by),
        takes_two=finding.takes_two_to_release,
        audience=audience,
        tlp=tlp,
        conditions=conditions.strip(),
        proposed_by=by,
    )
    require_terms(release)
    return propose(release) if release.takes_two else let_go(release, by)


def propose(release: Release) -> Request:
    """Ask for the second person, who agrees to these very terms and this very text."""
    finding, by = release.finding, release.proposed_by
    words = {
        _("Audience"): release.get_audience_display(),
        _("Marking"): release.get_tlp_display(),
        _("Conditions"): release.conditions,
    }
    request = ask(
        RequestKind.RELEASE,
        finding,
        by=by,
        reason=release.conditions or finding.statement,
        ref=finding.ref,
        asked={
            **{name: getattr(release, name) for name in TERMS},
            "sha256": release.submission.sha256,
            "words": {word: str(said) for word, said in words.items() if said},
        },
    )
    record(
        by,
        "attribution.release_proposed",
        finding,
        request=str(request.pk),
        audience=release.audience,
        tlp=release.tlp,
        sha256=release.submission.sha256,
    )
    return request


@transaction.atomic
def confirm_release(request: Request, *, by: User) -> Release:
    """The second signature, never by the one who proposed it."""
    finding = lock_with_case(finding_of(request, by), by)
    require_authority(finding, by)
    request = approve(request, by=by)
    require_gates_shut(finding, audience=request.asked["audience"], tlp=request.asked["tlp"])
    submission = finding.submissions.newest_for(by)
    if submission.sha256 != request.asked["sha256"]:
        raise Refused(_("Another version was handed in since. Propose its release anew."))
    release = Release(
        case=finding.case,
        finding=finding,
        submission=submission,
        takes_two=True,
        proposed_by=request.asked_by,
        **{name: request.asked[name] for name in TERMS},
    )
    require_terms(release)
    return let_go(release, by)


def finding_of(request: Request, by: User) -> Finding:
    """The finding whose release a request asks for, if `by` may read it."""
    require_kind(request, RequestKind.RELEASE)
    finding = Finding.objects.visible_to(by).filter(pk=request.subject_id).first()
    if finding is None:
        raise PermissionDenied(_("This is not, or no longer, yours to see."))
    return finding


def let_go(release: Release, by: User) -> Release:
    """Write the release down, retire what it supersedes, and tell the case."""
    finding, now = release.finding, timezone.now()
    still_open = left_open_by_release(finding.case, by)
    release.decided_by, release.decided_at = by, now
    release.save(force_insert=True)
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
    set_case_status(
        finding.case,
        Case.Status.FINDING_RELEASED,
        by=by,
        reason=f"{finding.ref} released",
        left_open=still_open,
    )
    return release


def retire(finding: Finding, by: User, *, successor: Finding) -> None:
    """Mark a released finding as superseded: kept, readable, no longer the conclusion."""
    remember([finding])
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


def require_terms(release: Release) -> None:
    """An audience and a marking that there are."""
    release.clean_fields(exclude=["decided_by", "decided_at"])


def may_name_an_actor(case: Case) -> bool:
    """True once a finding of the case is released; until then no outlet names anybody."""
    return is_concluded(case)
