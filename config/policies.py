"""Refuses to start a program in which some door has not said to whom it is open."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.policy import policy_of

ADMINISTRATION = "admin"
"""Django's own site, which asks every visitor for staff rights in one place (`AdminSite`)."""


def doors(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address with the view that answers there, the administration's own left out."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name or entry.pattern}", entry.callback
        elif entry.namespace != ADMINISTRATION:
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from doors(entry, inner)


def undeclared() -> list[str]:
    """The addresses whose views say nothing."""
    return sorted({name for name, view in doors(get_resolver()) if policy_of(view) is None})


@register
def every_door_has_a_policy(**_options: Any) -> list[CheckMessage]:
    """A system check: `manage.py check`, `migrate` and the tests fail on it."""
    return [
        Error(f"{name} declares no policy: see accounts/policy.py", id="vestige.E001")
        for name in undeclared()
    ]


def refuse_undeclared() -> None:
    """The same for servers, which run no checks."""
    if names := undeclared():
        raise ImproperlyConfigured(f"No policy is declared for: {', '.join(names)}")
