"""Background work on evidence: find the row, call one service, stop."""

from celery import shared_task

from evidence import services
from evidence.models import File


@shared_task(name="evidence.examine_file", autoretry_for=(OSError,), retry_backoff=True)
def examine_file(file_id: str) -> None:
    """Safe to run twice: a file that was examined is left alone."""
    if file := File.objects.waiting().filter(pk=file_id).first():
        services.examine_file(file)


@shared_task(name="evidence.examine_waiting_files")
def examine_waiting_files() -> None:
    """Every minute: ring again for files whose bell was lost."""
    for file_id in File.objects.waiting().values_list("pk", flat=True)[:1000]:
        examine_file.delay(str(file_id))
