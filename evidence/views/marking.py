"""Markings in the browser: writing down what stands on a part, and reading it again."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from evidence import services
from evidence.forms import MarkingForm
from evidence.http import fill_in, step_to_item
from evidence.models import Component, File, Marking
from evidence.models.region import SIDES
from investigations.http import crumbs_to
from investigations.models import Duty


def picture_for(
    request: SignedInRequest, component: Component, pinned: UUID | None = None
) -> File | None:
    """The photo beside the form: the one it is pinned to, the one asked for, or the only one."""
    pictures = component.item.files.visible_to(request.user).pictures()
    seen = {str(file.pk): file for file in pictures.order_by("id")}
    asked = str(pinned or request.GET.get("photo", ""))
    return seen.get(asked) or (next(iter(seen.values())) if len(seen) == 1 else None)


def drawn_in(request: SignedInRequest) -> dict[str, str]:
    """The box that was drawn on the exhibit's page, if it was."""
    sides = {side: told for side in SIDES if (told := request.GET.get(side, "")).isdecimal()}
    outline = request.GET.get("outline", "").replace("\0", "")[:1000]
    return sides | ({"outline": outline} if outline else {})


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def marking_create(request: SignedInRequest, component_id: UUID) -> HttpResponse:
    rows = Component.objects.visible_to(request.user).with_lists()
    component = get_object_or_404(rows, pk=component_id)
    component.require(request.user, Duty.LOG_EVIDENCE)
    marking = Marking(case=component.case, component=component, label=component.label)
    shown = picture_for(request, component)
    drawn = drawn_in(request) | {"photo": shown}
    form = MarkingForm(typed(request), instance=marking, user=request.user, initial=drawn)
    return fill_in(
        request,
        form,
        lambda: services.record_marking(component, by=request.user, **form.facts()),
        title=_("Record a marking on %(part)s") % {"part": component},
        crumbs=crumbs_to(component.case, step_to_item(component.item), (_("New marking"), "")),
        file=shown,
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def marking_edit(request: SignedInRequest, marking_id: UUID) -> HttpResponse:
    rows = Marking.objects.visible_to(request.user).select_related("case", "component__item")
    marking = get_object_or_404(rows, pk=marking_id)
    marking.require(request.user, Duty.LOG_EVIDENCE)
    form = MarkingForm(typed(request), instance=marking, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_marking(
            marking, by=request.user, version=form.version_read, **form.facts()
        ),
        title=_("Read a marking of %(exhibit)s again")
        % {"exhibit": marking.component.item.exhibit_no},
        crumbs=crumbs_to(marking.case, step_to_item(marking.component.item), (_("Marking"), "")),
        file=picture_for(request, marking.component, marking.photo_id),
    )
