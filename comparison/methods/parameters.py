"""The numbers the method rests on, as one frozen and versioned set."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any

from comparison.methods.bounds import BOUNDS, OutOfBounds, out_of_bounds
from core.verbal_scale import SCALE, SCALES, Scale

IDENTITY = "identity"
SEQUENCE = "sequence"
CONCEALMENT = "concealment"

_TRANSCRIPTION_ERRORS = {
    "double-read": 0.02,
    "single-read": 0.05,
    "ocr": 0.1,
}

OBJECT = ("board-revision", "housing", "casting", "finish", "technique", "core",
          "layup", "mould-seam", "material")  # fmt: skip
"""What the object itself shows: a copied label does not bring it along."""

# Whoever makes a part gives it its label and its casting; whoever copies a weapon takes its parts,
# its wiring and its glue together. So all that a design brings with it is one fact, in one group.
_GROUPS = {
    **dict.fromkeys(
        (*OBJECT, "maker", "part", "lot", "firmware", "date-code", "paint", "colour",
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
    scale_version: str = SCALE.version
    scale_bounds: tuple[float, ...] = SCALE.bounds
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
        told = {name: getattr(self, name) for name in BOUNDS}
        if wrong := out_of_bounds(told, self.transcription_errors):
            raise OutOfBounds(*wrong)
        if self.scale.bounds != tuple(sorted(set(self.scale.bounds))) or self.scale.bounds[0] <= 1:
            raise ValueError("the bounds of the verbal scale must rise, and begin above 1")
        names = {known.bounds: known.version for known in SCALES.values()}
        is_known = self.scale_version in SCALES or self.scale.bounds in names
        if is_known and names.get(self.scale.bounds) != self.scale_version:
            raise ValueError("another scale must have another name, and the same scale the same")
        if self.latest_year <= self.earliest_year or not self.transcription_errors:
            raise ValueError("the years must follow one another, and errors must be given")
        if self.groups.get("serial") != SEQUENCE:
            raise ValueError("the serial stands in a group of its own")

    @property
    def scale(self) -> Scale:
        """The verbal scale of this version: our words, its bounds."""
        return Scale(self.scale_version, tuple(self.scale_bounds), SCALE.words)

    def error_of(self, transcription: str) -> float:
        """Chance that a marking was misread; an unknown way of reading counts as the worst."""
        errors = self.transcription_errors
        return errors.get(transcription) or max(errors.values())

    def group_of(self, feature: str) -> str:
        """The group of dependent features of this one; unknown ones come with the design."""
        return self.groups.get(feature, IDENTITY)

    def to_json(self) -> dict[str, Any]:
        """All values, for the version table and for printing beside a result."""
        plain = replace(
            self, transcription_errors=dict(self.transcription_errors), groups=dict(self.groups)
        )
        return {**asdict(plain), "scale_bounds": list(self.scale_bounds)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Parameters":
        """The parameters that `to_json` wrote."""
        bounds = tuple(values.get("scale_bounds", SCALE.bounds))
        return cls(**{**values, "scale_bounds": bounds})


PARAMETERS = Parameters()
"""The set in force until an administrator adopts another version."""
