"""Asking for reports, making them once, and handing them out; no other module writes these rows."""

import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection, transaction
from django.utils import timezone, translation

from accounts.models import User
from core import jobs
from investigations.models import Case, Duty
from ledger.services import record
from reports import vault
from reports.content import Drawn, gather
from reports.models import Report
from reports.typesetting.printing import content_digest, typeset

log = logging.getLogger(__name__)

FONTS = Path(settings.BASE_DIR, "static", "vendor", "fonts", "pdf")
MOST_ATTEMPTS = 3
SILENCE = timedelta(minutes=2)
"""A worker that has not moved a report for so long is taken for dead."""


@dataclass(frozen=True)
class Made:
    """A finished file, and what it was drawn from."""

    drawn: Drawn
    file: vault.Kept
    content_sha256: str


@transaction.atomic
def request_report(case: Case, *, by: User, language: str) -> Report:
    """Ask for a report of the case as it is now; asking twice before it is made asks once."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    case.require(by, Duty.REPORT)
    waiting = Report.objects.filter(
        case=case, requested_by=by, language=language, state=Report.State.WAITING
    ).first()
    if waiting:
        return waiting
    report = Report.objects.create(case=case, requested_by=by, language=language)
    record(by, "reports.report_requested", report, template=report.template, language=language)
    jobs.after_commit("reports.typeset_report", report.pk)
    return report


@transaction.atomic
def note_download(report: Report, *, by: User) -> None:
    """Leave a line that the file went out."""
    report.case.require_member(by)
    record(by, "reports.report_downloaded", report, sha256=report.sha256)


def typeset_report(report: Report) -> Report:
    """Make the file; safe to run twice, late, or after a worker was killed in the middle of it.

    The file is stored first; the row is written once, by the latest worker that took it up.
    """
    attempt = take_up(report)
    if not attempt:
        return report
    try:
        made = make(report, lambda step, done, total: tell(report, attempt, step, done, total))
    except Exception:
        log.exception("report %s could not be made", report.pk)
        return put_back(report, attempt)
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=report.pk)
        if report.attempt != attempt or not report.is_unfinished:
            return report
        write_down(report, made)
        record(
            None,
            "reports.report_made",
            report,
            sha256=report.sha256,
            size=report.size,
            content_sha256=report.content_sha256,
            ledger_position=made.drawn.position,
            ledger_seal=made.drawn.seal,
            holds_finding=report.holds_finding,
            marking=report.marking,
        )
    return report


@transaction.atomic
def take_up(report: Report) -> int:
    """Begin an attempt and return its number, or 0 when there is nothing left to do."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    now = timezone.now()
    alive = report.touched_at is not None and now - report.touched_at < SILENCE
    if not report.is_unfinished or (report.state == Report.State.TYPESETTING and alive):
        return 0
    if report.attempt >= MOST_ATTEMPTS:
        give_up(report)
        return 0
    report.attempt += 1
    report.state, report.step, report.touched_at = (
        Report.State.TYPESETTING,
        Report.Step.READING,
        now,
    )
    report.done, report.total = 0, 1
    report.save(update_fields=["attempt", "state", "step", "touched_at", "done", "total"])
    return report.attempt


def tell(report: Report, attempt: int, step: str, done: int, total: int) -> None:
    """Say how far it is, for whoever waits for it."""
    Report.objects.unfinished().filter(pk=report.pk, attempt=attempt).update(
        step=step, done=done, total=total, touched_at=timezone.now()
    )


def make(report: Report, tell: Callable[[str, int, int], None]) -> Made:
    """Read the case, fetch the photographs, set the pages, store the file."""
    at = timezone.now()
    with translation.override(report.language):
        drawn = read_at_one_moment(report, at)
    total = len(drawn.pictures) + 3
    with tempfile.TemporaryDirectory(prefix="vestige-report-") as folder:
        pictures = Path(folder, "pictures")
        pictures.mkdir()
        for done, (name, preview) in enumerate(drawn.pictures.items(), start=1):
            if done % 10 == 1:
                tell(Report.Step.PICTURES, done, total)
            fetch(preview, pictures / name)
        tell(Report.Step.SETTING, total - 2, total)
        pdf = Path(folder, "report.pdf")
        typeset(drawn.content, pictures, [FONTS], pdf)
        tell(Report.Step.STORING, total - 1, total)
        return Made(drawn, vault.keep(pdf), content_digest(drawn.content))


def read_at_one_moment(report: Report, at: datetime) -> Drawn:
    """Gather from one snapshot of the database, so that the ledger line named fits every page."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        if not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return gather(report, at)


def fetch(preview: str, place: Path) -> None:
    """Bring one preview to where the pages are set."""
    with storages["derived"].open(preview, "rb") as held:
        place.write_bytes(held.read())


def write_down(report: Report, made: Made) -> None:
    """Enter the finished file in its row; from here on it is never changed."""
    drawn = made.drawn
    report.state, report.step = Report.State.READY, Report.Step.DONE
    report.done = report.total = len(drawn.pictures) + 3
    report.sha256, report.size = made.file.sha256, made.file.size
    report.content_sha256 = made.content_sha256
    report.ledger_position, report.ledger_seal = drawn.position, drawn.seal
    report.marking, report.holds_finding = drawn.marking, drawn.holds_finding
    report.finished_at = timezone.now()
    report.other_cases.set(Case.objects.filter(pk__in=drawn.other_cases))
    report.save()


@transaction.atomic
def put_back(report: Report, attempt: int) -> Report:
    """Leave it for another attempt after this one went wrong, unless it was the last."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.attempt != attempt or not report.is_unfinished:
        return report
    if attempt >= MOST_ATTEMPTS:
        return give_up(report)
    report.state, report.step = Report.State.WAITING, Report.Step.QUEUED
    report.save(update_fields=["state", "step"])
    return report


def give_up(report: Report) -> Report:
    """Say that it failed; whoever needs it asks for another one."""
    report.state, report.finished_at = Report.State.FAILED, timezone.now()
    report.save(update_fields=["state", "finished_at"])
    record(None, "reports.report_failed", report, attempts=report.attempt)
    return report
