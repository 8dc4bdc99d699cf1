"""Hits with other agencies in the browser: the list, and the page from which one asks for more."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from comparison import services
from comparison.forms import AskForm
from comparison.models import Disclosure, Hit
from comparison.models.hit import HitQuerySet
from comparison.views.hit_page import PAGE, hit_page, item_asked
from core.http import answer, attempt
from core.listing import Column, page_of
from investigations.http import handling_of

LIST, ROWS = "comparison/hit_list.html", "comparison/_hit_list.html"
MOST = 100
COLUMNS = [
    Column(_("Component")),
    Column(_("With")),
    Column(_("Strength"), "rank"),
    Column(_("Told"), "told_on"),
]


@open_to(SIGNED_IN)
@require_GET
def hit_list(request: SignedInRequest) -> HttpResponse:
    item, rows = item_asked(request), hits_asked(request)
    asked = Disclosure.objects.visible_to(request.user).with_lists()
    if item is not None:
        asked = asked.filter(component__item=item)
    page = page_of(request, rows.with_lists(), COLUMNS, sort="-rank")
    disclosures = list(asked[:MOST])
    context = {
        "page": page,
        "item": item,
        "disclosures": disclosures,
        "has_news": any(one.decided_at and not one.seen_at for one in disclosures),
        "marking": handling_of([*page.rows, *disclosures]),
    }
    return answer(request, context, page=LIST, part=ROWS)


def hits_asked(request: SignedInRequest) -> HitQuerySet:
    """The hits that this person may see, those of one exhibit if the address names it."""
    rows: HitQuerySet = Hit.objects.visible_to(request.user)
    item = item_asked(request)
    return rows if item is None else rows.touching(item)


@open_to(SIGNED_IN)
@require_GET
def hit_detail(request: SignedInRequest, hit_id: UUID) -> HttpResponse:
    hit = get_object_or_404(Hit.objects.visible_to(request.user).with_lists(), pk=hit_id)
    return render(request, PAGE, hit_page(hit, request.user, AskForm()))


@open_to(SIGNED_IN)
@require_POST
def disclosure_ask(request: SignedInRequest, hit_id: UUID) -> HttpResponse:
    hit = get_object_or_404(Hit.objects.visible_to(request.user).with_lists(), pk=hit_id)
    services.require_asker(hit, request.user)
    form = AskForm(request.POST)
    done, status = attempt(
        form, lambda: services.ask_for_disclosure(hit, by=request.user, **form.cleaned_data)
    )
    if done is None:
        return render(request, PAGE, hit_page(hit, request.user, form), status=status)
    return redirect("comparison:disclosure_detail", done.pk)
