"""What the page of one finding shows: the claim and its evidence, and what each reader may do."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.http import SignedInRequest
from accounts.models import User
from attribution import services
from attribution.forms import (
    AuthorForm,
    BareForm,
    CiteExhibitForm,
    CiteLinkForm,
    CiteReportForm,
    ConsentForm,
    DissentForm,
    ReasonForm,
    ReleaseForm,
    ReviewForm,
)
from attribution.http import way
from attribution.models import Citation, Finding, OriginatorConsent, Review, ReviewComment
from attribution.services import Gate, changed_since, open_gates
from comparison.models import Link
from investigations.http import handling_of
from investigations.models import Duty, Request, RequestKind
from investigations.models.request import RequestQuerySet

PAGE = "attribution/finding_detail.html"
LIST = "attribution:finding_list"
FINDINGS = gettext_lazy("Findings")
STAGES = [
    (Finding.Status.DRAFT, gettext_lazy("Draft")),
    (Finding.Status.IN_REVIEW, gettext_lazy("In review")),
    (Finding.Status.APPROVED, gettext_lazy("Approved")),
    (Finding.Status.RELEASED, gettext_lazy("Released")),
]
SIGNED = {Review.Verdict.APPROVE: "approved", Review.Verdict.RETURN: "returned"}


def visible_finding(
    request: SignedInRequest, finding_id: UUID, duty: Duty | None = None
) -> Finding:
    """The finding, if this person may read it and holds `duty` in its case."""
    rows = Finding.objects.visible_to(request.user).with_lists()
    finding = get_object_or_404(rows, pk=finding_id)
    if duty:
        finding.case.require(request.user, duty)
    return finding


def finding_page(request: SignedInRequest, finding: Finding, **refused: BaseForm) -> dict[str, Any]:
    """Everything on the page; a refused form takes the place of a fresh one."""
    asked = list(requests_of(finding, request.user))
    outcome = outcome_of(finding, request.user)
    proposal = next((one for one in asked if one.is_waiting), None)
    return {
        "finding": finding,
        "case": finding.case,
        "marking": handling_of([finding, *(outcome.shown if outcome else [])]),
        "crumbs": way(finding.case, LIST, FINDINGS, (finding.ref, "")),
        "stages": list(stages(finding)),
        "proposal": proposal,
        "gates": gates_of(finding),
        "refusals": [one for one in asked if one.state == one.State.REFUSED],
        "outcome": outcome,
        "may_record": bool({*services.RECORDERS} & finding.case.duties(request.user)),
        **written(finding, request.user),
        **signed(finding, request.user),
        **open_doors(finding, proposal, request.user),
        **refused,
    }


def gates_of(finding: Finding) -> list[Gate]:
    """What still keeps it from being released, told to all who read it before anybody tries."""
    undecided = finding.is_rewritable or finding.status in Finding.UNDER_JUDGEMENT
    return open_gates(finding) if undecided else []


def requests_of(finding: Finding, reader: User) -> RequestQuerySet:
    """What was asked of a second authority, the latest first."""
    rows = Request.objects.visible_to(reader).about(finding).filter(kind=RequestKind.RELEASE)
    return rows.select_related("asked_by", "decided_by").order_by("-id")


def outcome_of(finding: Finding, reader: User) -> services.Outcome | None:
    """What followed its release, once there was one."""
    if finding.released_at is None:
        return None
    return next(iter(services.account_of(finding.case, reader, finding=finding)), None)


def written(finding: Finding, reader: User) -> dict[str, Any]:
    """Who wrote it, and the evidence on either side."""
    citations = list(finding.citations.visible_to(reader).with_sources())
    links = Link.objects.visible_to(reader).filter(citations__finding=finding)
    return {
        "authors": finding.authors.order_by("username"),
        "supporting": [each for each in citations if each.stance == Citation.Stance.SUPPORTS],
        "contrary": [each for each in citations if each.stance == Citation.Stance.CONTRARY],
        "changed": changed_since(citations),
        "open_links": set(links.values_list("pk", flat=True)),
    }


def signed(finding: Finding, reader: User) -> dict[str, Any]:
    """Every version, verdict, dissent and decision, and what came after."""
    decisions = finding.releases.visible_to(reader)
    return {
        "submissions": list(finding.submissions.visible_to(reader).select_related("submitted_by")),
        "reviews": list(reviews(finding, reader)),
        "unresolved": ReviewComment.objects.visible_to(reader).of(finding).unresolved().count(),
        "consents": consents_to(finding, reader),
        "dissents": finding.dissents.visible_to(reader).select_related("author"),
        "releases": decisions.select_related("proposed_by", "decided_by"),
        "successor": Finding.objects.visible_to(reader).successors_of(finding).first(),
    }


def consents_to(finding: Finding, reader: User) -> list[OriginatorConsent]:
    """Which agencies agreed to which version."""
    rows = OriginatorConsent.objects.visible_to(reader).filter(submission__finding=finding)
    return list(rows.select_related("agency", "submission", "recorded_by"))


def stages(finding: Finding) -> Iterator[dict[str, Any]]:
    """How far it has come; a finding that no longer stands has left the way."""
    order = [status.value for status, _label in STAGES]
    here = order[0] if finding.is_rewritable else finding.status
    place = order.index(here) if here in order else -1
    for number, (status, label) in enumerate(STAGES):
        yield {"label": label, "done": number < place, "current": status == here}


def reviews(finding: Finding, reader: User) -> Iterator[dict[str, Any]]:
    """Every verdict with the version that it is of, the latest first."""
    rows = finding.reviews.visible_to(reader).select_related("reviewer", "submission")
    for review in rows.order_by("-id"):
        version = _("version %(number)s") % {"number": review.submission.number}
        yield {
            "by": review.reviewer,
            "at": review.created_at,
            "decision": SIGNED[Review.Verdict(review.verdict)],
            "decision_label": f"{review.get_verdict_display()} · {version}",
            "comment": review.comment,
        }


def open_doors(
    finding: Finding, proposal: Request | None, user: User
) -> dict[str, BaseForm | bool]:
    """The forms that this person may use now; what is not offered is refused anyway."""
    duties, by_them = finding.case.duties(user), finding.is_by(user)
    doors: dict[str, BaseForm | bool] = {"by_them": by_them}
    if Duty.ANALYSE in duties and finding.is_rewritable:
        doors |= {"may_write": True, "submit_form": BareForm(), **writing(finding, user)}
    judged = finding.status in Finding.UNDER_JUDGEMENT
    if Duty.REVIEW in duties and judged and not by_them and not reviewed(finding, user):
        doors["review_form"] = ReviewForm()
    if duties and (judged or finding.is_rewritable):
        doors["dissent_form"] = DissentForm()
    if judged and may_enter_consent(finding, user, duties):
        doors["consent_form"] = ConsentForm(finding=finding, prefix="consent")
    return doors | release_doors(finding, proposal, user, duties=duties, by_them=by_them)


def may_enter_consent(finding: Finding, user: User, duties: set[Duty]) -> bool:
    """Where originators keep control: their own people, the lead and the authorities."""
    keepers = finding.handling.originators
    entitled = {Duty.MANAGE, Duty.RELEASE} & duties or (duties and user.agency_id in keepers)
    return bool(keepers and entitled)


def writing(finding: Finding, user: User) -> dict[str, BaseForm]:
    """The three ways to cite evidence, and the way to let a colleague in."""
    return {
        "author_form": AuthorForm(finding=finding, prefix="admit"),
        "exhibit_form": CiteExhibitForm(case=finding.case, user=user, prefix="exhibit"),
        "report_form": CiteReportForm(case=finding.case, user=user, prefix="report"),
        "link_form": CiteLinkForm(case=finding.case, user=user, prefix="link"),
    }


def release_doors(
    finding: Finding, proposal: Request | None, user: User, *, duties: set[Duty], by_them: bool
) -> dict[str, BaseForm | bool]:
    """The same for releasing, superseding and giving up."""
    doors: dict[str, BaseForm | bool] = {}
    authority = Duty.RELEASE in duties and not by_them
    if authority and proposal:
        doors["proposed_by_them"] = proposal.asked_by_id == user.pk
        doors["confirm_form"] = BareForm()
    elif authority and finding.status == Finding.Status.APPROVED:
        doors["release_form"] = ReleaseForm(initial={"tlp": finding.handling.tlp})
    if Duty.ANALYSE in duties and finding.is_released:
        doors["supersede_form"] = BareForm()
    standing = finding.status not in (Finding.Status.SUPERSEDED, Finding.Status.WITHDRAWN)
    if standing and (Duty.RELEASE if finding.is_released else Duty.ANALYSE) in duties:
        doors["withdraw_form"] = ReasonForm(prefix="withdraw")
    return doors


def reviewed(finding: Finding, user: User) -> bool:
    """True when `user` has given their verdict on the version at hand, or may not see it."""
    latest = finding.submissions.visible_to(user).order_by("-number").first()
    return latest is None or latest.reviews.visible_to(user).filter(reviewer=user).exists()
