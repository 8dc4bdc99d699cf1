"""What a release answers to because it concludes its case: the gates of the stages on the way."""

from django.utils.translation import gettext_lazy

from accounts.models import User
from attribution.models import Finding
from attribution.services.case_stage import (
    FOUND,
    NOT_ASKED,
    Point,
    an_attack,
    gate_to,
    left_open,
    must,
    something_taken_in,
)
from core.scope import system_scope
from investigations.models import Case, Request, RequestKind, Stage

NEEDED = {Stage.SCENE: an_attack, Stage.EXAMINATION: something_taken_in}
"""What gates before the review ask for; its own asks for a finding, which is the one released."""
NO_OTHER = gettext_lazy("No other finding is under review.")


def stages_to_conclusion(case: Case) -> list[Stage]:
    """The stages that lie between a case and its conclusion, which is the last of them."""
    order = list(Stage)
    return order[order.index(Stage(case.stage)) + 1 : order.index(Stage.CONCLUDED) + 1]


def shut_before_release(finding: Finding) -> list[Point]:
    """What holds a gate shut between the stage of a case and the conclusion that a release brings.

    A release concludes its case from whatever stage, so that it answers to each gate on the way.
    Other findings that are approved, and releases that were asked for, hold nobody up: they wait
    for this very deed, and two of them would bar each other for ever.
    """
    case = finding.case
    ahead = stages_to_conclusion(case)
    points = [asked(case) for stage, asked in NEEDED.items() if stage in ahead]
    if Stage.CONCLUDED in ahead:
        points += nobody_waits(finding)
    return [point for point in points if point.left]


def nobody_waits(finding: Finding) -> list[Point]:
    """No other finding is under review, and no request but for a release is open."""
    with system_scope("whether somebody's word is awaited holds for the whole case"):
        judged = Finding.objects.filter(case=finding.case, status=Finding.Status.IN_REVIEW)
        others = judged.exclude(pk=finding.pk).exists()
        requests = Request.objects.filter(case=finding.case).waiting()
        asked = requests.exclude(kind=RequestKind.RELEASE).exists()
    return [
        must("judgement", NO_OTHER, FOUND, holds=not others),
        must("request", NOT_ASKED, "investigations:request_list", holds=not asked),
    ]


def left_open_by_release(case: Case, reader: User) -> list[str]:
    """What was still to be done at the gates that a release passes, for the ledger."""
    ahead = stages_to_conclusion(case)
    passed = {one.code: one for stage in ahead for one in gate_to(stage, case, reader)}
    return left_open(list(passed.values()))
