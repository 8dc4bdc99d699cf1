"""The post-mortem of a concluded case in the browser."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import PostMortemForm
from attribution.http import fill_in, whole_case
from attribution.models import PostMortem
from attribution.views.matrix import MATRIX, steps
from core.forms import typed
from investigations.models import Duty


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def post_mortem_create(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = whole_case(request.user, case_id)
    case.require(request.user, Duty.MANAGE)
    form = PostMortemForm(typed(request), instance=PostMortem(case=case), user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.write_post_mortem(case, by=request.user, **form.facts()).case,
        goes_to=MATRIX,
        title=_("Write the post-mortem"),
        case=case,
        crumbs=steps(case, _("Post-mortem")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def post_mortem_edit(request: SignedInRequest, post_mortem_id: UUID) -> HttpResponse:
    written = visible_post_mortem(request, post_mortem_id)
    form = PostMortemForm(typed(request), instance=written, user=request.user)
    return fill_in(
        request,
        form,
        lambda: (
            services.amend_post_mortem(
                written, by=request.user, version=form.version_read, **form.facts()
            ).case
        ),
        goes_to=MATRIX,
        title=_("Amend the post-mortem"),
        case=written.case,
        crumbs=steps(written.case, _("Post-mortem")),
    )


def visible_post_mortem(request: SignedInRequest, post_mortem_id: UUID) -> PostMortem:
    """What was written, if this person may read it and leads its case."""
    rows = PostMortem.objects.visible_to(request.user).select_related("case")
    written = get_object_or_404(rows, pk=post_mortem_id)
    written.case.require(request.user, Duty.MANAGE)
    return written
