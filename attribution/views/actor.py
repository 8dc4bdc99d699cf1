"""Actors in the browser: who the hypotheses are about."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import (
    ActorForm,
    ActorNameForm,
    ActorParentForm,
    EndForm,
    NewActorForm,
)
from attribution.forms.actor import analysed_by
from attribution.http import fill_in, way
from attribution.models import Actor, ActorName, ActorParent, Finding, Hypothesis
from attribution.services.actor_matrix import fallen_links, of_actor, open_links
from attribution.services.signature import cited_by
from core.forms import typed
from core.http import answer
from core.listing import Column, page_of
from investigations.http import handling_of
from investigations.models import Case, Duty

COLUMNS = [
    Column(gettext_lazy("Name"), "name"),
    Column(gettext_lazy("Kind"), "kind"),
    Column(gettext_lazy("Country"), "country__name"),
    Column(gettext_lazy("Hypotheses"), number=True),
    Column(gettext_lazy("Case"), "case__ref"),
]
ACTORS = gettext_lazy("Actors")
PAGE = "attribution/actor_detail.html"


@open_to(SIGNED_IN)
@require_GET
def actor_list(request: SignedInRequest) -> HttpResponse:
    actors = Actor.objects.visible_to(request.user).with_lists()
    seen = Hypothesis.objects.visible_to(request.user).filter(subject=OuterRef("pk"))
    number = seen.order_by().values("subject").annotate(number=Count("pk")).values("number")
    actors = actors.annotate(hypothesis_count=Coalesce(Subquery(number), 0))
    page = page_of(request, actors, COLUMNS, sort="name")
    context = {
        "page": page,
        "marking": handling_of(page.rows),
        "may_enter": analysed_by(request.user).exists(),
    }
    return answer(
        request, context, page="attribution/actor_list.html", part="attribution/_actor_list.html"
    )


@open_to(SIGNED_IN)
@require_GET
def actor_detail(request: SignedInRequest, actor_id: UUID) -> HttpResponse:
    context = actor_page(request, visible_actor(request, actor_id))
    return render(request, PAGE, context)


def actor_page(request: SignedInRequest, actor: Actor, **refused: Any) -> dict[str, Any]:
    """What the page of an actor shows, each part as far as this person may read it."""
    findings = list(Finding.objects.visible_to(request.user).filter(subject=actor))
    hypotheses = list(Hypothesis.objects.visible_to(request.user).filter(subject=actor))
    ties, asserted = ties_of(actor, request.user), asserted_of(actor, request.user)
    beside = [*asserted["assertions"], *asserted["withdrawn"], *asserted["signature_links"]]
    return {
        "actor": actor,
        "concluded": any(finding.is_released for finding in findings),
        "case": actor.case,
        "marking": handling_of([actor, *beside], *findings, *hypotheses, *all_of(ties)),
        "crumbs": way(actor.case, "attribution:actor_list", ACTORS, (actor.name, "")),
        "hypotheses": hypotheses,
        "findings": findings,
        "may_edit": Duty.ANALYSE in actor.case.duties(request.user),
        "name_form": ActorNameForm(prefix="name"),
        "parent_form": ActorParentForm(actor=actor, user=request.user, prefix="parent"),
        **ties,
        **asserted,
        **refused,
    }


def ties_of(actor: Actor, reader: User) -> dict[str, list[Any]]:
    """Its further names, whom it was part of, and who was part of it."""
    ties = ActorParent.objects.visible_to(reader).with_lists()
    parents = list(ties.filter(actor=actor))
    for tie in parents:
        vars(tie)["end_form"] = EndForm(auto_id=f"{tie.pk}-%s")
    return {
        "names": list(ActorName.objects.visible_to(reader).filter(actor=actor)),
        "parents": parents,
        "parts": list(ties.filter(parent=actor)),
    }


def asserted_of(actor: Actor, reader: User) -> dict[str, Any]:
    """What is asserted of it by dimension, and the technical facts that this cites."""
    rows = of_actor(actor, reader)
    standing = [one for one in rows if not one.is_withdrawn]
    signatures = cited_by(standing, services.signatures_of(actor.case, reader))
    return {
        "assertions": standing,
        "withdrawn": [one for one in rows if one.is_withdrawn],
        "signatures": signatures,
        "signature_links": [link for one in signatures for link in one.links],
        "open_links": open_links(rows, reader),
        "fallen": fallen_links(rows, reader),
    }


def all_of(ties: dict[str, list[Any]]) -> list[Any]:
    """Every row of some lists."""
    return [row for rows in ties.values() for row in rows]


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def actor_create(request: SignedInRequest) -> HttpResponse:
    if not analysed_by(request.user).exists():
        raise PermissionDenied(_("You analyse no case. Ask a lead to admit you as an analyst."))
    form = NewActorForm(
        typed(request), user=request.user, initial={"case": request.GET.get("case", "")}
    )
    return fill_in(
        request,
        form,
        lambda: enter(form, request),
        goes_to="attribution:actor_detail",
        title=_("New actor"),
        case=None,
        crumbs=way(None, "attribution:actor_list", ACTORS, (_("New actor"), "")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def actor_edit(request: SignedInRequest, actor_id: UUID) -> HttpResponse:
    actor = visible_actor(request, actor_id)
    actor.case.require(request.user, Duty.ANALYSE)
    form = ActorForm(typed(request), instance=actor, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_actor(
            actor, by=request.user, version=form.version_read, **form.facts()
        ),
        goes_to="attribution:actor_detail",
        title=_("Edit actor"),
        case=actor.case,
        crumbs=way(actor.case, "attribution:actor_list", ACTORS, (actor.name, "")),
    )


def visible_actor(request: SignedInRequest, actor_id: UUID) -> Actor:
    """The actor, if this person works on its case."""
    return get_object_or_404(Actor.objects.visible_to(request.user).with_lists(), pk=actor_id)


def enter(form: NewActorForm, request: SignedInRequest) -> Actor:
    """Enter what was typed in the case that was chosen."""
    facts: dict[str, Any] = form.facts()
    case: Case = facts.pop("case")
    return services.enter_actor(case, by=request.user, **facts)
