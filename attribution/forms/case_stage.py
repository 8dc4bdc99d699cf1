"""What is typed to move a case to another stage, to conclude it and to re-open it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from investigations.models import Case, CaseOutcome, ReopeningGround, Stage

LONGEST_REASON = 2000
TO_CHOOSE = ("", _("choose"))
"""Nothing is decided by leaving a list as it was."""


def why() -> forms.CharField:
    """Why; it stands in the ledger."""
    return forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2})
    )


class StageForm(forms.Form):
    """The stage to move to: the next one, or one that lies behind."""

    prefix = "move"
    stage = forms.ChoiceField(label=_("Stage"))
    reason = why()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within: Any = self.fields["stage"]
        reach = [(stage.value, stage.label) for stage in stages_in_reach(case)]
        within.choices = [TO_CHOOSE, *reach]
        self.empty = not reach


class ConclusionForm(forms.Form):
    """What the case came to."""

    prefix = "conclude"
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[TO_CHOOSE, *CaseOutcome.choices])
    reason = why()


class ReopeningForm(forms.Form):
    """On what ground the case is taken up again."""

    prefix = "reopen"
    ground = forms.ChoiceField(label=_("Ground"), choices=[TO_CHOOSE, *ReopeningGround.choices])
    reason = why()


def stages_in_reach(case: Case) -> list[Stage]:
    """Where a case may go from here: one step on or any step back; after its end, to follow-up."""
    order = list(Stage)
    here = order.index(Stage(case.stage))
    if case.has_ended:
        return [Stage.FOLLOW_UP] if case.stage == Stage.CONCLUDED else []
    within = [*order[here + 1 : here + 2], *order[:here]]
    return [stage for stage in within if stage not in (Stage.CONCLUDED, Stage.FOLLOW_UP)]
