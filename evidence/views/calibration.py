"""Calibrating a photo in the browser: the line is drawn on it, or typed."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from evidence import services
from evidence.forms import CalibrationForm
from evidence.models import Calibration
from evidence.views.file_deed import fill_in_on_file
from evidence.views.file_page import visible_file
from investigations.models import Duty


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def file_calibrate(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    file = visible_file(request, file_id)
    file.require(request.user, Duty.LOG_EVIDENCE)
    form = CalibrationForm(typed(request))
    return fill_in_on_file(
        request,
        file,
        form,
        lambda: services.calibrate(file, by=request.user, **form.facts()),
        title=_("Calibrate the photo"),
        page="evidence/file_calibrate.html",
        calibrations=Calibration.objects.visible_to(request.user).of(file),
    )
