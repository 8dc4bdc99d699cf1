"""Tasks in the browser: setting them, giving them to others, ticking them off and on again."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.http import wants_part
from investigations import services
from investigations.forms import TaskEditForm, TaskForm
from investigations.http import crumbs_to, fill_in, home_of, settle
from investigations.models import Case, Task
from investigations.models.task import TaskQuerySet
from investigations.views.place import place_asked

PART, ROW = "investigations/_tasks.html", "investigations/_task_row.html"


@open_to(SIGNED_IN)
@require_POST
def task_set(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    place = place_asked(request, case)
    form = TaskForm(request.POST, case=case)
    return settle(
        request,
        form,
        lambda: services.set_task(
            case, by=request.user, incident=place.incident, **form.cleaned_data
        ),
        shown=place.shown,
        name="task_form",
        page=place.page,
        part=PART,
        there=f"{home_of(place.incident or case)}#tasks",
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def task_edit(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    task = get_object_or_404(tasks_seen(request.user), pk=task_id)
    if request.method == "POST":
        task.case.require_member(request.user)
    form = TaskEditForm(typed(request), instance=task)
    return fill_in(
        request,
        form,
        lambda: services.amend_task(
            task, by=request.user, version=form.version_read, **form.facts()
        ),
        title=_("Task"),
        cancel_url=home_of(task.incident or task.case),
        marking=task.handling,
        crumbs=crumbs_to(task.case, (_("Task"), "")),
    )


@open_to(SIGNED_IN)
@require_POST
def task_complete(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    return tick(request, task_id, services.complete_task)


@open_to(SIGNED_IN)
@require_POST
def task_reopen(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    return tick(request, task_id, services.reopen_task)


def tasks_seen(user: User) -> TaskQuerySet:
    """Tasks with all that their row shows."""
    return Task.objects.visible_to(user).select_related("case", "owner", "incident")


def tick(request: SignedInRequest, task_id: UUID, deed: Callable[..., Task]) -> HttpResponse:
    """Change one task and show its row as it is now; nothing can be refused but access."""
    tasks = tasks_seen(request.user)
    task = get_object_or_404(tasks, pk=task_id)
    deed(task, by=request.user)
    if wants_part(request):
        return render(request, ROW, {"task": tasks.get(pk=task_id), "may_work": True})
    on_incident = request.POST.get("on") == "incident"
    seen_on = task.incident if on_incident and task.incident else task
    return redirect(f"{home_of(seen_on)}#tasks")
