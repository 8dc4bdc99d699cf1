"""Reviewing a finding, and disagreeing with it."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Dissent, Finding, Review, Submission
from attribution.models.vocabulary import Standard
from attribution.services.finding import lapse_proposal, lock
from attribution.services.review_comment import require_resolved
from core.errors import Refused
from investigations.models import Duty
from ledger.services import record


@transaction.atomic
def review_finding(
    finding: Finding,
    *,
    by: User,
    verdict: str,
    standards_met: Collection[str] = (),
    comment: str = "",
) -> Review:
    """Approve the version handed in, or return it; never by anybody who wrote in it."""
    finding = lock(finding, by)
    finding.case.require(by, Duty.REVIEW)
    submission = version_to_judge(finding, by)
    require_grounds(verdict, standards_met, comment)
    if verdict == Review.Verdict.APPROVE:
        require_resolved(finding)
    review = Review(
        case=finding.case,
        finding=finding,
        submission=submission,
        reviewer=by,
        verdict=verdict,
        standards_met=sorted(set(standards_met)),
        comment=comment.strip(),
    )
    review.full_clean()
    review.save(force_insert=True)
    move_on(finding, review)
    record(
        by,
        "attribution.finding_reviewed",
        finding,
        verdict=verdict,
        number=submission.number,
        sha256=submission.sha256,
    )
    return review


def move_on(finding: Finding, review: Review) -> None:
    """Approved, or back with its authors; a release proposed meanwhile falls with a return."""
    approved = review.verdict == Review.Verdict.APPROVE
    finding.status = Finding.Status.APPROVED if approved else Finding.Status.RETURNED
    finding.version += 1
    finding.save()
    if not approved:
        lapse_proposal(finding, review.reviewer)


def version_to_judge(finding: Finding, by: User) -> Submission:
    """What was handed in last, if it awaits judgement and `by` neither wrote nor judged it."""
    if finding.is_by(by):
        raise Refused(_("An author does not review their own finding."))
    if finding.status not in Finding.UNDER_JUDGEMENT:
        raise Refused(_("Only a finding that was handed in is reviewed."))
    submission = finding.submissions.newest_for(by)
    if submission.reviews.visible_to(by).filter(reviewer=by).exists():
        raise Refused(_("You have reviewed this version already."))
    return submission


def require_grounds(verdict: str, standards_met: Collection[str], comment: str) -> None:
    """Approval stands on all nine standards; a return says what to mend."""
    if verdict == Review.Verdict.RETURN and not comment.strip():
        raise Refused(_("Say what the authors should mend."))
    missing = [str(each.label) for each in Standard if each not in standards_met]
    if verdict == Review.Verdict.APPROVE and missing:
        raise Refused(
            _("Not approved while these are open: %(missing)s") % {"missing": " ".join(missing)}
        )


@transaction.atomic
def record_dissent(
    finding: Finding, *, by: User, text: str, likelihood: str, confidence: str = ""
) -> Dissent:
    """Put a signed minority view beside the finding, with the likelihood that its author sees.

    It will print in the same report.
    """
    finding = lock(finding, by)
    finding.case.require_member(by)
    if not (finding.is_rewritable or finding.status in Finding.UNDER_JUDGEMENT):
        raise Refused(_("This finding stands as it was released. Write a successor instead."))
    dissent = Dissent(
        case=finding.case,
        finding=finding,
        author=by,
        text=text.strip(),
        likelihood=likelihood,
        confidence=confidence,
    )
    dissent.full_clean()
    dissent.save(force_insert=True)
    record(by, "attribution.dissent_recorded", finding, dissent=str(dissent.pk))
    return dissent


@transaction.atomic
def take_back_dissent(dissent: Dissent, *, by: User) -> Finding:
    """Remove one's own dissent, which nobody may do once the finding has been handed in."""
    finding = lock(dissent.finding, by)
    if dissent.author_id != by.pk:
        raise PermissionDenied(_("Only its author takes a dissent back."))
    if finding.submitted_at is not None:
        raise Refused(_("Review has begun: the dissent stays in the record."))
    record(by, "attribution.dissent_taken_back", finding, dissent=str(dissent.pk))
    dissent.delete()
    return finding
