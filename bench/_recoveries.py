"""Populations of recovered components: who bought what, what was recovered, and how it was read."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bench._supply import (
    Design,
    Unit,
    Workshop,
    draw_designs,
    draw_workshop,
    units_of,
)
from comparison.methods.facts import ComponentFacts

CONFUSED = {"0": "ODQ", "1": "IL", "5": "S", "8": "B", "2": "Z", "B": "8", "S": "5", "O": "0"}


@dataclass(frozen=True)
class Recovered:
    """One component as it was recorded, and the unit that it is."""

    recovery: int
    facts: ComponentFacts
    unit: Unit


@dataclass(frozen=True)
class Population:
    """How one world is drawn. Shares lie between 0 and 1.

    `steepness` says how far a few designs outsell the rest; `misread` is the chance that a marking
    was misread; `recorded` that a feature was recorded at all; `removing` the share of workshops
    that remove serials; `copied` the share that copy another's habits and parts whole; `fakes` the
    share of lone finds whose label is a copy: `cloned` to the serial, else with the next numbers.
    """

    name: str
    designs: int = 250
    steepness: float = 0.9
    consignments: int = 170
    lone: int = 1_200
    misread: float = 0.02
    transcription: str = "double-read"
    recorded: float = 0.7
    marked: float = 0.95
    removing: float = 0.3
    copied: float = 0.0
    fakes: float = 0.0
    cloned: bool = False
    flagged: float = 0.5
    seizures: int = 0


POPULATIONS = (
    Population("production batches"),
    Population("rare parts", designs=1_500, steepness=0.4),
    Population("common parts", designs=40, steepness=1.2),
    Population(
        "transcription error 10 %",
        misread=0.1,
        transcription="ocr",
        recorded=1.0,
        marked=1.0,
        removing=0.0,
    ),
    Population("cloned labels", fakes=0.3, cloned=True),
    Population("counterfeit labels", fakes=0.3),
    Population("seizures of hundreds", seizures=12),
    Population("missing fields", recorded=0.3, marked=0.6),
    Population("removed markings", removing=0.9),
    Population("copied weapons", copied=0.7),
)


class Draw:
    """One population being drawn."""

    def __init__(self, population: Population, seed: int) -> None:
        self.population = population
        self.rng = random.Random(f"{population.name}/{seed}")
        self.designs = draw_designs(self.rng, population.designs)
        self.weights = [(k + 1) ** -population.steepness for k in range(population.designs)]
        self.workshops: list[tuple[Workshop, Design]] = []
        self.recoveries = 0

    def all(self) -> list[Recovered]:
        """Every component, the recoveries in a random order of time."""
        found: list[list[tuple[Unit, bool]]] = []
        for _ in range(self.population.consignments):
            found += self.consignment()
        for _ in range(self.population.seizures):
            found.append([(unit, False) for unit in self.bought(self.rng.randrange(100, 300))])
        genuine = [unit for recovery in found for unit, _flagged in recovery]
        found += [[self.lone(genuine)] for _ in range(self.population.lone)]
        self.rng.shuffle(found)
        return [
            Recovered(at, self.read(unit, flagged), unit)
            for at, recovery in enumerate(found)
            for unit, flagged in recovery
        ]

    def workshop(self) -> tuple[Workshop, Design]:
        """A new workshop and the design it buys; one that copies builds another's weapon whole."""
        rng, name = self.rng, len(self.workshops)
        made = draw_workshop(rng, name, self.population.removing)
        design = rng.choices(self.designs, self.weights)[0]
        if self.workshops and rng.random() < self.population.copied:
            model, design = rng.choice(self.workshops)
            made = replace(made, glue=model.glue, wiring=model.wiring, cut=model.cut)
        self.workshops.append((made, design))
        return made, design

    def bought(self, count: int) -> list[Unit]:
        """One purchase of a workshop: numbers one after another, out of one run."""
        buyer, design = self.workshop()
        return self.purchase(buyer, design, count)

    def purchase(self, buyer: Workshop, design: Design, count: int) -> list[Unit]:
        run = self.rng.randrange(design.runs)
        first = self.rng.randrange(max(1, design.run - count))
        return list(units_of(self.rng, design, run, first, count, buyer))

    def consignment(self) -> Iterator[list[tuple[Unit, bool]]]:
        """What is recovered of one workshop: of one purchase or two, in several recoveries."""
        buyer, design = self.workshop()
        for _ in range(1 if self.rng.random() < 0.7 else 2):
            units = self.purchase(buyer, design, self.rng.randrange(8, 80))
            self.rng.shuffle(units)
            for unit in units[: self.rng.randrange(2, 11)]:
                yield [(unit, False)]

    def lone(self, genuine: list[Unit]) -> tuple[Unit, bool]:
        """A find that has nothing to do with any other, its label its maker's or a copy."""
        (unit,) = self.bought(1)
        if self.rng.random() >= self.population.fakes:
            return unit, False
        label = self.specimen(genuine)
        number = label.number + (0 if self.population.cloned else self.rng.randrange(1, 40))
        fake = replace(label, number=number, buyer=unit.buyer, run=f"fake/{unit.run}/{unit.number}")
        made_otherwise = replace(label.design, casting=unit.design.casting)
        is_flagged = self.rng.random() < self.population.flagged
        return replace(fake, design=made_otherwise, is_fake=True), is_flagged

    def specimen(self, genuine: list[Unit]) -> Unit:
        """The unit whose label a counterfeiter copied: any of the trade, or one we hold as well."""
        if self.rng.random() < 0.2:
            return self.rng.choice(genuine)
        return self.bought(1)[0]

    def read(self, unit: Unit, is_flagged: bool) -> ComponentFacts:
        """What is recorded of a unit, with what was not recorded left out and errors put in."""
        design, buyer = unit.design, unit.buyer
        is_removed = bool(buyer.removal) and self.rng.random() < 0.85
        serial = f"{design.prefix}-{unit.number:0{design.width}d}"
        return ComponentFacts(
            category="servo",
            maker=self.seen(design.maker, self.population.marked),
            maker_status="counterfeit-suspected" if is_flagged else "marked",
            part_number=self.seen(design.part, self.population.marked),
            serial="" if is_removed else self.seen(serial, self.population.marked),
            serial_state="removed-ground" if is_removed else "",
            lot=self.seen(unit.lot, self.population.recorded),
            date_code=self.seen(unit.week, self.population.recorded),
            firmware_sha256=unit.firmware if self.rng.random() < 0.15 else "",
            concealment=self.noted(buyer.removal) if is_removed else "",
            construction=self.construction(unit),
            transcription=self.population.transcription,
        )

    def construction(self, unit: Unit) -> dict[str, str]:
        """How it was made and built in, as far as somebody described it."""
        made = {
            "casting": unit.design.casting,
            "label-font": unit.design.font,
            "qc-stamp": unit.stamp,
            "adhesive": unit.buyer.glue,
            "wiring": unit.buyer.wiring,
            "cut-pattern": unit.buyer.cut,
        }
        found = {feature: self.noted(value) for feature, value in made.items()}
        return {feature: value for feature, value in found.items() if value}

    def noted(self, value: str) -> str:
        """A description, where there is one; it may leave the first word out."""
        if self.rng.random() >= self.population.recorded:
            return ""
        return value.split()[-1] if self.rng.random() < 0.05 else value

    def seen(self, marking: str, share: float) -> str:
        """A marking as it was read, if it was."""
        if self.rng.random() >= share:
            return ""
        return self.slip(marking) if self.rng.random() < self.population.misread else marking

    def slip(self, marking: str) -> str:
        """One error: mostly a character taken for its like, else for any, lost, or one too many."""
        rng, at = self.rng, self.rng.randrange(len(marking))
        alike = [k for k, c in enumerate(marking) if c in CONFUSED]
        kind = rng.random()
        if kind < 0.7 and alike:
            at = rng.choice(alike)
            return marking[:at] + rng.choice(CONFUSED[marking[at]]) + marking[at + 1 :]
        if kind < 0.85:
            return marking[:at] + rng.choice("0123456789ABCEHKMX") + marking[at + 1 :]
        if kind < 0.95:
            return marking[:at] + marking[at + 1 :]
        return marking[:at] + rng.choice("0123456789") + marking[at:]
