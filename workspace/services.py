"""What happens at the outlet for people: loading the exercise, and checking a case's ledger."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.services import give_random_password
from core import jobs
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Case
from ledger.services import record
from ledger.verification import Verdict, verify
from workspace.exercise.load import load
from workspace.models import ExerciseRun

EXERCISE_LOCK = 7_261_002
LOAD = "workspace.load_exercise"
NO_LONGER_ALLOWED = gettext_noop("Whoever asked for it may no longer load the exercise.")


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
    run = ExerciseRun.objects.select_for_update(no_key=True).first()
    if run and run.is_unfinished:
        return run
    if run is None and any_case():
        raise Refused(_("There are cases already: the exercise goes only into an empty place."))
    if run and run.is_ready:
        raise Refused(_("The exercise is loaded already."))
    run = run or ExerciseRun(requested_by=by)
    run.state, run.error = ExerciseRun.State.WAITING, ""
    run.save()
    record(by, "workspace.exercise_requested", run)
    jobs.ask(LOAD, run.pk)
    return run


def any_case() -> bool:
    """Whether anybody has opened a case, seen by the person who asks or not."""
    with system_scope("know whether the place is empty"):
        return Case.objects.exists()


def waits_for_worker(run: ExerciseRun) -> bool:
    """True while nobody loads it: not yet, or because whoever did has died."""
    return run.is_unfinished and jobs.is_idle(LOAD, run.pk)


def load_exercise(run: ExerciseRun, *, lease: jobs.Lease = jobs.BY_HAND) -> ExerciseRun:
    """Load it; safe to run twice, late, or after a worker was killed in the middle of it."""
    if not may_load_exercise(run.requested_by):
        raise jobs.GivenUp(NO_LONGER_ALLOWED)
    cast = load(by=run.requested_by, on_step=partial(tell, run, lease))
    with transaction.atomic():
        run = ExerciseRun.objects.select_for_update(no_key=True).get(pk=run.pk)
        if not run.is_ready:
            run.state, run.finished_at = ExerciseRun.State.READY, timezone.now()
            run.done, run.cast = run.total, [list(member) for member in cast]
            run.error = ""
            run.save()
            record(None, "workspace.exercise_loaded", run, people=len(cast))
        lease.complete()
    return run


@transaction.atomic
def note_loaded(cast: list[tuple[str, str]], *, by: User) -> ExerciseRun:
    """Say that the exercise stands, when it was loaded from the command line."""
    run = ExerciseRun.objects.select_for_update(no_key=True).first() or ExerciseRun(requested_by=by)
    if not run.is_ready:
        run.state, run.finished_at = ExerciseRun.State.READY, timezone.now()
        run.cast = [list(member) for member in cast]
        run.save()
        record(by, "workspace.exercise_loaded", run, people=len(cast))
    return run


def tell(run: ExerciseRun, lease: jobs.Lease, step: str, done: int, total: int) -> None:
    """Say how far it is, for whoever waits for it, unless another attempt has overtaken this."""
    lease.renew()
    ExerciseRun.objects.unloaded().filter(pk=run.pk).update(
        state=ExerciseRun.State.LOADING, step=str(step)[:200], done=done, total=total
    )


@transaction.atomic
def give_up(run: ExerciseRun, reason: str) -> ExerciseRun:
    """Say after the last attempt that it failed."""
    run = ExerciseRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if run.is_unfinished:
        run.state = ExerciseRun.State.FAILED
        run.error = reason or gettext_noop("The worker's log says what went wrong.")
        run.save(update_fields=["state", "error"])
        record(None, "workspace.exercise_failed", run, reason=reason)
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
    if not Case.objects.audited_by(by).filter(pk=case.pk).exists():
        raise PermissionDenied(_("Only the team of this case and its auditors may do this."))
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
