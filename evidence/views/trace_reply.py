"""Replies to trace requests in the browser: entering them with the steps of the way."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from evidence import services
from evidence.forms import ReplyForm
from evidence.views.trace_page import trace_crumbs, visible_trace
from investigations.http import fill_in
from investigations.models import Duty


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def tracereply_create(request: SignedInRequest, trace_id: UUID) -> HttpResponse:
    trace = visible_trace(request, trace_id)
    trace.case.require(request.user, Duty.LOG_EVIDENCE)
    form = ReplyForm(typed(request), case=trace.case, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.record_reply(trace, by=request.user, **form.facts()).trace,
        page="evidence/tracereply_form.html",
        title=_("Reply to %(ref)s") % {"ref": trace.ref},
        subtitle=trace.recipient,
        **trace_crumbs(trace, _("New reply")),
    )
