"""The numbers the method rests on, as one frozen and versioned set."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any

from core.verbal_scale import SCALES

IDENTITY = "identity"
SEQUENCE = "sequence"
CONCEALMENT = "concealment"

_TRANSCRIPTION_ERRORS = {
    "double-read": 0.02,
    "single-read": 0.05,
    "ocr": 0.1,
}

OBJECT = ("firmware", "board-revision", "housing", "casting", "finish", "technique", "core",
          "layup", "mould-seam", "material")  # fmt: skip
"""What the object itself shows: a copied label does not bring it along."""

# Whoever makes a part gives it its label and its casting; whoever copies a weapon takes its parts,
# its wiring and its glue together. So all that a design brings with it is one fact, in one group.
_GROUPS = {
    **dict.fromkeys(
        (*OBJECT, "maker", "part", "lot", "date-code", "paint", "colour",
         "label-font", "print-method", "serial-format", "qc-stamp", "inspector-mark", "handwriting",
         "wiring", "connector", "wire-colour", "adhesive", "sealant", "fasteners", "cut-pattern"),
        IDENTITY,
    ),
    "serial": SEQUENCE,
    **dict.fromkeys(("concealment", "serial-state", "relabelling", "fake-label"), CONCEALMENT),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameters:
    """Every choice of the method. All are ours, not from literature, except where docs say so.

    Ratios are likelihood ratios (no unit); `batch_scale` counts serial numbers; years are calendar
    years; tolerances are days and a share of the larger measure.
    """

    version: str = "2026-2"
    scale_version: str = "enfsi-family-2026-1"
    transcription_errors: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(_TRANSCRIPTION_ERRORS)
    )
    groups: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(_GROUPS))
    minimum_recoveries: int = 100
    minimum_serials: int = 5
    feature_cap: float = 100.0
    total_cap: float = 10_000.0
    label_cap: float = 1_000.0
    unexplained_cap: float = 1_000.0
    batch_scale: float = 50.0
    batch_weight: float = 0.5
    category_differs: float = 0.02
    maker_differs: float = 0.02
    part_differs: float = 0.1
    lot_differs: float = 0.8
    construction_differs: float = 0.5
    date_differs: float = 0.2
    proposal_floor: float = 10.0
    promise_floor: float = 2.0
    earliest_year: int = 1980
    latest_year: int = 2035
    date_tolerance_days: int = 28
    measure_tolerance: float = 0.03

    def __post_init__(self) -> None:
        shares = {**self.transcription_errors, "batch_weight": self.batch_weight}
        ratios = {
            "category_differs": self.category_differs,
            "maker_differs": self.maker_differs,
            "part_differs": self.part_differs,
            "lot_differs": self.lot_differs,
            "construction_differs": self.construction_differs,
            "date_differs": self.date_differs,
        }
        for name, value in {**shares, **ratios}.items():
            if not 0 < value <= 1:
                raise ValueError(f"{name} must lie above 0 and not above 1, not {value}")
        if min(self.feature_cap, self.total_cap, self.label_cap, self.unexplained_cap) < 1 or self.batch_scale <= 0:
            raise ValueError("caps may not lie below 1, and the batch scale must be positive")
        if self.scale_version not in SCALES or not self.transcription_errors:
            raise ValueError("the verbal scale and the transcription errors must be known")

    def error_of(self, transcription: str) -> float:
        """Chance that a marking was misread; an unknown way of reading counts as the worst."""
        errors = self.transcription_errors
        return errors.get(transcription) or max(errors.values())

    def group_of(self, feature: str) -> str:
        """The group of dependent features this one belongs to; unknown ones come with the design."""
        return self.groups.get(feature, IDENTITY)

    def to_json(self) -> dict[str, Any]:
        """All values, for the version table and for printing beside a result."""
        plain = replace(
            self, transcription_errors=dict(self.transcription_errors), groups=dict(self.groups)
        )
        return asdict(plain)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Parameters":
        """The parameters that `to_json` wrote."""
        return cls(**values)


PARAMETERS = Parameters()
"""The set in force until an administrator adopts another version."""
