"""The keys under which a component is filed, so that likely relatives are found without a search.

Two components are worth scoring when they share a key. A key is a text, `kind:value`, and is filed
as its hash of 64 bits; keys only find, and never count as agreement.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

from comparison.methods.facts import UNSPECIFIC_CATEGORIES, ComponentFacts
from comparison.methods.parameters import IDENTITY, PARAMETERS
from core.normalise import WILDCARD, fold_confusable

ASSIGNED = ("part", "lot", "firmware", "concealment")
"""What is looked for beyond one's own category: a fragment bears the part number of what it was."""

BLOCK = 100
"""Serial numbers to a block: twice the scale of a batch."""

_SHORTEST_FOLDED, _LONGEST_FOLDED = 4, 40
_MOST_PAIRED = 8


def hashed(key: str) -> int:
    """A key as it is filed: 64 bits, signed."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def held_key(category: str, value: str = "") -> str:
    """That a component of this category holds `feature=value`; without one, that it is of it."""
    return f"held:{category}:{value}"


def held_keys(category: str, values: Iterable[str]) -> dict[int, str]:
    """Whatever is counted of one component by its hash: its category, and each value it holds."""
    return {_held(category, value): value for value in ("", *values)}


@lru_cache(maxsize=65_536)
def _held(category: str, value: str) -> int:
    return hashed(held_key(category, value))


def values_of(facts: ComponentFacts) -> list[str]:
    """Everything whose rarity is counted, each as `feature=value`."""
    return sorted(f"{feature}={value}" for feature, value in facts.values.items())


def retrieval_keys(facts: ComponentFacts, theatre: str = "") -> tuple[str, ...]:
    """All keys of one component, sorted.

    `read` keys find one character misread, missing, added or left as `?` in a serial after folding
    characters that are commonly confused; `spellings` do the same for part numbers.
    """
    marks = facts.marks
    keys = {held_key(facts.category, value) for value in ("", *values_of(facts))}
    keys |= {f"{kind}:{marks[kind]}" for kind in (*ASSIGNED, "serial") if kind in marks}
    keys |= {f"read:serial:{form}" for form in spellings(marks.get("serial", ""))}
    keys |= {f"photo:{digest}" for digest in facts.photos}
    keys |= {pair_key(facts.category, *pair) for pair in telling_pairs(facts)}
    if part := marks.get("part"):
        keys.add(f"read:part:{fold_confusable(part)}")
        keys.add(theatre_key(facts.category, part, theatre))
    keys |= set(block_keys(facts, around=0))
    return tuple(sorted(keys))


def theatre_key(category: str, part: str, theatre: str) -> str:
    """One part number in one theatre: so that a common part of elsewhere is found as well."""
    return f"theatre:{category}:{part}:{theatre}"


def pair_key(category: str, one: str, other: str) -> str:
    """Two independent values together: what tells something where each alone is common."""
    return f"both:{category}:{one}&{other}"


def telling_pairs(facts: ComponentFacts) -> Iterator[tuple[str, str]]:
    """Each two values of different groups, the part or else the maker standing for identity."""
    root = next((feature for feature in ("part", "maker") if feature in facts.marks), None)
    told = sorted(facts.values, key=lambda feature: (feature != root, feature))
    apart = [f for f in told if f == root or PARAMETERS.group_of(f) != IDENTITY][:_MOST_PAIRED]
    for one, other in combinations(apart, 2):
        if PARAMETERS.group_of(one) != PARAMETERS.group_of(other):
            yield f"{one}={facts.values[one]}", f"{other}={facts.values[other]}"


def block_keys(facts: ComponentFacts, *, around: int) -> Iterator[str]:
    """The block of a hundred that a serial with a prefix lies in, and `around` blocks beside it."""
    serial = facts.counter
    if serial is None or not serial.prefix:
        return
    numbering = f"{facts.category}:{serial.prefix}:{serial.width}:{serial.suffix}"
    block = serial.number // BLOCK
    for at in range(max(0, block - around), block + around + 1):
        yield f"block:{numbering}:{at}"


def spellings(mark: str) -> set[str]:
    """The folded marking and each form with one character left out.

    Two markings within one edit of each other, and any two that agree but for one `?`, share one.
    """
    folded = fold_confusable(mark)
    if not _SHORTEST_FOLDED <= len(folded) <= _LONGEST_FOLDED:
        return set()
    shorter = {folded[:at] + folded[at + 1 :] for at in range(len(folded))}
    return {form for form in {folded, *shorter} if WILDCARD not in form}


def spelling_keys(category: str, part: str) -> Iterator[str]:
    """Under what a part number stands in the list of those that some component of it bears."""
    for form in sorted(spellings(part)):
        yield f"spelling:{category}:{form}"


def categories_beside(category: str) -> frozenset[str]:
    """The categories that contradict nobody's: those that name no kind of component."""
    return frozenset(UNSPECIFIC_CATEGORIES - {category})
