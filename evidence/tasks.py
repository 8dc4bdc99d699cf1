"""Background work on evidence: find the row, call one service, stop."""

from uuid import UUID

from celery import shared_task

from core import jobs
from core.scope import system_scope
from evidence import services
from evidence.models import File, Redaction


def give_up_examination(file_id: UUID, _reason: str) -> None:
    """The file's page says so, until somebody has it tried again."""
    with system_scope("say that a file could not be examined"):
        services.give_up_examination(File.objects.get(pk=file_id))


@jobs.task("evidence.examine_file", gives_up=give_up_examination)
def examine_file(file_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: what was examined is left alone."""
    with system_scope("examine a received file"):
        behind = File.objects.behind(services.PIPELINE_VERSION)
        if file := behind.filter(pk=file_id).first():
            services.examine_file(file, lease=lease)


def give_up_reading(file_id: UUID, _reason: str) -> None:
    """The file's page says so, until somebody has it tried again."""
    with system_scope("say that a picture could not be read"):
        services.give_up_reading(File.objects.get(pk=file_id))


@jobs.task("evidence.read_file", gives_up=give_up_reading)
def read_file(file_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: what was read before and stands there still is left alone."""
    with system_scope("read a received picture"):
        if file := File.objects.pictures().filter(pk=file_id).first():
            services.read_file(file, lease=lease)


def give_up_redaction(redaction_id: UUID, _reason: str) -> None:
    """The file's page says that no copy was drawn."""
    with system_scope("say that a copy could not be drawn"):
        services.fail_redaction(Redaction.objects.get(pk=redaction_id))


@jobs.task("evidence.draw_redaction", gives_up=give_up_redaction)
def draw_redaction(redaction_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: what was drawn is left alone."""
    with system_scope("draw a redacted copy"):
        waiting = Redaction.objects.waiting().select_related("case", "file", "made_by")
        if redaction := waiting.filter(pk=redaction_id).first():
            services.draw_redaction(redaction, lease=lease)


@shared_task(name="evidence.remind_of_loans")
def remind_of_loans() -> None:
    """Every hour: tell whoever lent something that it is due, or overdue; each once."""
    services.remind_of_loans()


@shared_task(name="evidence.end_expired_uploads")
def end_expired_uploads() -> None:
    """Every hour: let go of uploads that nobody goes on with."""
    services.end_expired_uploads()


@shared_task(name="evidence.find_due_reminders")
def find_due_reminders() -> None:
    """Every hour: say, once for each, which trace requests want a reminder."""
    services.find_due_reminders()


@shared_task(name="evidence.check_stored_files")
def check_stored_files() -> None:
    """Every hour: read originals again that were not read since last night."""
    services.check_stored_files()
