"""How far a document is that a worker makes: what the page that waits for it shows."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now

from reports.models import Bundle, Report

Progress = dict[str, str | int | Promise]


def progress_of(
    made: Report | Bundle, state: Report.State | Bundle.State, step: Report.Step | Bundle.Step
) -> Progress:
    """State, step and share of what is done, in words; why it failed, if it did."""
    return {
        "state": state.value,
        "state_label": state.label,
        "step": step.label if made.is_unfinished else "",
        "done": made.done,
        "total": made.total,
        "error": _now(made.failure) if made.failure else "",
    }
