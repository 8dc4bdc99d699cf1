"""Notes in the browser: writing one down on a case or on one of its incidents."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from investigations import services
from investigations.forms import NoteForm
from investigations.http import home_of, settle
from investigations.models import Case
from investigations.views.place import place_asked

PART = "investigations/_notes.html"


@open_to(SIGNED_IN)
@require_POST
def note_write(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    place = place_asked(request, case)
    form = NoteForm(request.POST)
    return settle(
        request,
        form,
        lambda: services.write_note(
            case, by=request.user, incident=place.incident, **form.cleaned_data
        ),
        shown=place.shown,
        name="note_form",
        page=place.page,
        part=PART,
        there=f"{home_of(place.incident or case)}#notes",
    )
