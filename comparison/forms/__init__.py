"""What a person may type about comparisons, and how it is checked."""

from comparison.forms.batch import BatchFilterForm, CommonalityFilterForm
from comparison.forms.disclosure import AskForm, ShareForm
from comparison.forms.link import (
    AlarmForm,
    JudgementForm,
    LinkFilterForm,
    SeriesForm,
    WithdrawalForm,
)
from comparison.forms.parameters import ParameterForm
from comparison.forms.queue import FIRST, LAST, Queue, chips_of, groups_of, tabs_of

__all__ = [
    "FIRST",
    "LAST",
    "AlarmForm",
    "AskForm",
    "BatchFilterForm",
    "CommonalityFilterForm",
    "JudgementForm",
    "LinkFilterForm",
    "ParameterForm",
    "Queue",
    "SeriesForm",
    "ShareForm",
    "WithdrawalForm",
    "chips_of",
    "groups_of",
    "tabs_of",
]
