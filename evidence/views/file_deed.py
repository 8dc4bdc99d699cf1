"""Forms about one file: shown beside its picture, filled in, done."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from accounts.http import SignedInRequest
from core.http import OK, attempt
from evidence.http import home_of_picture, step_to_file
from evidence.models import File
from investigations.http import crumbs_to, handling_of

PAGE = "evidence/file_form.html"


def fill_in_on_file(
    request: SignedInRequest,
    file: File,
    form: BaseForm,
    deed: Callable[[], object],
    *,
    title: str | Promise,
    page: str = PAGE,
    **more: Any,
) -> HttpResponse:
    """Show a form beside the picture it is about, or do its deed and go back to the picture."""
    status = OK
    if request.method == "POST":
        done, status = attempt(form, deed)
        if done is not None:
            return redirect(home_of_picture(file))
    context = {
        "file": file,
        "form": form,
        "title": title,
        "cancel_url": home_of_picture(file),
        "marking": handling_of([file], file.item),
        "crumbs": crumbs_to(file.case, *step_to_file(file), (str(title), "")),
        **more,
    }
    return render(request, page, context, status=status)
