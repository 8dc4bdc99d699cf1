"""Comparisons in the browser: the queue, and one page for each pair."""

from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from comparison import services
from comparison.forms import AlarmForm, JudgementForm, LinkFilterForm
from comparison.http import (
    TAKEN_AWAY,
    following,
    give_pictures,
    handling_of,
    link_page,
    tab_asked,
    tabs_of,
    under_tab,
)
from comparison.models import Link
from core.http import answer, attempt
from core.listing import Column, page_of
from investigations.http import as_csv

LIST, ROWS = "comparison/link_list.html", "comparison/_link_list.html"
PAGE = "comparison/link_detail.html"
COLUMNS = [
    Column(_("Pictures"), hidden=True),
    Column(_("Components")),
    Column(_("Recovered in")),
    Column(_("Strength"), "rank"),
    Column(_("What agrees")),
    Column(_("Proposed"), "proposed_at"),
]


@open_to(SIGNED_IN)
@require_GET
def link_list(request: SignedInRequest) -> HttpResponse:
    tab = tab_asked(request)
    form = LinkFilterForm(request.GET, user=request.user)
    rows = under_tab(form.narrow(Link.objects.visible_to(request.user)), tab, request.user)
    page = page_of(request, rows.with_lists(), COLUMNS, sort="-rank")
    give_pictures(page.rows, request.user)
    context = {
        "page": page,
        "form": form,
        "tabs": tabs_of(request, tab),
        "tab": tab,
        "marking": handling_of(page.rows),
    }
    return answer(request, context, page=LIST, part=ROWS)


@open_to(SIGNED_IN)
@require_POST
def link_export(request: SignedInRequest) -> HttpResponseBase:
    """A deed, not a reading: that the rows went out stands in the ledgers, hence no GET."""
    form = LinkFilterForm(request.GET, user=request.user)
    seen = form.narrow(Link.objects.visible_to(request.user)).with_lists()
    rows = under_tab(seen, tab_asked(request), request.user).order_by("-rank", "-id")
    act, cases = "comparison.links_exported", (lambda link: link.chains)
    return as_csv(request, rows, TAKEN_AWAY, act=act, name="comparisons", cases=cases)


@open_to(SIGNED_IN)
@require_GET
def link_detail(request: SignedInRequest, link_id: UUID) -> HttpResponse:
    link = get_object_or_404(Link.objects.visible_to(request.user).with_lists(), pk=link_id)
    return show(request, link)


@open_to(SIGNED_IN)
@require_POST
def link_judge(request: SignedInRequest, link_id: UUID) -> HttpResponse:
    link = get_object_or_404(Link.objects.visible_to(request.user).with_lists(), pk=link_id)
    services.require_examiner(link, request.user)
    form = JudgementForm(request.POST, link=link)
    done, status = attempt(form, lambda: services.judge_link(link, by=request.user, **form.said))
    if done is None:
        return show(request, link, form=form, status=status)
    goes_on = following(request, link) if "next" in request.POST else None
    return redirect("comparison:link_detail", (goes_on or link).pk)


@open_to(SIGNED_IN)
@require_POST
def alarm_resolve(request: SignedInRequest, link_id: UUID) -> HttpResponse:
    link = get_object_or_404(Link.objects.visible_to(request.user).with_lists(), pk=link_id)
    services.require_examiner(link, request.user)
    form = AlarmForm(request.POST, link=link)
    done, status = attempt(
        form, lambda: services.resolve_alarm(link, by=request.user, **form.cleaned_data)
    )
    if done is None:
        return show(request, link, alarm_form=form, status=status)
    return redirect("comparison:link_detail", link.pk)


def show(
    request: SignedInRequest,
    link: Link,
    *,
    form: BaseForm | None = None,
    alarm_form: BaseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a comparison; a form that was refused keeps what was typed."""
    context = link_page(
        request,
        link,
        form=form or JudgementForm(link=link),
        alarm_form=alarm_form or AlarmForm(link=link),
    )
    return render(request, PAGE, context, status=status)
