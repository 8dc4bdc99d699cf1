"""A made-up population of components: common and rare parts, batches, seizures of hundreds."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from comparison.methods.facts import ComponentFacts

PER_INCIDENT = 100
SEIZURE = 300
"""Identical servos that every hundredth incident gives on top."""

CATEGORIES = (
    ["servo-actuator"] * 5
    + ["engine", "gyroscope-imu", "battery", "connector"] * 2
    + ["gnss-receiver", "flight-controller", "radio-modem", "camera", "fuse", "antenna", "pump"]
)
MAKERS, PARTS_OF_A_MAKER = 12, 60
WORDS = {
    "adhesive": 20,
    "wiring": 15,
    "connector": 8,
    "finish": 12,
    "fasteners": 6,
}
MISREAD = str.maketrans("0O1I5S8B2Z", "O0I1S5B8Z2")


def skewed(chance: random.Random, most: int) -> int:
    """A rank below `most`; the first ones are common, as in any trade."""
    return min(most - 1, int(most * chance.random() ** 3))


def component(chance: random.Random) -> ComponentFacts:
    """One recorded component; about a third of its fields are missing."""
    category = chance.choice(CATEGORIES)
    maker, part = skewed(chance, MAKERS), skewed(chance, PARTS_OF_A_MAKER)
    number = f"{category[:2].upper()}{maker:02d}-{part * 37 % 1000:03d}{'ABCD'[part % 4]}"
    serial = f"{'KLMNPR'[maker % 6]}{part % 10}{chance.randrange(20_000 + 9_000 * part):06d}"
    known = chance.random
    return ComponentFacts(
        category=category,
        maker=f"Maker {maker} of {category}" if known() < 0.8 else "",
        part_number=number if known() < 0.85 else "",
        serial=serial if known() < 0.7 else "",
        serial_state="present-legible",
        lot=f"L{maker}{chance.randrange(40_000):05d}" if known() < 0.4 else "",
        date_code=f"{chance.randrange(18, 26)}{chance.randrange(1, 53):02d}"
        if known() < 0.4
        else "",
        concealment=f"line {skewed(chance, 14)}, rotary tool" if known() < 0.1 else "",
        construction={
            name: f"{name} kind{skewed(chance, many)}"
            for name, many in WORDS.items()
            if known() < 0.5
        },
    )


def components(rows: int, seed: int) -> Iterator[tuple[int, ComponentFacts]]:
    """That many, each with the number of its incident, seizures of one kind of servo among them."""
    chance = random.Random(seed)
    done = incident = 0
    while done < rows:
        hundreds = incident % 100 == 7
        crate = replace(component(chance), category="servo-actuator", serial="")
        for _each in range(min(PER_INCIDENT + SEIZURE * hundreds, rows - done)):
            yield incident, crate if hundreds else component(chance)
            done += 1
        incident += 1


def relative_of(facts: ComponentFacts, chance: random.Random) -> ComponentFacts:
    """Another of the same batch, near by serial, and not read without fault."""
    changes: dict[str, Any] = {}
    if facts.serial:
        number = max(1, int(facts.serial[2:]) + chance.choice([-1, 1]) * chance.randrange(1, 25))
        changes["serial"] = f"{facts.serial[:2]}{number:06d}"
    for name in ("part_number", "serial"):
        text = changes.get(name, getattr(facts, name))
        if text and chance.random() < 0.1:
            at = chance.randrange(len(text))
            read = chance.choice([text[at].translate(MISREAD), "?", ""])
            changes[name] = text[:at] + read + text[at + 1 :]
    for name in ("maker", "lot", "date_code"):
        if chance.random() < 0.1:
            changes[name] = ""
    return replace(facts, **changes)


def as_text(facts: ComponentFacts) -> str:
    """All that is recorded in one line: what a string search has."""
    parts = [facts.category, facts.maker, facts.part_number, facts.serial, facts.lot]
    made = [*facts.construction.values(), facts.concealment, facts.date_code]
    return " ".join(filter(None, [*parts, *made]))
