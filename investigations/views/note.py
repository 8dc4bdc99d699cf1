"""Notes in the browser: writing one down on a case or on one of its incidents, and one each."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from investigations import services
from investigations.forms import NoteForm
from investigations.http import crumbs_to, home_of, marking_of, settle
from investigations.models import Case, Note
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


@open_to(SIGNED_IN)
@require_GET
def note_detail(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    notes = Note.objects.visible_to(request.user).select_related("case", "author", "incident")
    note = get_object_or_404(notes, pk=note_id)
    context = {
        "note": note,
        "case": note.case,
        "marking": marking_of([note]),
        "crumbs": crumbs_to(note.case, (_("Note"), "")),
    }
    return render(request, "investigations/note_detail.html", context)
