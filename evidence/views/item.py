"""Exhibits in the browser: the list, one page each, logging and amending."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.http import answer
from core.listing import Column, page_of
from evidence import services
from evidence.forms import ItemFilterForm, ItemForm, NewItemForm
from evidence.http import fill_in, give_covers, step_to_incident, step_to_item
from evidence.models import Item
from evidence.views.item_page import PAGE, item_page
from investigations.http import crumbs_to, handling_of, newest_for
from investigations.models import Duty, Incident

LIST, PART = "evidence/item_list.html", "evidence/_item_list.html"
COLUMNS = [
    Column(_("Picture"), hidden=True),
    Column(_("Exhibit"), "exhibit_no"),
    Column(_("What it is"), "description"),
    Column(_("Incident"), "incident__ref"),
    Column(_("Status"), "status"),
    Column(_("Holder"), "holder__username"),
    Column(_("Seal"), "seal_no"),
    Column(_("Entered"), "id"),
]


@open_to(SIGNED_IN)
@require_GET
def item_list(request: SignedInRequest) -> HttpResponse:
    form = ItemFilterForm(request.GET, user=request.user)
    rows = form.narrow(Item.objects.visible_to(request.user)).with_lists()
    first = None if form.narrows else newest_for(request.user)
    page = page_of(request, rows, COLUMNS, first=first)
    give_covers(page.rows, request.user)
    marking = handling_of(page.rows, *(item.cover for item in page.rows))
    context = {"page": page, "form": form, "marking": marking}
    return answer(request, context, page=LIST, part=PART)


@open_to(SIGNED_IN)
@require_GET
def item_detail(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    rows = Item.objects.visible_to(request.user).with_lists().select_related("parent", "site")
    item = get_object_or_404(rows, pk=item_id)
    return answer(request, item_page(request, item), page=PAGE, part="evidence/_pictures.html")


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def item_create(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    visible = Incident.objects.visible_to(request.user).select_related("case")
    incident = get_object_or_404(visible, pk=incident_id)
    incident.case.require(request.user, Duty.LOG_EVIDENCE, Duty.CONTRIBUTE)
    named = request.GET.get("parent", "").replace("\0", "")
    exhibits = Item.objects.visible_to(request.user).filter(case=incident.case)
    above = exhibits.filter(exhibit_no=named).first()
    item = Item(case=incident.case, incident=incident, parent=above)
    form = NewItemForm(typed(request), instance=item, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.log_item(incident.case, by=request.user, **form.facts()),
        title=_now("Log an exhibit"),
        crumbs=crumbs_to(incident.case, step_to_incident(incident), (_now("New exhibit"), "")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def item_edit(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user).with_lists(), pk=item_id)
    item.require(request.user, Duty.LOG_EVIDENCE)
    form = ItemForm(typed(request), instance=item, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_item(
            item, by=request.user, version=form.version_read, **form.facts()
        ),
        title=_now("Edit %(exhibit)s") % {"exhibit": item.exhibit_no},
        crumbs=crumbs_to(item.case, step_to_item(item), (_now("Edit"), "")),
    )
