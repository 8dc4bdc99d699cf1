"""Gates of judgement: approved by reviewers, and no comment left unresolved."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from attribution.models import Finding, ReviewComment
from attribution.services.gates.gate import Examined, Gate

QUOTED = 80
"""Letters of a paragraph that tell which one is meant."""


def of_approval(examined: Examined) -> Iterator[Gate]:
    """Only what reviewers have approved, and nobody has returned since, is released."""
    finding = examined.finding
    if finding.status != Finding.Status.APPROVED:
        words = _("Only an approved finding is released; this one is marked “%(state)s”.") % {
            "state": finding.get_status_display()
        }
        yield Gate("review", words, page_of(finding, "review"))


def of_comments(examined: Examined) -> Iterator[Gate]:
    """Each comment on a paragraph that nobody has resolved, of whatever version."""
    open_ones = ReviewComment.objects.of(examined.finding).unresolved()
    for comment in open_ones.select_related("author", "submission"):
        words = _("A comment of %(person)s is unresolved, on “%(quote)s”.") % {
            "person": comment.author,
            "quote": Truncator(comment.quote).chars(QUOTED),
        }
        yield Gate("comment", words, page_of_comment(comment))


def page_of(finding: Finding, part: str) -> str:
    """A part of the finding's own page."""
    return f"{reverse('attribution:finding_detail', args=[finding.pk])}#{part}"


def page_of_comment(comment: ReviewComment) -> str:
    """Where a comment stands beside the paragraph that it is about."""
    there = reverse("attribution:finding_paragraphs", args=[comment.submission.finding_id])
    return f"{there}?version={comment.submission.number}#{comment.anchor}"
