"""A handed-in version paragraph by paragraph in the browser, with what was remarked beside it."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import CommentForm, ReplyForm
from attribution.http import way
from attribution.methods.paragraphs import paragraphs_of
from attribution.models import Finding, ReviewComment, ReviewReply, Submission
from attribution.models.vocabulary import Passage
from attribution.views.finding_page import FINDINGS, LIST, visible_finding
from attribution.views.review import chosen
from core.http import OK, attempt
from investigations.models import Duty

PAGE = "attribution/finding_paragraphs.html"
HERE = "attribution:finding_paragraphs"
TITLE = gettext_lazy("Paragraphs and comments")
REPLIES = {
    ReviewReply.Kind.ANSWERS: services.answer_comment,
    ReviewReply.Kind.RESOLVES: services.resolve_comment,
}


@open_to(SIGNED_IN)
@require_GET
def finding_paragraphs(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id)
    version = request.GET.get("version", "")
    return render(request, PAGE, paragraphs_page(request, finding, version))


@open_to(SIGNED_IN)
@require_POST
def comment_raise(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id)
    finding.case.require(request.user, Duty.REVIEW, Duty.RELEASE)
    latest = finding.submissions.visible_to(request.user).order_by("-number").first()
    form = CommentForm(request.POST, submission=latest)
    done, status = attempt(
        form,
        lambda: services.raise_comment(latest, by=request.user, **form.facts()),  # type: ignore[arg-type]
    )
    if done:
        return redirect(f"{resolve_url(HERE, finding.pk)}#{done.anchor}")
    page = paragraphs_page(request, finding, "", comment_form=form)
    return render(request, PAGE, page, status=status)


@open_to(SIGNED_IN)
@require_POST
def comment_reply(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    comment, finding = visible_comment(request, comment_id)
    form = ReplyForm(request.POST, auto_id=f"{comment.anchor}-%s")
    _done, status = attempt(form, lambda: reply(comment, request.user, **form.cleaned_data))
    number = str(comment.submission.number)
    if status == OK:
        there = resolve_url(HERE, finding.pk)
        return redirect(f"{there}?version={number}#{comment.anchor}")
    page = paragraphs_page(request, finding, number, **{str(comment.pk): form})
    return render(request, PAGE, page, status=status)


def visible_comment(request: SignedInRequest, comment_id: UUID) -> tuple[ReviewComment, Finding]:
    """The comment and its finding, for those who wrote the finding or judge it."""
    rows = ReviewComment.objects.visible_to(request.user).select_related("submission", "case")
    comment = get_object_or_404(rows, pk=comment_id)
    finding = visible_finding(request, comment.submission.finding_id)
    if not finding.is_by(request.user):
        finding.case.require(request.user, Duty.REVIEW, Duty.RELEASE)
    return comment, finding


def reply(comment: ReviewComment, by: User, *, kind: str, text: str) -> ReviewReply:
    """Answer it or resolve it, as was chosen."""
    return REPLIES[ReviewReply.Kind(kind)](comment, by=by, text=text)


def paragraphs_page(
    request: SignedInRequest, finding: Finding, number: str, **refused: BaseForm
) -> dict[str, Any]:
    """One version with its comments; a refused form takes the place of a fresh one."""
    reader = request.user
    versions = list(finding.submissions.visible_to(reader).order_by("number"))
    shown = chosen(versions, number)
    latest = bool(shown and shown == versions[-1])
    threads = threads_of(finding, reader, refused)
    doors = {"comment_form": comment_form(request, finding, shown)} if latest else {}
    return {
        "finding": finding,
        "case": finding.case,
        "marking": finding.handling,
        "crumbs": way(
            finding.case, LIST, FINDINGS, (finding.ref, finding_url(finding)), (TITLE, "")
        ),
        "versions": versions,
        "shown": shown,
        "passages": passages_of(shown, threads) if shown else [],
        "elsewhere": [
            one for one in threads if one["comment"].submission_id != (shown and shown.pk)
        ],
        **doors,
        **{name: form for name, form in refused.items() if name == "comment_form"},
    }


def finding_url(finding: Finding) -> str:
    """The finding's own page."""
    return resolve_url("attribution:finding_detail", finding.pk)


def comment_form(
    request: SignedInRequest, finding: Finding, shown: Submission | None
) -> BaseForm | None:
    """A fresh form for those who judge the version that is shown and wrote none of it."""
    judges = {Duty.REVIEW, Duty.RELEASE} & finding.case.duties(request.user)
    if not judges or finding.is_by(request.user):
        return None
    if finding.status not in Finding.UNDER_JUDGEMENT:
        return None
    return CommentForm(initial={"anchor": request.GET.get("at", "")}, submission=shown)


def threads_of(
    finding: Finding, reader: User, refused: dict[str, BaseForm]
) -> list[dict[str, Any]]:
    """Every comment on the finding with its replies, and a form for those who may reply."""
    comments = ReviewComment.objects.visible_to(reader).of(finding)
    replies: dict[UUID, list[ReviewReply]] = {}
    said = ReviewReply.objects.visible_to(reader).filter(comment__submission__finding=finding)
    for one in said.select_related("author").order_by("id"):
        replies.setdefault(one.comment_id, []).append(one)
    undecided = finding.is_rewritable or finding.status in Finding.UNDER_JUDGEMENT
    judges = {Duty.REVIEW, Duty.RELEASE} & finding.case.duties(reader)
    may_reply = undecided and bool(judges or finding.is_by(reader))
    return [
        {
            "comment": comment,
            "replies": replies.get(comment.pk, []),
            "is_resolved": any(one.settles for one in replies.get(comment.pk, [])[-1:]),
            "form": (refused.get(str(comment.pk)) or fresh_reply(comment)) if may_reply else None,
        }
        for comment in comments.select_related("author", "submission")
    ]


def fresh_reply(comment: ReviewComment) -> ReplyForm:
    """An empty form whose controls have ids of their own on the page."""
    return ReplyForm(auto_id=f"{comment.anchor}-%s")


def passages_of(shown: Submission, threads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The prose of a version, each paragraph with the comments that are about it."""
    here = [one for one in threads if one["comment"].submission_id == shown.pk]
    return [
        {
            "label": passage.label,
            "paragraphs": [
                {
                    "anchor": f"{passage.value}-{number}",
                    "text": words,
                    "threads": [one for one in here if is_about(one, passage, number)],
                }
                for number, words in enumerate(parts, 1)
            ],
        }
        for passage in Passage
        if (parts := paragraphs_of(str(shown.text.get(passage.value, ""))))
    ]


def is_about(thread: dict[str, Any], passage: Passage, number: int) -> bool:
    """Whether a comment stands at this paragraph."""
    comment: ReviewComment = thread["comment"]
    return comment.passage == passage.value and comment.paragraph == number
