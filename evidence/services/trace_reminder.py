"""Reminders of trace requests: found by the program when they fall due, sent by people."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.moments import require_in_order
from core.scope import system_scope
from core.zones import today
from evidence.models import TraceRequest
from evidence.models.trace_request import REMIND_AFTER, WAITING
from evidence.models.trace_words import TraceState
from evidence.services.trace_request import keep_trace, lock_trace, require_step
from investigations.models import Task
from investigations.services import complete_task
from investigations.services.task import note_task
from ledger.services import record


def find_due_reminders() -> int:
    """Say, once for each, that a reminder has fallen due: a task for whoever follows it up.

    Safe to run twice or late: the row says which reminders were found.
    """
    with system_scope("a reminder falls due whoever may see it"):
        found = list(TraceRequest.objects.unnoticed().order_by("id").values_list("pk", flat=True))
        return sum(note_due_reminder(TraceRequest(pk=pk)) for pk in found)


@transaction.atomic
def note_due_reminder(trace: TraceRequest) -> bool:
    """One request: which reminder is due by now, unless that was said already."""
    trace = TraceRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=trace.pk)
    number = reminders_due(trace, timezone.now())
    if trace.state not in WAITING or number <= trace.reminders_due:
        return False
    trace.reminders_due = number
    keep_trace(trace)
    if trace.needs_reminder:
        set_task_to_remind(trace)
    record(None, "evidence.trace_reminder_due", trace, ref=trace.ref, number=number)
    return True


def reminders_due(trace: TraceRequest, now: datetime) -> int:
    """How many of the reminders have fallen due since it was sent."""
    if trace.sent_at is None:
        return 0
    return sum(now - trace.sent_at >= timedelta(days=days) for days in REMIND_AFTER)


def set_task_to_remind(trace: TraceRequest) -> None:
    """The owner's task, in the owner's language; an open one for the same request is enough."""
    if any(task.owner_id == trace.owner_id for task in tasks_to_remind(trace)):
        return
    with translation.override(trace.owner.language):
        days = REMIND_AFTER[trace.reminders_due - 1]
        title = _("%(ref)s: no answer after %(days)s days, send a reminder") % {
            "ref": trace.ref,
            "days": days,
        }
    note_task(
        trace.case,
        title=title,
        owner=trace.owner,
        due=today(),
        label=trace.label,
    )


def tasks_to_remind(trace: TraceRequest) -> list[Task]:
    """The tasks about this request that are still open."""
    with system_scope("a task is found by its request's number, whoever may see it"):
        asked = Task.objects.outstanding().filter(case=trace.case)
        return list(asked.filter(title__startswith=f"{trace.ref}:"))


@transaction.atomic
def remind_of_trace(trace: TraceRequest, *, by: User, at: datetime | None = None) -> TraceRequest:
    """Write down that a reminder went out; the tasks about it are done."""
    trace = lock_trace(trace, by)
    require_step(trace, *WAITING)
    moment = at or timezone.now()
    require_in_order(
        (_("sent"), trace.sent_at),
        (_("last reminded"), trace.last_reminded_at),
        (_("the reminder"), moment),
        (_("now"), timezone.now()),
    )
    trace.reminders_sent += 1
    trace.last_reminded_at = moment
    if trace.state != TraceState.PARTIAL:
        trace.state = TraceState.REMINDED
    keep_trace(trace)
    finish_tasks(trace, by)
    record(by, "evidence.trace_reminded", trace, ref=trace.ref, number=trace.reminders_sent)
    return trace


def finish_tasks(trace: TraceRequest, by: User) -> None:
    """What was to be done about a request is done."""
    with system_scope("a task is done with its ground, whoever may see it"):
        for task in tasks_to_remind(trace):
            complete_task(task, by=by)
