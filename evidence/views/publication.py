"""Where a file was published, in the browser, and covering what is hard to look at."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from evidence import services
from evidence.forms import PublicationForm
from evidence.views.digital import file_to_work_on
from evidence.views.file_deed import fill_in_on_file
from evidence.views.file_page import visible_file

PAGE = "evidence/file_publication.html"


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("uploader")
@sensitive_variables("form")
def file_publication(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    file = file_to_work_on(request, file_id)
    form = PublicationForm(typed(request), file=file)
    return fill_in_on_file(
        request,
        file,
        form,
        lambda: services.describe_publication(file, by=request.user, **form.cleaned_data),
        title=_("Where it was published"),
        page=PAGE,
    )


@open_to(SIGNED_IN)
@require_POST
def file_cover(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    services.mark_graphic(visible_file(request, file_id), by=request.user)
    return redirect("evidence:file_detail", file_id)


@open_to(SIGNED_IN)
@require_POST
def file_uncover(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    services.unmark_graphic(visible_file(request, file_id), by=request.user)
    return redirect("evidence:file_detail", file_id)
