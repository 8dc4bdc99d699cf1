"""What a person may type about comparisons, and how it is checked."""

from comparison.forms.link import (
    AlarmForm,
    JudgementForm,
    LinkFilterForm,
    SeriesForm,
    WithdrawalForm,
)

__all__ = ["AlarmForm", "JudgementForm", "LinkFilterForm", "SeriesForm", "WithdrawalForm"]
