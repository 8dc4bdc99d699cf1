"""On whose page a task or a note was asked for: the case's, or that of one of its incidents."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.shortcuts import get_object_or_404

from accounts.http import SignedInRequest
from core.http import key_or_404
from investigations.models import Case, Incident
from investigations.views import case_page, incident_page


@dataclass(frozen=True)
class Place:
    """A page that shows tasks and notes, and what it shows."""

    incident: Incident | None
    page: str
    shown: Callable[..., dict[str, Any]]


def place_asked(request: SignedInRequest, case: Case) -> Place:
    """The page that ?incident= names, or the case's own; another case's incident is not found."""
    asked = request.GET.get("incident")
    if not asked:
        return Place(None, case_page.PAGE, partial(case_page.case_page, request, case))
    incidents = Incident.objects.visible_to(request.user).with_lists().filter(case=case)
    incident = get_object_or_404(incidents, pk=key_or_404(asked))
    shown = partial(incident_page.incident_page, request, incident)
    return Place(incident, incident_page.PAGE, shown)
