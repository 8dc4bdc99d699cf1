"""How every page answers a browser."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import Barred, Refused, Stale

Deed = TypeVar("Deed")
OK, CONFLICT, UNPROCESSABLE = 200, 409, 422


def wants_part(request: HttpRequest) -> bool:
    """True when HTMX asks for a part of the page, not for the whole of it."""
    return bool(request.headers.get("HX-Request"))


def key_or_404(said: str | None) -> UUID:
    """The id in an address; what is none names nothing."""
    try:
        return UUID(said or "")
    except ValueError as problem:
        raise Http404 from problem


def answer(
    request: HttpRequest, context: dict[str, Any], *, page: str, part: str, status: int = 200
) -> HttpResponse:
    """Send the changed part to HTMX, and the whole page to a browser without scripts."""
    template = part if wants_part(request) else page
    return render(request, template, context, status=status)


def attempt(form: forms.BaseForm, deed: Callable[[], Deed]) -> tuple[Deed | None, int]:
    """Do the deed if the form is sound; a refusal becomes a sentence in the form.

    Returns what the deed returned (or None) and the status to answer with: 200, 422 for a wrong
    form or a broken rule, 409 when somebody else was faster.
    """
    if not form.is_valid():
        return None, UNPROCESSABLE
    try:
        return deed(), OK
    except Stale as refusal:
        form.add_error(None, str(refusal))
        return None, CONFLICT
    except Barred as refusal:
        form.add_error(None, linked(refusal))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as problem:
        blame(form, problem)
    return None, UNPROCESSABLE


def blame(form: forms.BaseForm, problem: ValidationError) -> None:
    """Put each complaint at its field, and those about no field of the form on top."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for name, complaints in problem.error_dict.items():
        form.add_error(name if name in form.fields else None, complaints)


def linked(refusal: Barred) -> ValidationError:
    """The refusal as errors of a form: its sentence, then each ground with where it is mended."""
    grounds = [
        ValidationError("%(words)s", params={"words": reason.words, "url": reason.url})
        for reason in refusal.reasons
    ]
    return ValidationError(
        [ValidationError("%(words)s", params={"words": refusal.sentence}), *grounds]
    )
