"""Setting tasks, giving them to others, ticking them off, and reminding of those that are late."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Case, Duty, Incident, Label, Notice, Task
from investigations.services.notice import about, leave_with, settle_notices, tell_once
from ledger.services import record


class TaskFacts(TypedDict, total=False):
    """What may be said of a task: what is to be done, by whom and by when."""

    title: str
    owner: User | None
    due: date | None


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
    """Write down what is still to be done; the owner must work on the case, and is told."""
    case.require_member(by)
    if incident and incident.case_id != case.pk:
        raise Refused(_("The incident belongs to another case."))
    task = Task(case=case, title=title, owner=owner, due=due, incident=incident)
    require_owner_on(task)
    task.full_clean()
    task.save(force_insert=True)
    give(task, by)
    record(by, "investigations.task_set", task, title=title)
    return task


@transaction.atomic
def amend_task(task: Task, *, by: User, version: int, **facts: Unpack[TaskFacts]) -> Task:
    """Say otherwise what is to be done, by whom or by when; a new owner is told."""
    task = Task.objects.locked_for(by, task)
    task.case.require_member(by)
    require_fresh(task, version)
    if changes := apply_changes(task, facts):
        if "owner" in changes:
            require_owner_on(task)
        task.full_clean()
        task.save()
        if "owner" in changes:
            give(task, by)
        record(by, "investigations.task_amended", task, changes=changes)
    return task


def require_owner_on(task: Task) -> None:
    """Whoever is to do it must be of the team."""
    owner = task.owner
    if owner and not task.case.memberships.current().filter(user=owner).exists():
        raise Refused(_("Choose somebody who works on this case."))


def give(task: Task, by: User) -> None:
    """Tell the owner, who must be able to read what the task is about."""
    owner = task.owner
    if owner is None:
        return
    if not Task.objects.visible_to(owner).filter(pk=task.pk).exists():
        raise Refused(_("Choose somebody who may read what this task is about."))
    if owner.pk != by.pk:
        tell_owner(task, owner)


def tell_owner(task: Task, owner: User) -> None:
    """Leave the new owner a notice; the task's own words stay on its page."""
    tell_once(
        [owner.pk],
        Notice.Kind.TASK_GIVEN,
        case=task.case_id,
        label=task.label_id,
        subject=task,
        ref="",
    )


@transaction.atomic
def note_task(case: Case, *, title: str, owner: User, due: date, label: Label | None) -> Task:
    """The program itself sees that something is to be done; the task bears its ground's label."""
    task = Task(case=case, title=title[:200], owner=owner, due=due, label=label)
    task.save(force_insert=True)
    tell_owner(task, owner)
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
        settle_notices(task)
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


def remind_of_tasks() -> int:
    """Tell whoever answers for each late task, once for each day it was due; how many were told."""
    with system_scope("whoever owes a task is reminded of it"):
        late = list(Task.objects.overdue().filter(case__in=Case.objects.still_open()))
    return sum(remind(task) for task in late)


@transaction.atomic
def remind(task: Task) -> int:
    """One notice a person and due day, however often this is called, and at once by two."""
    with system_scope("whoever owes a task is reminded of it"):
        rows = Task.objects.select_for_update(of=("self",), no_key=True)
        task = rows.select_related("case", "owner").get(pk=task.pk)
        if not task.is_overdue or task.due is None:
            return 0
        kind = Notice.Kind.TASK_OVERDUE
        named: dict[str, Any] = {"kind": kind, **about(task)}
        told = Notice.objects.filter(created_at__date__gt=task.due, **named)
        notice: dict[str, Any] = {"case": task.case, "label_id": task.label_id, **named}
        return leave_with(answering_for(task), told, **notice)


def answering_for(task: Task) -> list[User]:
    """The owner while they may see the task, or else the lead."""
    if task.owner and Task.objects.visible_to(task.owner).filter(pk=task.pk).exists():
        return [task.owner]
    return list(task.case.people_with(Duty.MANAGE).distinct())
