"""An invented world of makers, runs and workshops, whose truth is known.

What can be true of two components. SAME: one production run (H_p). UNRELATED: other runs, and
bought by people who have nothing to do with one another (H_d). RELATED: other runs, one workshop.
A related pair makes neither proposition true; it is counted by itself,
neither as true nor as false.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

MAKERS = (
    "Aerotek",
    "Borin",
    "Celmo",
    "Dastan",
    "Elvira",
    "Fenix",
    "Garnet",
    "Hexel",
    "Ilmar",
    "Jorvik",
    "Kestra",
)
COLOURS = ("red", "black", "blue", "brown", "white", "grey", "green", "violet", "orange", "yellow")
GLUES = ("epoxy", "silicone", "hotmelt", "cyanoacrylate", "polyurethane", "acrylic", "tape", "none")
CUTS = ("sawn", "lasered", "milled", "torn", "sheared", "drilled", "filed", "punched")
TOOLS = ("ground", "drilled", "etched", "painted", "scraped", "sanded", "milled", "stickered")
PLACES = ("line-1", "line-2", "line-3", "all-lines", "logo-only", "serial-only", "back-side")


class Truth(StrEnum):
    """How the two components of a pair really stand to one another."""

    SAME = "one production run"
    RELATED = "one workshop, other runs"
    UNRELATED = "unrelated supply"


@dataclass(frozen=True)
class Design:
    """One model of component: who makes it, how it is numbered, and what follows from it.

    `made` units were made in runs of `run` units; in `blocks`, each run begins at a round number,
    else the counter goes on where the last run stopped.
    """

    maker: str
    part: str
    prefix: str
    width: int
    made: int
    run: int
    blocks: bool
    casting: str
    font: str

    def number(self, run: int, unit: int) -> int:
        return run * (self.run * 2 if self.blocks else self.run) + unit

    @property
    def runs(self) -> int:
        return max(2, self.made // self.run)


@dataclass(frozen=True)
class Workshop:
    """Who builds weapons: how it glues, wires, cuts and removes markings (empty: it does not)."""

    name: int
    glue: str
    wiring: str
    cut: str
    removal: str


@dataclass(frozen=True)
class Unit:
    """One component as it was made and bought; `run` names its production run anywhere."""

    design: Design
    run: str
    number: int
    week: str
    lot: str
    firmware: str
    stamp: str
    buyer: Workshop
    is_fake: bool = False


def truth_of(one: Unit, other: Unit) -> Truth:
    """What is true of two units."""
    if one.run == other.run:
        return Truth.SAME
    return Truth.RELATED if one.buyer.name == other.buyer.name else Truth.UNRELATED


def favouring_first(rng: random.Random, choices: Sequence[str], steepness: float) -> str:
    """One of the choices, the k-th with a weight of k to the power of minus `steepness`."""
    weights = [(at + 1) ** -steepness for at in range(len(choices))]
    return rng.choices(choices, weights)[0]


def draw_designs(rng: random.Random, how_many: int) -> list[Design]:
    """Designs, the most used first: what is sold more is also made more."""
    found = []
    for at in range(how_many):
        maker = MAKERS[at % len(MAKERS)]
        letters = "".join(rng.choices("ABCEFGHKMNPRTUVWX", k=2))
        made = int(200_000 / (at + 1) ** 0.7) + rng.randrange(4_000, 12_000)
        found.append(
            Design(
                maker=maker,
                part=f"{letters}{rng.randrange(1_000, 9_999)}-{rng.choice('ABCE')}",
                prefix=f"{maker[:2].upper()}{at % 7}" if rng.random() < 0.7 else "",
                width=rng.choice((6, 7, 8)),
                made=made,
                run=rng.randrange(200, 900),
                blocks=rng.random() < 0.5,
                casting=f"{rng.randrange(2, 7)} ribs, {rng.choice(COLOURS[:8])}",
                font=f"{favouring_first(rng, COLOURS, 0.5)} {rng.choice(('dot', 'laser', 'ink'))}",
            )
        )
    return found


def draw_workshop(rng: random.Random, name: int, removing: float) -> Workshop:
    """A workshop with habits of its own, drawn from those that are about in the trade."""
    removal = ""
    if rng.random() < removing:
        removal = f"{favouring_first(rng, PLACES, 1.0)} {favouring_first(rng, TOOLS, 1.0)}"
    return Workshop(
        name=name,
        glue=f"{favouring_first(rng, COLOURS, 0.7)} {favouring_first(rng, GLUES, 0.7)}",
        wiring=f"{favouring_first(rng, COLOURS, 0.3)} {favouring_first(rng, COLOURS, 0.6)}",
        cut=favouring_first(rng, CUTS, 0.5),
        removal=removal,
    )


def units_of(
    rng: random.Random, design: Design, run: int, first: int, count: int, buyer: Workshop
) -> Iterator[Unit]:
    """`count` units one after another of one run, as they leave the factory in a carton."""
    years = 2014 + run * 11 // design.runs
    week = f"{years % 100:02d}{1 + (run * 7) % 50:02d}"
    for unit in range(first, min(first + count, design.run)):
        yield Unit(
            design=design,
            run=f"{design.part}/{run}",
            number=design.number(run, unit),
            week=week,
            lot=f"{week}{'ABCD'[unit * 4 // design.run]}",
            firmware=f"{hash_of(design.part, run // 6):064x}",
            stamp=f"QC {run % 5}",
            buyer=buyer,
        )


def hash_of(*told: object) -> int:
    """A number that stands for what was told, the same in every run of the bench."""
    return random.Random(repr(told)).getrandbits(255)
