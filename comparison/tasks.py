"""Background work of comparison: find the row, call one service, stop."""

from uuid import UUID

from celery import shared_task

from comparison import services
from comparison.models import RecoveryCount, Rescoring
from core import jobs
from core.scope import system_scope
from evidence.models import Component


@jobs.task("comparison.propose_links")
def propose_links(component_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: an unchanged pair stays as it is."""
    with system_scope("compare a component with its relatives"):
        if component := Component.objects.filter(pk=component_id).first():
            services.propose_links(component, lease=lease)


@shared_task(name="comparison.propose_missing_links")
def propose_missing_links() -> None:
    """Every two minutes: ask for what should be compared, or scored anew, and nobody asked for."""
    with system_scope("find components that were never compared as they are now"):
        services.ask_for_missing_links()
    with system_scope("find links whose evidence moved"):
        services.ask_for_rescoring()
    with system_scope("index photographs by how they look"):
        services.index_photographs()


@shared_task(name="comparison.answer_due_questions")
def answer_due_questions() -> None:
    """Every ten minutes: tell what was put off, so that nobody can feel out what others hold."""
    with system_scope("tell teams what was put off to the night"):
        services.answer_due_questions()


@jobs.task("comparison.rescore")
def rescore(count_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: a link that says the same stays as it is."""
    with system_scope("score links anew that rest on a count"):
        if count := RecoveryCount.objects.filter(pk=count_id).first():
            services.rescore_moved(count, lease=lease)


@jobs.task("comparison.rescore_all")
def rescore_all(rescoring_id: UUID, lease: jobs.Lease) -> None:
    """Goes on where an earlier attempt was stopped."""
    with system_scope("score all undecided links anew"):
        if begun := Rescoring.objects.filter(pk=rescoring_id).first():
            services.rescore_all(begun, lease=lease)
