"""Entering what became of a measure: one step after another, and none of them is changed."""

from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Measure, MeasureStep
from attribution.models.measure_words import StepKind
from attribution.services.measure import StepFacts, lock_measure, put_down
from core.errors import Refused
from core.scope import system_scope
from ledger.services import record


@transaction.atomic
def take_step(measure: Measure, *, by: User, **facts: Unpack[StepFacts]) -> MeasureStep:
    """Enter what happened next, or what should have been entered in place of a wrong step."""
    measure = lock_measure(measure, by)
    steps = list(MeasureStep.objects.visible_to(by).filter(measure=measure).order_by("seq"))
    require_possible(steps, facts)
    with system_scope("steps are counted whoever is shown them"):
        before = MeasureStep.objects.filter(measure=measure).count()
    step = put_down(measure, before + 1, by, facts)
    measure.version += 1
    measure.save()
    record(
        by,
        "attribution.measure_step_taken",
        measure,
        ref=measure.ref,
        number=step.seq,
        kind=step.kind,
        day=step.day.isoformat(),
        corrects=step.corrects.seq if step.corrects else 0,
    )
    return step


def require_possible(steps: list[MeasureStep], facts: StepFacts) -> None:
    """What it corrects was not corrected before, and something remains that happened."""
    wrong = facts.get("corrects")
    if wrong is None:
        return
    replaced = {step.corrects_id for step in steps}
    if wrong.pk in replaced:
        raise Refused(_("It was corrected already: correct the correction."))
    others = [
        step
        for step in steps
        if step.pk not in replaced and step.pk != wrong.pk and step.kind != StepKind.NOT_SO
    ]
    if facts.get("kind") == StepKind.NOT_SO and not others:
        raise Refused(_("No step would be left: withdraw the measure instead."))
