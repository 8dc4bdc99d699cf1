"""Which weapon models of the catalogue fit what was observed of one, and what tells them apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.folding import fold
from catalogue.models import Propulsion, ReviewStatus, WeaponModel, WeaponRole, WeaponType
from catalogue.models.quantities import quantity_named
from comparison.methods.catalogue_ranking import (
    CANDIDATES,
    Facts,
    Model,
    Ranked,
    Separating,
    Stand,
    Value,
    rank_models,
    what_to_measure_next,
    with_tolerance,
)
from core.normalise import normalise
from evidence.models import Component, WeaponInstance
from evidence.models.weapon_instance import MEASURES

SHOWN = 20
FORMS = frozenset({"VTOL", "QUAD", "HEXA", "OCTO", "HELI", "WING"})
"""The roles that say how it is built; the others say what it is for, which no wreck shows."""

FLYING = frozenset({"uav", "one-way-attack-uav", "loitering-munition"})
"""Types that sources call by each other's names: the broadest fits both others."""

OPEN_ENDED = frozenset({"name", "powerplant", "guidance", "components"})
"""Lists that are never complete, and words that are never written in one way only."""

LABELS: dict[str, str | Promise] = {
    "name": _("Name as marked"),
    "type": _("Type"),
    "wingspan_m": _("Wingspan (m)"),
    "length_m": _("Length (m)"),
    "takeoff_mass_kg": _("Take-off mass (kg)"),
    "propulsion": _("Propulsion"),
    "wings": _("Wings and rotors"),
    "powerplant": _("Engine"),
    "guidance": _("Guidance"),
    "components": _("Components"),
}
WORDS = {
    Stand.AGREES: _("Fits"),
    Stand.DIFFERS: _("Different"),
    Stand.UNKNOWN: _("Not stated"),
}
SIGNS = {Stand.AGREES: "same", Stand.DIFFERS: "different", Stand.UNKNOWN: "not-recorded"}

TO_MEASURE = ("wingspan_m", "length_m", "takeoff_mass_kg", "propulsion", "wings")
"""What can still be found out on a wreck."""

COLUMNS = (
    *("name", "aliases", "type", "propulsion", "powerplant", "roles", "guidance"),
    *("expected_components", "review_status", "as_stated"),
    *(f"{measure}_{end}" for measure in MEASURES for end in ("min", "max")),
)


@dataclass(frozen=True)
class Cell:
    """How one observation stands to one model: in words, with both values."""

    feature: str
    stand: str
    seen: str
    known: str

    @property
    def label(self) -> str:
        return str(LABELS[self.feature])

    @property
    def word(self) -> str:
        """How it stands, in a word."""
        return str(WORDS[Stand(self.stand)])

    @property
    def sign(self) -> str:
        """The state whose glyph and tint go with it."""
        return SIGNS[Stand(self.stand)]

    @property
    def is_difference(self) -> bool:
        return self.stand == Stand.DIFFERS


@dataclass(frozen=True)
class Candidate:
    """A model that fits in something, and how every observation stands to it."""

    model: WeaponModel
    cells: list[Cell]

    @property
    def agreeing(self) -> int:
        """In how many observations it fits."""
        return sum(cell.stand == Stand.AGREES for cell in self.cells)

    @property
    def differences(self) -> list[Cell]:
        """What speaks against it."""
        return [cell for cell in self.cells if cell.is_difference]

    @property
    def unknown(self) -> int:
        """Of how many observations the catalogue says nothing; they count for nothing."""
        return sum(cell.stand == Stand.UNKNOWN for cell in self.cells)

    @property
    def is_unreviewed(self) -> bool:
        """Whether nobody has checked what the catalogue says of it."""
        return self.model.review_status != ReviewStatus.REVIEWED


@dataclass(frozen=True)
class Next:
    """A feature to find out next: how many pairs of the first candidates it tells apart."""

    feature: str
    told_apart: int
    pairs: int
    values: list[tuple[str, str]]

    @property
    def label(self) -> str:
        return str(LABELS[self.feature])


@dataclass(frozen=True)
class Ranking:
    """The models that fit a weapon, in order, and what to find out next."""

    observed: list[tuple[str, str]]
    candidates: list[Candidate]
    total: int
    next: list[Next]

    @cached_property
    def among(self) -> int:
        """Among how many of the first the next feature is chosen."""
        return min(CANDIDATES, self.total)


def rank_for(weapon: WeaponInstance, components: Iterable[Component]) -> Ranking:
    """Rank the catalogue by what was observed of a weapon and its components."""
    observed = observed_of(weapon, components)
    rows = {row.pk: row for row in WeaponModel.objects.only(*COLUMNS)}
    library = [Model(row.pk, row.name, facts_of(row)) for row in rows.values()]
    ranked = rank_models(observed, library, open_ended=OPEN_ENDED) if observed else []
    widened = partial(widen, tolerance=weapon.tolerance_pct / 100)
    following = what_to_measure_next(observed, ranked, TO_MEASURE, widened=widened)
    return Ranking(
        observed=[(str(LABELS[name]), in_words(name, value)) for name, value in observed.items()],
        candidates=[candidate_of(one, observed, rows) for one in ranked[:SHOWN]],
        total=len(ranked),
        next=[next_of(one, rows) for one in following],
    )


def observed_of(weapon: WeaponInstance, components: Iterable[Component]) -> Facts:
    """What was observed, by feature; what was not is left out."""
    tolerance = weapon.tolerance_pct / 100
    facts: dict[str, Value] = {}
    for name in MEASURES:
        if (taken := getattr(weapon, name)) is not None:
            facts[name] = with_tolerance(float(taken), tolerance)
    parts = {normalise(text) for one in components for text in (one.part_number, one.model_name)}
    words = {
        "name": {fold(weapon.name_as_marked)},
        "type": FLYING if weapon.type == WeaponType.UAV else types_told_apart(weapon.type),
        "propulsion": {str(weapon.propulsion)},
        "wings": FORMS & set(weapon.roles),
        "powerplant": engine_words(weapon.powerplant),
        "guidance": set(weapon.guidance),
        "components": parts,
    }
    for name, said in words.items():
        if kept := frozenset(said) - {""}:
            facts[name] = kept
    return facts


def types_told_apart(type_seen: str) -> set[str]:
    """The type, and the broader one that a source may call it by."""
    return {type_seen, "uav"} if type_seen in FLYING else {type_seen}


def facts_of(model: WeaponModel) -> Facts:
    """What the catalogue knows of a model, by feature; what it does not is left out."""
    facts: dict[str, Value] = {}
    for name in MEASURES:
        least, greatest = getattr(model, f"{name}_min"), getattr(model, f"{name}_max")
        if least is not None and greatest is not None and greatest > 0:
            facts[name] = float(least), float(greatest)
    words = {
        "name": {fold(name) for name in (model.name, *model.aliases)},
        "type": {str(model.type)},
        "propulsion": {str(model.propulsion)},
        "wings": FORMS & set(model.roles),
        "powerplant": engine_words(model.powerplant),
        "guidance": set(model.guidance),
        "components": {normalise(text) for text in model.expected_components},
    }
    for name, said in words.items():
        if kept := frozenset(said) - {""}:
            facts[name] = kept
    return facts


def engine_words(powerplant: str) -> set[str]:
    """The words of an engine's name that tell engines apart: those that hold a digit."""
    found = {normalise(word) for word in powerplant.replace("/", " ").split()}
    return {word for word in found if len(word) > 2 and any(sign.isdigit() for sign in word)}


def widen(value: Value, tolerance: float) -> Value:
    """A stated value as widely as it could be measured."""
    if isinstance(value, frozenset):
        return value
    return value[0] * (1 - tolerance), value[1] * (1 + tolerance)


def candidate_of(ranked: Ranked, observed: Facts, rows: Mapping[Any, WeaponModel]) -> Candidate:
    """A ranked model with every observation beside what the catalogue says."""
    cells = [
        Cell(
            name,
            stand,
            in_words(name, observed[name]),
            in_words(name, ranked.model.facts[name]) if name in ranked.model.facts else "",
        )
        for name, stand in ranked.stands.items()
    ]
    return Candidate(rows[ranked.model.key], cells)


def next_of(separating: Separating, rows: Mapping[Any, WeaponModel]) -> Next:
    """A feature to find out next, with what each candidate that states it would show."""
    values = [
        (rows[key].name, in_words(separating.feature, value)) for key, value in separating.values
    ]
    return Next(separating.feature, separating.told_apart, separating.pairs, values)


def in_words(feature: str, value: Value) -> str:
    """A value as people read it: figures with their unit, codes of vocabularies by name."""
    if not isinstance(value, frozenset):
        ends = dict.fromkeys(f"{end:.2f}".rstrip("0").rstrip(".") for end in value)
        return f"{'–'.join(ends)} {quantity_named(feature).unit}"
    known = {
        "type": dict(WeaponType.choices),
        "propulsion": dict(Propulsion.choices),
        "wings": dict(WeaponRole.choices),
    }.get(feature, {})
    return ", ".join(sorted(str(known.get(word, word)) for word in value))
