"""Background work of the workspace: find the row, call one service, stop."""

from celery import shared_task

from workspace import services
from workspace.models import ExerciseRun


@shared_task(name="workspace.load_exercise", autoretry_for=(OSError,), retry_backoff=True)
def load_exercise(run_id: str) -> None:
    """Safe to run twice: an exercise that is loaded, or in other hands, is left alone."""
    runs = ExerciseRun.objects.unfinished().select_related("requested_by")
    if run := runs.filter(pk=run_id).first():
        services.load_exercise(run)


@shared_task(name="workspace.load_waiting_exercise")
def load_waiting_exercise() -> None:
    """Every minute: ring again if the bell was lost or the worker died."""
    for run_id in ExerciseRun.objects.unfinished().values_list("pk", flat=True):
        load_exercise.delay(str(run_id))
