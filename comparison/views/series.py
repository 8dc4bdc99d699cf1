"""A whole series of comparisons in the browser: resume it, and judge what is left of it at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from comparison import services
from comparison.forms import LAST, Queue, SeriesForm
from comparison.http import handling_of
from comparison.models import Link
from comparison.services import MOST_AT_ONCE, digest_of_series
from comparison.views.link import page_in
from core.errors import Stale
from core.http import attempt
from core.listing import sorted_by

PAGE = "comparison/series.html"


@open_to(SIGNED_IN)
@require_GET
def queue_resume(request: SignedInRequest) -> HttpResponse:
    """On from the pair that was judged last, in the list it was opened from."""
    last = request.session.get(LAST, {})
    queue = Queue(request.user, QueryDict(last.get("query", "")))
    seen = Link.objects.visible_to(request.user)
    mine = seen.filter(judgements__examiner=request.user).order_by("-judgements__id")
    left_at = seen.filter(pk=last["at"]).first() if last else mine.first()
    goes_on = queue.next_after(left_at) if left_at else sorted_by(queue.rows, queue.order).first()
    return redirect(page_in(queue, goes_on))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def series_judge(request: SignedInRequest) -> HttpResponse:
    """One conclusion for all that a filter leaves to judge, as far as each allows it."""
    queue = Queue(request.user, request.GET)
    links = to_judge(queue)
    versions = {link.pk: link.version for link in links}
    if request.method == "GET":
        form = SeriesForm(initial={"seen": digest_of_series(versions)})
        return show(request, queue, links, form)
    form = SeriesForm(request.POST)
    done, status = attempt(form, lambda: judge(form.cleaned_data, versions, request))
    if done is None:
        return show(request, queue, links, form, status=status)
    tell(request, done)
    return show(request, queue, [link for link, _why in done.left], None, series=done)


def judge(
    said: dict[str, Any], versions: dict[UUID, int], request: SignedInRequest
) -> services.Series:
    """Judge exactly what was looked at."""
    seen = said.pop("seen")
    if seen != digest_of_series(versions):
        raise Stale(_("The list has changed since you looked: look through it again."))
    return services.judge_links(versions, by=request.user, **said)


def to_judge(queue: Queue) -> list[Link]:
    """What is left to judge for this person under the filter, as far as one call reaches."""
    rows = queue.rows.open_to_judgement_by(queue.user)
    links = list(sorted_by(rows.with_lists(), queue.order)[:MOST_AT_ONCE])
    if not links and not services.examines_anywhere(queue.user):
        raise PermissionDenied(_("Only examiners judge comparisons."))
    return links


def tell(request: SignedInRequest, done: services.Series) -> None:
    """How many were judged, on the page that lists what was left."""
    count = len(done.judged)
    words = ngettext("%(n)s comparison judged.", "%(n)s comparisons judged.", count)
    messages.success(request, words % {"n": count})


def show(
    request: SignedInRequest,
    queue: Queue,
    links: list[Link],
    form: SeriesForm | None,
    *,
    series: services.Series | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a series: what it holds before, and what was left after."""
    list_url = reverse("comparison:link_list") + queue.where
    held_back = [link for link in links if link.is_blocked or link.unexplained]
    context = {
        "crumbs": [
            {"label": _("Comparisons"), "url": list_url},
            {"label": _("Judge a series"), "url": ""},
        ],
        "links": links,
        "held_back": held_back,
        "able": len(links) - len(held_back),
        "form": form,
        "series": series,
        "where": queue.where,
        "most": MOST_AT_ONCE,
        "marking": handling_of(links),
    }
    return render(request, PAGE, context, status=status)
