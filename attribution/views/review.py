"""Reviewing a finding in the browser, dissenting from it, and reading what changed."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import BareForm, DissentForm, ReviewForm
from attribution.http import way
from attribution.methods.redline import redline
from attribution.models import Dissent, Finding, Submission
from attribution.views.finding import settle
from attribution.views.finding_page import FINDINGS, LIST, visible_finding
from core.http import attempt
from investigations.models import Duty

LISTS = frozenset({"supporting", "contrary", "pinned"})
"""What a version holds beside its fields; one that was handed in early lacks some of them."""


@open_to(SIGNED_IN)
@require_POST
def finding_review(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id, Duty.REVIEW)
    form = ReviewForm(request.POST)
    _done, status = attempt(
        form, lambda: services.review_finding(finding, by=request.user, **form.cleaned_data)
    )
    return settle(request, finding, status, review_form=form)


@open_to(SIGNED_IN)
@require_POST
def finding_dissent(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id)
    form = DissentForm(request.POST)
    _done, status = attempt(
        form, lambda: services.record_dissent(finding, by=request.user, **form.cleaned_data)
    )
    return settle(request, finding, status, dissent_form=form)


@open_to(SIGNED_IN)
@require_POST
def dissent_take_back(request: SignedInRequest, dissent_id: UUID) -> HttpResponse:
    dissent = get_object_or_404(Dissent.objects.visible_to(request.user), pk=dissent_id)
    if dissent.author_id != request.user.pk:
        raise PermissionDenied(_("Only its author takes a dissent back."))
    form = BareForm(request.POST)
    _done, status = attempt(form, lambda: services.take_back_dissent(dissent, by=request.user))
    return settle(request, dissent.finding, status, submit_form=form)


@open_to(SIGNED_IN)
@require_GET
def finding_redline(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id)
    versions = list(finding.submissions.visible_to(request.user).order_by("number"))
    later = chosen(versions, request.GET.get("version", ""))
    earlier = versions[versions.index(later) - 1] if later and later != versions[0] else None
    context = {
        "finding": finding,
        "case": finding.case,
        "marking": finding.handling,
        "crumbs": way(finding.case, LIST, FINDINGS, (finding.ref, "")),
        "versions": versions,
        "later": later,
        "earlier": earlier,
        "changes": changes(earlier, later) if earlier and later else [],
    }
    return render(request, "attribution/finding_redline.html", context)


def chosen(versions: list[Submission], number: str) -> Submission | None:
    """The version asked for, or the latest."""
    asked = [version for version in versions if str(version.number) == number]
    return next(iter(asked or versions[-1:]), None)


def changes(earlier: Submission, later: Submission) -> list[dict[str, Any]]:
    """Every field that two versions tell differently, word by word."""
    return [
        {
            "label": label_of(name),
            "pieces": redline(told(name, earlier.text.get(name)), told(name, after)),
        }
        for name, after in later.text.items()
        if earlier.text.get(name) != after
    ]


def label_of(name: str) -> str:
    """What a part of a version is called."""
    lists = {
        "supporting": _("supporting evidence"),
        "contrary": _("contrary evidence"),
        "pinned": _("versions of what is cited"),
    }
    field = lists.get(name) or getattr(Finding._meta.get_field(name), "verbose_name", name)
    return str(field)


def told(name: str, value: Any) -> str:
    """A stored value in words."""
    if isinstance(value, list):
        return "\n".join(value)
    if name in LISTS:
        return ""
    words = dict(getattr(Finding._meta.get_field(name), "flatchoices", None) or [])
    return str(words.get(value, value or ""))
