"""Comparisons in the browser: the queue, and one page for each pair."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from comparison import services
from comparison.forms import (
    FIRST,
    LAST,
    AlarmForm,
    JudgementForm,
    Queue,
    WithdrawalForm,
    chips_of,
    groups_of,
    tabs_of,
)
from comparison.http import (
    give_pictures,
    give_verdicts,
    handling_of,
    link_page,
    silent_parts,
    with_notes,
)
from comparison.models import Judgement, Link
from core.http import answer, attempt
from core.listing import Column, page_of

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
    queue = Queue(request.user, request.GET)
    page = page_of(request, queue.rows.with_lists(), COLUMNS, sort=FIRST)
    give_pictures(page.rows, request.user)
    give_verdicts(page.rows, request.user)
    chips, form = chips_of(queue), queue.form
    context = {"page": page, "form": form, "tabs": tabs_of(queue), "tab": queue.tab}
    context |= {"chips": chips, "groups": groups_of(queue, page.rows, chips)}
    context |= {"where": queue.where, "undo": services.undoable(request.user)}
    context |= {"marking": handling_of(page.rows)}
    context |= silent_parts(form.cleaned_data.get("item"), request.user)
    return answer(request, context, page=LIST, part=ROWS)


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
    queue = Queue(request.user, request.GET)
    request.session[LAST] = {"query": queue.query, "at": str(link.pk)}
    goes_on = queue.next_after(link) if "next" in request.POST else link
    return redirect(page_in(queue, goes_on))


@open_to(SIGNED_IN)
@require_POST
def judgement_withdraw(request: SignedInRequest, judgement_id: UUID) -> HttpResponse:
    seen = Judgement.objects.visible_to(request.user)
    judgement = get_object_or_404(seen, pk=judgement_id)
    links = Link.objects.visible_to(request.user).with_lists()
    link, form = get_object_or_404(links, pk=judgement.link_id), WithdrawalForm(request.POST)
    done, status = attempt(form, lambda: services.withdraw_judgement(judgement, by=request.user))
    if done is None:
        return show(request, link, undo_form=form, status=status)
    return redirect(page_in(Queue(request.user, request.GET), link))


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
    return redirect(page_in(Queue(request.user, request.GET), link))


def page_in(queue: Queue, link: Link | None) -> str:
    """The address of a pair within the list it was opened from; of the list, after its last."""
    if link is None:
        return reverse("comparison:link_list") + queue.where
    return reverse("comparison:link_detail", args=[link.pk]) + queue.where


def show(
    request: SignedInRequest, link: Link, *, status: int = 200, **refused: BaseForm
) -> HttpResponse:
    """The page of a comparison; a form that was refused keeps what was typed."""
    forms: dict[str, Any] = {
        "form": JudgementForm(link=link, pressed=request.GET.get("verdict", "")),
        "alarm_form": AlarmForm(link=link),
        **refused,
    }
    page = link_page(request, link)
    page |= with_notes(page, forms["form"].notes)
    queue = Queue(request.user, request.GET)
    way = {
        "where": queue.where,
        "previous": queue.before(link),
        "following": queue.next_after(link),
    }
    return render(request, PAGE, page | forms | way, status=status)
