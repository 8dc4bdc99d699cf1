"""Commenting on a paragraph of what was handed in, answering, and resolving with words."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.methods.paragraphs import paragraph_of
from attribution.models import Finding, ReviewComment, ReviewReply, Submission
from attribution.services.finding import lock
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Duty
from ledger.services import record


@transaction.atomic
def raise_comment(
    submission: Submission, *, by: User, passage: str, paragraph: int, text: str, quote: str = ""
) -> ReviewComment:
    """Remark on one paragraph of the version that is being judged; nobody does so of their own.

    Without a `quote` the remark is about the whole paragraph.
    """
    finding = lock(submission.finding, by)
    finding.case.require(by, Duty.REVIEW, Duty.RELEASE)
    require_judged(submission, finding, by)
    comment = ReviewComment(
        case=finding.case,
        submission=submission,
        passage=passage,
        paragraph=paragraph,
        quote=words_meant(submission, passage, paragraph, quote),
        text=text.strip(),
        author=by,
    )
    comment.full_clean()
    comment.save(force_insert=True)
    record(
        by,
        "attribution.comment_raised",
        finding,
        number=submission.number,
        passage=passage,
        paragraph=paragraph,
        comment=str(comment.pk),
    )
    return comment


@transaction.atomic
def answer_comment(comment: ReviewComment, *, by: User, text: str) -> ReviewReply:
    """Say something in return; the comment is open from then on, even if it was resolved before."""
    finding = lock_with_party(comment, by)
    reply = enter_reply(comment, ReviewReply.Kind.ANSWERS, by, text)
    record(by, "attribution.comment_answered", finding, comment=str(comment.pk))
    return reply


@transaction.atomic
def resolve_comment(comment: ReviewComment, *, by: User, text: str) -> ReviewReply:
    """Settle a comment with words: an author of the finding does, or whoever raised it.

    Whoever raised it may answer, and so open it again; the reviewer's verdict comes after that.
    """
    finding = lock_with_party(comment, by)
    if not finding.is_by(by) and comment.author_id != by.pk:
        raise Refused(_("The authors resolve a comment, or the person who raised it."))
    if not ReviewComment.objects.visible_to(by).unresolved().filter(pk=comment.pk).exists():
        raise Refused(_("This comment is resolved already."))
    reply = enter_reply(comment, ReviewReply.Kind.RESOLVES, by, text)
    record(by, "attribution.comment_resolved", finding, comment=str(comment.pk))
    return reply


def lock_with_party(comment: ReviewComment, by: User) -> Finding:
    """The locked finding, if `by` wrote it or judges it and it has not been decided yet."""
    finding = lock(comment.submission.finding, by)
    if not finding.is_by(by):
        finding.case.require(by, Duty.REVIEW, Duty.RELEASE)
    if not (finding.is_rewritable or finding.status in Finding.UNDER_JUDGEMENT):
        raise Refused(_("This finding is decided: its comments stand as they are."))
    return finding


def enter_reply(comment: ReviewComment, kind: str, by: User, text: str) -> ReviewReply:
    """Write down what was said in return."""
    if not text.strip():
        raise Refused(_("Say in words what you answer, or how it was settled."))
    reply = ReviewReply(case=comment.case, comment=comment, kind=kind, author=by, text=text.strip())
    reply.full_clean()
    reply.save(force_insert=True)
    return reply


def require_judged(submission: Submission, finding: Finding, by: User) -> None:
    """The newest version, while it is judged, for somebody who wrote none of it."""
    if finding.is_by(by):
        raise Refused(_("Authors answer comments; others raise them."))
    if finding.status not in Finding.UNDER_JUDGEMENT:
        raise Refused(_("Comments are raised while a version that was handed in is judged."))
    if submission != finding.submissions.newest_for(by):
        raise Refused(_("A newer version was handed in. Comment on that one."))


def words_meant(submission: Submission, passage: str, paragraph: int, quote: str) -> str:
    """The words that a comment is about, which stand in that paragraph of that version."""
    whole = paragraph_of(str(submission.text.get(passage, "")), paragraph)
    if not whole:
        raise Refused(_("There is no such paragraph in this version."))
    if quote.strip() and quote.strip() not in whole:
        raise Refused(_("These words do not stand in that paragraph. Copy them from it."))
    return quote.strip() or whole


def require_resolved(finding: Finding) -> None:
    """Refuse while a comment on any version of the finding is open."""
    with system_scope("a comment blocks whoever may read it"):
        waiting = ReviewComment.objects.of(finding).unresolved().count()
    if waiting:
        raise Refused(
            _("Not approved while comments on paragraphs are unresolved: %(number)s.")
            % {"number": waiting}
        )
