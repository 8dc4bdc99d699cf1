"""Components in the browser: describing a part of an exhibit, and amending what was said."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from evidence import services
from evidence.forms import ComponentForm
from evidence.http import fill_in, step_to_item
from evidence.models import Component, Item
from investigations.http import crumbs_to
from investigations.models import Duty


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def component_create(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user).with_lists(), pk=item_id)
    item.require(request.user, Duty.LOG_EVIDENCE)
    component = Component(case=item.case, item=item)
    form = ComponentForm(typed(request), instance=component, initial={"category": item.kind_id})
    return fill_in(
        request,
        form,
        lambda: services.describe_component(item, by=request.user, **form.facts()),
        title=_("Describe a component of %(exhibit)s") % {"exhibit": item.exhibit_no},
        crumbs=crumbs_to(item.case, step_to_item(item), (_("New component"), "")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def component_edit(request: SignedInRequest, component_id: UUID) -> HttpResponse:
    rows = Component.objects.visible_to(request.user).with_lists()
    component = get_object_or_404(rows, pk=component_id)
    component.require(request.user, Duty.LOG_EVIDENCE)
    form = ComponentForm(typed(request), instance=component)
    return fill_in(
        request,
        form,
        lambda: services.amend_component(
            component, by=request.user, version=form.version_read, **form.facts()
        ),
        title=_("Edit a component of %(exhibit)s") % {"exhibit": component.item.exhibit_no},
        crumbs=crumbs_to(component.case, step_to_item(component.item), (_("Component"), "")),
    )
