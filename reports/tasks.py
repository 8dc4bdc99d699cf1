"""Background work on reports: find the row, call one service, stop."""

from celery import shared_task

from reports import services
from reports.models import Report


@shared_task(name="reports.typeset_report")
def typeset_report(report_id: str) -> None:
    """Safe to run twice: a report that is ready, failed or in other hands is left alone."""
    if report := Report.objects.unfinished().with_lists().filter(pk=report_id).first():
        services.typeset_report(report)


@shared_task(name="reports.typeset_waiting_reports")
def typeset_waiting_reports() -> None:
    """Every minute: ring again for reports whose bell was lost or whose worker died."""
    for report_id in Report.objects.unfinished().values_list("pk", flat=True)[:100]:
        typeset_report.delay(str(report_id))
