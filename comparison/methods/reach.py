"""How far a change of the parameters reaches: which rows of an assessment it can alter at all.

An assessment without such a row says the same under both versions, word for word and to the last
digit, so it need not be worked out again.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from comparison.methods.assessment import Agreement
from comparison.methods.parameters import Parameters


class Reach(NamedTuple):
    """Rows of this feature that stand so; empty means any."""

    feature: str = ""
    agreement: str = ""

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Whether a row, as it is frozen, is one of these."""
        return self.feature in ("", row["feature"]) and self.agreement in ("", row["agreement"])


_REACHES = {
    "version": (),
    "category_differs": (Reach("category", Agreement.DIFFER),),
    "maker_differs": (Reach("maker", Agreement.DIFFER),),
    "part_differs": (Reach("part", Agreement.DIFFER),),
    "lot_differs": (Reach("lot", Agreement.DIFFER),),
    "construction_differs": (Reach("", Agreement.DIFFER),),
    "date_differs": (Reach("date-code", Agreement.DIFFER),),
    "date_tolerance_days": (
        Reach("date-code", Agreement.DIFFER),
        Reach("date-code", Agreement.SIMILAR),
    ),
    "batch_scale": (Reach("serial"),),
    "batch_weight": (Reach("serial"),),
}
"""Parameters of which it is known; any other one reaches every row."""

EVERY_ROW = frozenset({Reach()})


def reach_of(before: Parameters, after: Parameters) -> frozenset[Reach]:
    """Every row whose weight, standing or reason may be another under `after`."""
    one, other = before.to_json(), after.to_json()
    changed = [name for name in other if one.get(name) != other[name]]
    if not _REACHES.keys() >= set(changed):
        return EVERY_ROW
    return frozenset(reach for name in changed for reach in _REACHES[name])
