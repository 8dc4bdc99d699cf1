"""Background work on reports: find the row, call one service, stop."""

from uuid import UUID

from core import jobs
from core.scope import system_scope
from reports import services
from reports.models import Report


def give_up(report_id: UUID, reason: str) -> None:
    """Whoever waits for it is told."""
    with system_scope("say that a report could not be made"):
        services.give_up(Report.objects.get(pk=report_id), reason)


@jobs.task("reports.typeset_report", gives_up=give_up)
def typeset_report(report_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: a report that is ready is left alone."""
    with system_scope("make a report of what the person who asked may read"):
        if report := Report.objects.unmade().with_lists().filter(pk=report_id).first():
            services.typeset_report(report, lease=lease)
