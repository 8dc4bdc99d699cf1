"""What happens at the outlet for people: loading the exercise, and checking a case's ledger."""

import logging
from datetime import timedelta
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import give_random_password
from core import jobs
from core.errors import Refused
from investigations.models import Case
from ledger.services import record
from ledger.verification import Verdict, verify
from workspace.exercise.load import load
from workspace.models import ExerciseRun

log = logging.getLogger(__name__)

EXERCISE_LOCK = 7_261_002
MOST_ATTEMPTS = 3
SILENCE = timedelta(minutes=2)
"""A worker that has not moved the loading for so long is taken for dead."""


def may_load_exercise(user: User) -> bool:
    """The exercise brings people of its own, so it takes an administrator who may open cases."""
    return user.is_active and user.is_superuser and user.may_open_cases


@transaction.atomic
def request_exercise(*, by: User) -> ExerciseRun:
    """Ask for the exercise in an installation without cases; asking again while it loads is one."""
    if not may_load_exercise(by):
        raise PermissionDenied(_("Only an administrator who may open cases loads the exercise."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [EXERCISE_LOCK])
    run = ExerciseRun.objects.select_for_update().first()
    if run and run.is_unfinished:
        return run
    if run is None and Case.objects.exists():
        raise Refused(_("There are cases already: the exercise goes only into an empty place."))
    if run and run.is_ready:
        raise Refused(_("The exercise is loaded already."))
    run = run or ExerciseRun(requested_by=by)
    run.state, run.error, run.attempt = ExerciseRun.State.WAITING, "", 0
    run.save()
    record(by, "workspace.exercise_requested", run)
    jobs.after_commit("workspace.load_exercise", run.pk)
    return run


def load_exercise(run: ExerciseRun) -> ExerciseRun:
    """Load it; safe to run twice, late, or after a worker was killed in the middle of it."""
    attempt = take_up(run)
    if not attempt:
        return run
    try:
        cast = load(by=run.requested_by, on_step=partial(tell, run, attempt))
    except Exception:
        log.exception("the exercise could not be loaded")
        return give_up(run, attempt)
    with transaction.atomic():
        run = ExerciseRun.objects.select_for_update().get(pk=run.pk)
        if run.attempt == attempt and run.is_unfinished:
            run.state, run.finished_at = ExerciseRun.State.READY, timezone.now()
            run.done, run.cast = run.total, [list(member) for member in cast]
            run.save()
            record(None, "workspace.exercise_loaded", run, people=len(cast))
    return run


@transaction.atomic
def note_loaded(cast: list[tuple[str, str]], *, by: User) -> ExerciseRun:
    """Say that the exercise stands, when it was loaded from the command line."""
    run = ExerciseRun.objects.select_for_update().first() or ExerciseRun(requested_by=by)
    if not run.is_ready:
        run.state, run.finished_at = ExerciseRun.State.READY, timezone.now()
        run.cast = [list(member) for member in cast]
        run.save()
        record(by, "workspace.exercise_loaded", run, people=len(cast))
    return run


@transaction.atomic
def take_up(run: ExerciseRun) -> int:
    """Begin an attempt and return its number, or 0 when there is nothing left to do."""
    run = ExerciseRun.objects.select_for_update().get(pk=run.pk)
    now = timezone.now()
    loading = run.state == ExerciseRun.State.LOADING
    if not run.is_unfinished or (loading and run.touched_at and now - run.touched_at < SILENCE):
        return 0
    run.attempt += 1
    run.state, run.touched_at = ExerciseRun.State.LOADING, now
    run.save(update_fields=["attempt", "state", "touched_at"])
    return run.attempt


def tell(run: ExerciseRun, attempt: int, step: str, done: int, total: int) -> None:
    """Say how far it is, for whoever waits for it."""
    ExerciseRun.objects.unfinished().filter(pk=run.pk, attempt=attempt).update(
        step=str(step)[:200], done=done, total=total, touched_at=timezone.now()
    )


@transaction.atomic
def give_up(run: ExerciseRun, attempt: int) -> ExerciseRun:
    """Leave it to another attempt, or say after the last one that it failed."""
    run = ExerciseRun.objects.select_for_update().get(pk=run.pk)
    if run.attempt != attempt or not run.is_unfinished:
        return run
    failed = attempt >= MOST_ATTEMPTS
    run.state = ExerciseRun.State.FAILED if failed else ExerciseRun.State.WAITING
    run.error = _("The worker's log says what went wrong.") if failed else ""
    run.save(update_fields=["state", "error"])
    if failed:
        record(None, "workspace.exercise_failed", run, attempts=attempt)
    return run


@transaction.atomic
def give_cast_passwords(run: ExerciseRun, *, by: User) -> list[tuple[str, str, str]]:
    """Give a password to each of the cast who has none; nobody's own is replaced.

    Returns (user name, roles, password), shown once; empty where one was given before.
    """
    if not run.is_ready:
        raise Refused(_("The exercise is not loaded yet."))
    roles = dict(run.cast)
    people = User.objects.filter(username__in=roles).order_by("date_joined", "id")
    given = [
        (
            person.username,
            roles[person.username],
            "" if person.has_usable_password() else give_random_password(person, by=by),
        )
        for person in people
    ]
    new = sum(1 for _name, _roles, password in given if password)
    record(by, "workspace.cast_given_passwords", run, people=new)
    return given


@transaction.atomic
def check_ledger(case: Case, *, by: User) -> Verdict:
    """Recompute every seal of the case's chain, and leave a line that it was done."""
    case.require_member(by)
    verdict = verify(case.ledger_log)
    flaw = verdict.flaws[0] if verdict.flaws else None
    record(
        by,
        "workspace.ledger_checked",
        case,
        ref=case.ref,
        lines=verdict.entries,
        whole=flaw is None,
        flaw_at=flaw.position if flaw else 0,
    )
    return verdict
