"""Gates of the case: whether it stands where it may conclude, its embargo and its public title."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from attribution.models.named import named_in_title
from attribution.services.conclusion import shut_before_release
from attribution.services.gates.gate import BEYOND_THE_TEAM, Examined, Gate
from investigations.models import Case
from investigations.services import Outlet, words_of_embargo

NOT_TO_BE_CONCLUDED = (
    Case.Status.INTAKE,
    Case.Status.SUSPENDED,
    Case.Status.AWAITING_ASSISTANCE,
)
"""A case that is only taken in, rests or waits for others concludes nothing."""


def of_status(examined: Examined) -> Iterator[Gate]:
    """Releasing is what concludes a case, so that the case must be at work or under review."""
    case = examined.finding.case
    if case.status in NOT_TO_BE_CONCLUDED:
        words = _("%(case)s is marked “%(status)s”: nothing is concluded before it is taken up.")
        url = reverse("investigations:case_detail", args=[case.pk])
        yield Gate("case", words % {"case": case.ref, "status": case.get_status_display()}, url)
    if case.status == Case.Status.CLOSED:
        words = _("%(case)s is concluded: its lead re-opens it before anything more is released.")
        url = reverse("attribution:case_stage", args=[case.pk])
        yield Gate("case", words % {"case": case.ref}, url)


def of_stages(examined: Examined) -> Iterator[Gate]:
    """Releasing concludes the case, so that every gate on its way there has to be open."""
    case = examined.finding.case
    for point in shut_before_release(examined.finding):
        words = _(
            "Releasing concludes %(case)s, which is at the stage “%(stage)s”. First this has to"
            " hold: %(point)s"
        ) % {"case": case.ref, "stage": case.get_stage_display(), "point": point.words}
        yield Gate("stage", words, point.door(case))


def of_embargo(examined: Examined) -> Iterator[Gate]:
    """While the case is under embargo nothing goes beyond the investigating bodies."""
    case = examined.finding.case
    if case.is_under_embargo:
        words = words_of_embargo(case, Outlet.RELEASE)
        url = reverse("investigations:case_edit", args=[case.pk])
        yield Gate("embargo", words, url, BEYOND_THE_TEAM)


def of_title(examined: Examined) -> Iterator[Gate]:
    """The public title is read by people outside of the case and names nobody, now or later."""
    case = examined.finding.case
    if named_in_title(case):
        words = _("The public title of %(case)s names an actor: make it neutral.")
        url = reverse("investigations:case_edit", args=[case.pk])
        yield Gate("title", words % {"case": case.ref}, url)
