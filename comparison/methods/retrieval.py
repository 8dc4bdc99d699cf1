"""The keys under which a component is filed, so that likely relatives are found without a search.

Two components are worth scoring when they share a key; an inverted index over the keys finds them.
"""

from comparison.methods.facts import UNSPECIFIC_CATEGORIES, ComponentFacts
from core.normalise import WILDCARD, fold_confusable

RAREST_FIRST = ("photo", "firmware", "serial", "read", "part", "lot", "hidden", "prefix", "maker")
"""The kinds of key, the most telling first: look up in this order when candidates are limited."""

_SHORTEST_FOLDED, _LONGEST_FOLDED = 4, 40


def retrieval_keys(facts: ComponentFacts) -> tuple[str, ...]:
    """All keys of one component, each `kind:value`, sorted.

    `read` keys find one character misread, missing, added or left as `?` in a part number or serial
    after folding characters that are commonly confused; they never count as agreement.
    """
    marks = facts.marks
    keys = {f"{kind}:{marks[kind]}" for kind in ("firmware", "serial") if kind in marks}
    for feature in ("part", "serial"):
        keys |= {f"read:{feature}:{key}" for key in _read_keys(marks.get(feature, ""))}
    if part := marks.get("part"):
        keys.add(f"part:{part}")
    if lot := marks.get("lot"):
        keys.add(f"lot:{lot}")
    if pattern := marks.get("concealment"):
        keys.add(f"hidden:{pattern}")
    keys |= {f"photo:{digest}" for digest in facts.photos}
    if facts.counter and facts.counter.prefix:
        keys.add(f"prefix:{facts.counter.prefix}:{facts.counter.width}")
    if (maker := marks.get("maker")) and not facts.is_counterfeit_suspected:
        category = "" if facts.category in UNSPECIFIC_CATEGORIES else facts.category
        keys.add(f"maker:{category}:{maker}")
    return tuple(sorted(keys))


def _read_keys(mark: str) -> set[str]:
    """The folded marking and each form with one character left out.

    Two markings within one edit of each other, and any two that agree but for one `?`, share one.
    """
    folded = fold_confusable(mark)
    if not _SHORTEST_FOLDED <= len(folded) <= _LONGEST_FOLDED:
        return set()
    shorter = {folded[:at] + folded[at + 1 :] for at in range(len(folded))}
    return {key for key in {folded, *shorter} if WILDCARD not in key}
