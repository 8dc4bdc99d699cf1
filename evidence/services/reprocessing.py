"""Has pictures looked at and read again, once there is a newer way of doing it."""

from django.db import transaction

from accounts.models import User
from core import jobs
from evidence.models import File
from evidence.models.file import FileQuerySet
from evidence.services.examination import PIPELINE_VERSION
from evidence.services.reading import readers
from ledger.services import record


def outdated(files: FileQuerySet) -> FileQuerySet:
    """Those of the files that this version would look at or read in another way."""
    stale_look = files.filter(pipeline_version__lt=PIPELINE_VERSION)
    return stale_look | files.pictures().exclude(read_with=readers())


@transaction.atomic
def ask_to_reprocess(file: File, *, by: User | None = None) -> None:
    """Owe a file another look; its pictures and proposals stay until there are new ones.

    The reading is asked for by the look at it, so that thumbnails come first.
    """
    file = File.objects.select_for_update(no_key=True).get(pk=file.pk)
    record(by, "evidence.reprocessing_asked", file, sha256=file.sha256)
    if file.pipeline_version < PIPELINE_VERSION:
        jobs.ask("evidence.examine_file", file.pk)
    elif file.has_picture:
        jobs.ask("evidence.read_file", file.pk)
