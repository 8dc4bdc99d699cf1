"""Background work on reports and bundles: find the row, call one service, stop."""

from uuid import UUID

from celery import shared_task

from core import jobs
from core.scope import system_scope
from reports import services
from reports.models import Bundle, Report


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


def give_up_bundle(bundle_id: UUID, reason: str) -> None:
    """Whoever waits for it is told."""
    with system_scope("say that a bundle could not be made"):
        services.give_up_bundle(Bundle.objects.get(pk=bundle_id), reason)


@jobs.task("reports.make_bundle", gives_up=give_up_bundle)
def make_bundle(bundle_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: a bundle that is ready is left alone."""
    with system_scope("make a bundle of what the person who asked may read"):
        if bundle := Bundle.objects.unmade().with_lists().filter(pk=bundle_id).first():
            services.make_bundle(bundle, lease=lease)


@shared_task(name="reports.ask_to_check_bytes")
def ask_to_check_bytes() -> None:
    """Every hour: owe a look at the bundles that were made."""
    services.ask_to_check_bytes()


@jobs.task("reports.check_bytes")
def check_bytes(_row: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: what was read tonight is not due, and each is noted by itself."""
    services.check_bytes(lease=lease)
