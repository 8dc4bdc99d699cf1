"""Setting tasks and ticking them off."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from investigations.models import Case, Incident, Label, Task
from ledger.services import record


@transaction.atomic
def set_task(
    case: Case,
    *,
    by: User,
    title: str,
    owner: User | None = None,
    due: date | None = None,
    incident: Incident | None = None,
) -> Task:
    """Write down what is still to be done; the owner must work on the case."""
    case.require_member(by)
    if owner and not case.memberships.current().filter(user=owner).exists():
        raise Refused(_("Choose somebody who works on this case."))
    if incident and incident.case_id != case.pk:
        raise Refused(_("The incident belongs to another case."))
    task = Task(case=case, title=title, owner=owner, due=due, incident=incident)
    task.full_clean()
    task.save(force_insert=True)
    record(by, "investigations.task_set", task, title=title)
    return task


@transaction.atomic
def note_task(case: Case, *, title: str, owner: User, due: date, label: Label | None) -> Task:
    """The program itself sees that something is to be done; the task bears its ground's label."""
    task = Task(case=case, title=title[:200], owner=owner, due=due, label=label)
    task.save(force_insert=True)
    record(None, "investigations.task_set", task, title=task.title)
    return task


@transaction.atomic
def complete_task(task: Task, *, by: User) -> Task:
    """Tick a task off."""
    task = Task.objects.visible_to(by).select_for_update(no_key=True).get(pk=task.pk)
    task.case.require_member(by)
    if task.done_at is None:
        task.done_at = timezone.now()
        task.version += 1
        task.save(update_fields=["done_at", "version", "updated_at"])
        record(by, "investigations.task_completed", task)
    return task


@transaction.atomic
def reopen_task(task: Task, *, by: User) -> Task:
    """Take the tick back."""
    task = Task.objects.visible_to(by).select_for_update(no_key=True).get(pk=task.pk)
    task.case.require_member(by)
    if task.done_at is not None:
        task.done_at = None
        task.version += 1
        task.save(update_fields=["done_at", "version", "updated_at"])
        record(by, "investigations.task_reopened", task)
    return task
