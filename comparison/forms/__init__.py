"""What a person may type about comparisons, and how it is checked."""

from comparison.forms.disclosure import AskForm, ShareForm
from comparison.forms.link import (
    AlarmForm,
    JudgementForm,
    LinkFilterForm,
    SeriesForm,
    WithdrawalForm,
)
from comparison.forms.parameters import ParameterForm
from comparison.forms.queue import FIRST, LAST, Queue, tabs_of

__all__ = [
    "FIRST",
    "LAST",
    "AlarmForm",
    "AskForm",
    "JudgementForm",
    "LinkFilterForm",
    "ParameterForm",
    "Queue",
    "SeriesForm",
    "ShareForm",
    "WithdrawalForm",
    "tabs_of",
]
