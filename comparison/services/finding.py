"""Find the likely relatives of a component among all others, however many there are.

Every question is bounded: a key is read a few recoveries at a time, the latest first, and a few
readings of each; the neighbours of a serial are read outward from it. So the cost follows what the
component tells and not how common it is, and hundreds of one seizure leave room for other events.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import exp, log10
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from comparison.methods.facts import UNSPECIFIC_CATEGORIES, ComponentFacts
from comparison.methods.order import Held
from comparison.methods.parameters import Parameters
from comparison.methods.rarity import Census, agreement_ratio
from comparison.methods.retrieval import (
    ASSIGNED,
    block_keys,
    categories_beside,
    hashed,
    held_key,
    pair_key,
    spelling_keys,
    spellings,
    telling_pairs,
    theatre_key,
)
from comparison.models import Reading
from comparison.services.promise import BESIDE, Found, Promise, Question
from comparison.services.reading import facts_in

CANDIDATES = 40
"""Pairs that are assessed for one component, besides those it is linked to."""

LOOKED_INTO = 300
"""Readings of which it is seen what they hold, to choose the candidates among them."""

PER_RECOVERY = 6
WIDELY, NARROWLY, BRIEFLY = 60, 25, 8
"""Recoveries that are looked at under one key: a telling one, a common one, a mere hint."""

NEIGHBOURS = 40
"""Serials that are looked at on either side."""

_ALARM, _MISREAD, _NEAR = 9.0, 2.5, 1.0
_COMMON = 1.5
"""log10: a part held by more than one recovery in thirty is looked for in each theatre."""

_USUAL_ERROR = 0.02
_MOST_PHOTOS, _MOST_SPELLINGS = 30, 12
_THEATRES = "SELECT id::text FROM catalogue_theatre"
_SPELLED = """SELECT DISTINCT held FROM comparison_spelling
    WHERE form = ANY(%(forms)s::bigint[]) AND held <> %(mine)s ORDER BY held LIMIT %(most)s"""
_BY_KEY = """SELECT nth, incident_id::text, reading_id::text
FROM unnest(%(keys)s::bigint[], %(most)s::int[], %(nth)s::int[]) AS one(wanted, most, nth),
LATERAL (SELECT incident_id, reading_id FROM comparison_key WHERE hash = wanted
    ORDER BY incident_id DESC, reading_id DESC LIMIT most + %(each)s) AS held"""
_BY_RECOVERY = """WITH RECURSIVE step AS (
    SELECT nth, wanted, most, 1 AS taken, (SELECT incident_id FROM comparison_key
        WHERE hash = wanted ORDER BY incident_id DESC LIMIT 1) AS recovery
    FROM unnest(%(keys)s::bigint[], %(most)s::int[], %(nth)s::int[]) AS one(wanted, most, nth)
  UNION ALL
    SELECT nth, wanted, most, taken + 1, (SELECT incident_id FROM comparison_key
        WHERE hash = wanted AND incident_id < recovery ORDER BY incident_id DESC LIMIT 1)
    FROM step WHERE recovery IS NOT NULL AND taken <= most)
SELECT nth, recovery::text, reading_id::text FROM step, LATERAL (
    SELECT reading_id FROM comparison_key WHERE hash = wanted AND incident_id = recovery
    ORDER BY incident_id DESC, reading_id DESC LIMIT %(each)s) AS held"""
_HELD = """SELECT id::text, "values" FROM comparison_reading WHERE id = ANY(%(found)s::uuid[])"""
_BY_SERIAL = """(SELECT id::text, incident_id::text, serial_number FROM comparison_reading
    WHERE counter = %(counter)s AND counter <> '' AND serial_number >= %(serial)s
    AND incident_id IS DISTINCT FROM %(own)s ORDER BY counter, serial_number LIMIT %(most)s)
UNION ALL (SELECT id::text, incident_id::text, serial_number FROM comparison_reading
    WHERE counter = %(counter)s AND counter <> '' AND serial_number < %(serial)s
    AND incident_id IS DISTINCT FROM %(own)s
    ORDER BY counter DESC, serial_number DESC LIMIT %(most)s)"""


def candidates_for(
    reading: Reading, census: Census, linked: Iterable[UUID], parameters: Parameters
) -> list[Reading]:
    """Readings it is linked to, and those of other recoveries that promise most.

    `linked` are components. A reading that was never stored finds its relatives all the same.
    """
    promising = promising_for(reading, worth_of(census), parameters)
    wanted = Q(pk__in=promising) | Q(component__in=list(linked))
    return list(Reading.objects.elsewhere(reading).filter(wanted).to_compare())


def promising_for(reading: Reading, worth: dict[str, float], parameters: Parameters) -> list[str]:
    """The ids of readings that promise most, few of any one recovery, the best first."""
    facts = facts_in(reading)
    questions = questions_of(facts, worth)
    found = found_by_key(questions, reading.incident_id)
    for one, recovery, near in neighbours_of(reading, parameters):
        held = found.setdefault(one, Found(recovery))
        held.near += near
        held.under |= BESIDE
    promise = Promise(questions, worth)
    ranked = sorted([(promise.of(one), key) for key, one in found.items()], reverse=True)
    looked_into = held_by([key for _promise, key in ranked[:LOOKED_INTO]])
    seen = Held(asked_for(facts), worth, parameters)
    ranked = [
        (seen.promise(held) + promise.hint(found[key]), key) for key, held in looked_into.items()
    ]
    ranked.sort(reverse=True)
    taken: Counter[str] = Counter()
    chosen = []
    for _promise, key in ranked:
        taken[found[key].recovery] += 1
        if taken[found[key].recovery] <= PER_RECOVERY:
            chosen.append(key)
    return chosen[:CANDIDATES]


def held_by(found: list[str]) -> dict[str, list[str]]:
    """All that each of these readings holds, wherever it was found.

    A common value is looked under for its latest recoveries alone; an earlier one that was found
    for its serial holds that value all the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"found": found})
        return dict(cursor.fetchall())


def worth_of(census: Census) -> dict[str, float]:
    """What agreeing on each feature is worth (log10) by its counts, however few these are."""
    n = max(census.recoveries, 1)
    held = {feature: min(f, census.known.get(feature, n)) for feature, f in census.holders.items()}
    return {
        feature: log10(agreement_ratio(f, max(f, census.known.get(feature, n)), _USUAL_ERROR))
        for feature, f in held.items()
    }


def questions_of(facts: ComponentFacts, worth: dict[str, float]) -> list[Question]:
    """What to look under, from what is recorded of a component."""
    return [
        *_own_numbers(facts),
        *_held_values(facts, worth),
        *_other_categories(facts),
        *_other_spellings(facts),
    ]


def _own_numbers(facts: ComponentFacts) -> Iterator[Question]:
    """One photograph, one serial, one that may have been misread, and serials nearby."""
    for digest in facts.photos[:_MOST_PHOTOS]:
        yield Question(hashed(f"photo:{digest}"), NARROWLY, hint=_ALARM)
    if serial := facts.marks.get("serial"):
        yield Question(hashed(f"serial:{serial}"), WIDELY, hint=_ALARM)
        for form in sorted(spellings(serial)):
            yield Question(hashed(f"read:serial:{form}"), BRIEFLY, hint=_MISREAD)
    for key in block_keys(facts, around=1):
        yield Question(hashed(key), NARROWLY, hint=_NEAR)


def _held_values(facts: ComponentFacts, worth: dict[str, float]) -> Iterator[Question]:
    """Each value, telling ones in more recoveries; two common ones together; a common part in
    each theatre.
    """
    category = facts.category
    for feature, value in asked_for(facts):
        most = WIDELY if worth.get(feature, 0.0) >= 1 else NARROWLY
        yield Question(hashed(held_key(category, f"{feature}={value}")), most, (feature,))
    for pair in telling_pairs(facts):
        features = tuple(value.partition("=")[0] for value in pair)
        yield Question(hashed(pair_key(category, *pair)), NARROWLY, features)
    part = facts.marks.get("part")
    if part and worth.get("part", 0.0) < _COMMON:
        for theatre in _asked(_THEATRES, {}):
            yield Question(hashed(theatre_key(category, part, theatre)), BRIEFLY, ("part",))


def asked_for(facts: ComponentFacts) -> Iterator[tuple[str, str]]:
    """Each value that relatives may share; a suspected counterfeit's maker is nobody's."""
    for feature, value in facts.values.items():
        if feature != "maker" or not facts.is_counterfeit_suspected:
            yield feature, value


def _other_categories(facts: ComponentFacts) -> Iterator[Question]:
    """What a maker or a concealer assigned, on parts of which nobody said what they are; or, for
    such a part, on any.
    """
    marks = facts.marks
    for feature in ASSIGNED:
        if feature not in marks:
            continue
        if facts.category in UNSPECIFIC_CATEGORIES:
            yield Question(hashed(f"{feature}:{marks[feature]}"), NARROWLY, (feature,))
        for category in categories_beside(facts.category):
            key = held_key(category, f"{feature}={marks[feature]}")
            yield Question(hashed(key), BRIEFLY, (feature,))


def _other_spellings(facts: ComponentFacts) -> Iterator[Question]:
    """Parts whose number this one may be a misreading of."""
    part = facts.marks.get("part", "")
    categories = {facts.category, *categories_beside(facts.category)}
    forms = [hashed(key) for category in categories for key in spelling_keys(category, part)]
    mine = hashed(held_key(facts.category, f"part={part}"))
    told = {"forms": forms, "mine": mine, "most": _MOST_SPELLINGS}
    for held in _asked(_SPELLED, told) if forms else ():
        yield Question(held, NARROWLY, hint=_MISREAD)


def _asked(sql: str, told: dict[str, Any]) -> list[Any]:
    """The one column of what is asked."""
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return [value for (value,) in cursor.fetchall()]


def found_by_key(questions: list[Question], own: UUID | None) -> dict[str, Found]:
    """Readings of other recoveries by id, found under these keys; questions count from 1.

    The latest under each key are read in one go. Where a few recoveries gave nearly all of them,
    that key is read again, recovery by recovery.
    """
    numbered = dict(enumerate(questions, 1))
    rows = _under(_BY_KEY, numbered)
    full = Counter(number for number, _recovery, _key in rows)
    apart = Counter(number for number, _recovery in {row[:2] for row in rows})
    crowded = {
        number: question
        for number, question in numbered.items()
        if full[number] == question.most + PER_RECOVERY and apart[number] * 2 < question.most
    }
    if crowded:
        rows = [row for row in rows if row[0] not in crowded] + _under(_BY_RECOVERY, crowded)
    found: dict[str, Found] = {}
    taken: Counter[tuple[int, str]] = Counter()
    for number, recovery, key in rows:
        taken[number, recovery] += 1
        if recovery != str(own) and taken[number, recovery] <= PER_RECOVERY:
            found.setdefault(key, Found(recovery)).under |= 1 << number
    return found


def _under(sql: str, numbered: Mapping[int, Question]) -> list[tuple[int, str, str]]:
    """What stands under the keys of these questions: number, recovery and reading."""
    asked = numbered.values()
    told: dict[str, Any] = {"keys": [q.hash for q in asked], "most": [q.most for q in asked]}
    with connection.cursor() as cursor:
        cursor.execute(sql, {**told, "nth": list(numbered), "each": PER_RECOVERY})
        return list(cursor.fetchall())


def neighbours_of(reading: Reading, parameters: Parameters) -> Iterator[tuple[str, str, float]]:
    """The nearest serials of its numbering elsewhere: id, recovery, and a hint (log10)."""
    if not reading.counter or reading.serial_number is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _BY_SERIAL,
            {
                "counter": reading.counter,
                "serial": reading.serial_number,
                "own": reading.incident_id,
                "most": NEIGHBOURS,
            },
        )
        for key, recovery, number in cursor.fetchall():
            apart = abs(number - reading.serial_number)
            yield key, recovery, 2 * exp(-apart / parameters.batch_scale)
