"""What a door asks of whoever knocks; one that declares nothing stays shut and stops the start.

Who may see the thing behind a door is asked with `visible_to`, what may be done to it by the
service: a policy only says who may come as far as the question.
"""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Policy(Enum):
    """The kinds of door."""

    PUBLIC = "open to anyone"
    SIGNED_IN = "open to whoever has signed in"
    STAFF = "open to administrators"
    PEER = "open to whoever signs as a peer that both sides have agreed to"


PUBLIC, SIGNED_IN, STAFF = Policy.PUBLIC, Policy.SIGNED_IN, Policy.STAFF
PEER = Policy.PEER
"""No person knocks there: the envelope is judged by its signature, in the exchange room."""


def open_to(policy: Policy) -> Callable[[View], View]:
    """Declare a view's policy, and hold it."""

    def declare(view: View) -> View:
        guarded = GUARDS[policy](view)
        guarded.policy = policy
        return cast("View", guarded)

    return declare


def for_anyone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """No question asked."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return respond


def for_staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever has signed in and administers accounts; colleagues are refused (403)."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not getattr(request.user, "is_staff", False):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("Callable[..., HttpResponse]", login_required(respond))


GUARDS: dict[Policy, Callable[..., Any]] = {
    PUBLIC: for_anyone,
    SIGNED_IN: login_required,
    STAFF: for_staff,
    PEER: for_anyone,
}


def policy_of(view: Any) -> Policy | None:
    """What a view declares; a REST door declares it on its own class, not on an inherited one."""
    declared = getattr(view, "policy", None)
    if (cls := getattr(view, "cls", None)) is not None:
        declared = vars(cls).get("policy")
    return declared if isinstance(declared, Policy) else None
