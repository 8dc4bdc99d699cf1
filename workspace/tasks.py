"""Background work of the workspace: find the row, call one service, stop."""

from uuid import UUID

from core import jobs
from core.scope import system_scope
from workspace import services
from workspace.models import ExerciseRun


def give_up(run_id: UUID, reason: str) -> None:
    """Whoever waits for it is told."""
    services.give_up(ExerciseRun.objects.get(pk=run_id), reason)


@jobs.task("workspace.load_exercise", gives_up=give_up)
def load_exercise(run_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: what is there already is not entered again."""
    with system_scope("load the exercise"):
        runs = ExerciseRun.objects.unloaded().select_related("requested_by")
        if run := runs.filter(pk=run_id).first():
            services.load_exercise(run, lease=lease)
