"""Asking for reports, making them once, and handing them out; no other module writes these rows."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from psycopg2 import extensions

from accounts.models import User
from core import jobs
from core.errors import Refused
from core.markings import Handling
from core.scope import asking_as
from evidence.models import Door, Item, StoragePlace
from evidence.services import require_free
from investigations.models import Case, Duty, Label
from ledger.services import hold_chains, record, record_many
from reports import vault
from reports.content import Drawn, gather
from reports.content.labels import Addressed, label_of_place, labels_of, sheet_of
from reports.models import Report
from reports.typesetting.labels import GRIDS, typeset_labels
from reports.typesetting.printing import content_digest, typeset

FONTS = Path(settings.BASE_DIR, "static", "vendor", "fonts", "pdf")
TYPESET = "reports.typeset_report"
NO_LONGER_ALLOWED = gettext_noop("Whoever asked for it may no longer have reports of this case.")


@dataclass(frozen=True)
class Made:
    """A finished file, and what it was drawn from."""

    drawn: Drawn
    file: vault.Kept
    content_sha256: str


@transaction.atomic
def request_report(case: Case, *, by: User, language: str, leave_out: bool = False) -> Report:
    """Ask for a report of the case as it is now; asking twice before it is made asks once.

    What a caveat keeps here is in no report: with `leave_out` it says how much it leaves out,
    without it the request is refused.
    """
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    case.require(by, Duty.REPORT)
    if not leave_out:
        require_free(Door.REPORT, Item.objects.visible_to(by).filter(case=case))
    mine = Report.objects.visible_to(by).filter(case=case, requested_by=by, language=language)
    waiting = mine.filter(state=Report.State.WAITING).first()
    if waiting:
        return waiting
    report = Report.objects.create(case=case, requested_by=by, language=language)
    record(by, "reports.report_requested", report, template=report.template, language=language)
    jobs.ask(TYPESET, report.pk)
    return report


def waits_for_worker(report: Report) -> bool:
    """True while nobody makes it: not yet, or because whoever did has died."""
    return jobs.is_idle(TYPESET, report.pk)


@transaction.atomic
def note_download(report: Report, *, by: User) -> None:
    """Leave a line that the file went out."""
    report.case.require_member(by)
    record(by, "reports.report_downloaded", report, sha256=report.sha256)


def typeset_report(report: Report, *, lease: jobs.Lease = jobs.BY_HAND) -> Report:
    """Make the file; safe to run twice, late, or after a worker was killed in the middle of it.

    The file is stored first; the row is written once, by the latest attempt.
    """
    require_reader(report)
    tell(report, lease, Report.Step.READING, 0, 1)
    made = make(report, partial(tell, report, lease))
    return enter_file(report, made, lease=lease)


def require_reader(report: Report) -> None:
    """Whoever asked must have the right to it still."""
    asked_by, case = report.requested_by, report.case
    if not (case.is_read_whole_by(asked_by) and Duty.REPORT in case.duties(asked_by)):
        raise jobs.GivenUp(NO_LONGER_ALLOWED)


@transaction.atomic
def enter_file(report: Report, made: Made, *, lease: jobs.Lease) -> Report:
    """Write the finished file into its row and into the ledger."""
    report = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if report.is_ready:
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
    lease.complete()
    return report


def tell(report: Report, lease: jobs.Lease, step: str, done: int, total: int) -> None:
    """Say how far it is, for whoever waits for it, unless another attempt has overtaken this."""
    lease.renew()
    Report.objects.unmade().filter(pk=report.pk).update(
        state=Report.State.TYPESETTING, step=step, done=done, total=total
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
    """Gather from one snapshot of the database, so that the ledger line named fits every page.

    It is read in the name of whoever asked for it: both gates let through what they may see.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        if not nested:
            # A cursor of our own would say first who asks, and this must be said before all else.
            with connection.connection.cursor(cursor_factory=extensions.cursor) as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with asking_as(report.requested_by):
            return gather(report, at)


def fetch(preview: str, place: Path) -> None:
    """Bring one preview to where the pages are set."""
    with storages["derived"].open(preview, "rb") as held:
        place.write_bytes(held.read())


def write_down(report: Report, made: Made) -> None:
    """Enter the finished file in its row; from here on it is never changed."""
    drawn = made.drawn
    report.state, report.step, report.failure = Report.State.READY, Report.Step.DONE, ""
    report.done = report.total = len(drawn.pictures) + 3
    report.sha256, report.size = made.file.sha256, made.file.size
    report.content_sha256 = made.content_sha256
    report.ledger_position, report.ledger_seal = drawn.position, drawn.seal
    report.holds_finding = drawn.holds_finding
    if drawn.beyond_the_case != Handling():
        report.label = Label.for_handling(drawn.beyond_the_case)
    report.marking = report.handling.tlp
    report.finished_at = timezone.now()
    report.other_cases.set(Case.objects.filter(pk__in=drawn.other_cases))
    report.save()


@transaction.atomic
def give_up(report: Report, reason: str) -> Report:
    """Say that it failed, and why if that may be told; whoever needs it asks for another one."""
    report = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if report.is_unfinished:
        report.state, report.failure = Report.State.FAILED, reason
        report.finished_at = timezone.now()
        report.save(update_fields=["state", "failure", "finished_at"])
        record(None, "reports.report_failed", report, reason=reason)
    return report


@transaction.atomic
def print_labels(
    items: Sequence[Item],
    places: Sequence[StoragePlace] = (),
    *,
    by: User,
    size: str,
    skip: int,
    address: Addressed,
) -> bytes:
    """Sheets of labels for these exhibits and places, as `by` may read them; each leaves a line."""
    grid = GRIDS[size]
    if not items and not places:
        raise Refused(_("Choose at least one exhibit."))
    if skip >= grid.on_a_sheet:
        raise Refused(_("A sheet has %(count)d labels.") % {"count": grid.on_a_sheet})
    cases = {item.case_id: item.case for item in items}
    for case in cases.values():
        case.require(by, Duty.HOLD_EVIDENCE)
    hold_chains(*cases, *(place.ledger_log for place in places))
    for key in cases:
        mine = [item for item in items if item.case_id == key]
        record_many(by, "reports.label_printed", [(item, {"size": size}) for item in mine], log=key)
    for place in places:
        record(by, "reports.label_printed", place, size=size)
    labels = [label_of_place(place, address(place.pk)) for place in places]
    sheet = sheet_of([*labels_of(items, by, address), *labels])
    return typeset_labels(sheet, grid, skip=skip, fonts=[FONTS])
