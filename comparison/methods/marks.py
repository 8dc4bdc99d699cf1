"""Hold two readings of one marking against each other."""

from comparison.methods.assessment import Agreement, Reason
from core.normalise import WILDCARD, could_be_same, fold_confusable, within_one_edit


def compare_marks(left: str, right: str) -> tuple[Agreement, Reason]:
    """How two normalised, recorded markings stand.

    Equal readings agree. A reading with `?` that fits is similar, never equal. Two that differ only
    where eyes and OCR err are similar too: read them again before calling it a difference.
    """
    is_whole = WILDCARD not in left and WILDCARD not in right
    if left == right:
        return (Agreement.AGREE, Reason.NONE) if is_whole else (Agreement.SIMILAR, Reason.PARTIAL)
    if not is_whole and could_be_same(left, right):
        return Agreement.SIMILAR, Reason.PARTIAL
    folded_left, folded_right = fold_confusable(left), fold_confusable(right)
    if could_be_same(folded_left, folded_right):
        return Agreement.SIMILAR, Reason.MISREADING
    return Agreement.DIFFER, Reason.NO_WEIGHT


_SHORTEST_NAME = 5


def compare_names(left: str, right: str) -> tuple[Agreement, Reason]:
    """How two makers' names stand: one letter off in a whole word is a slip, or a forger's.

    Numbers are assigned, so that one character makes another part; nobody assigns names.
    """
    agreement, reason = compare_marks(left, right)
    is_word = min(len(left), len(right)) >= _SHORTEST_NAME
    if agreement is Agreement.DIFFER and is_word and within_one_edit(left, right):
        return Agreement.SIMILAR, Reason.MISREADING
    return agreement, reason


def is_one_off(left: str, right: str) -> bool:
    """Whether one character changed, missing or added turns one reading into the other, beside
    those that eyes and OCR take for one another.
    """
    if abs(len(left) - len(right)) > 1:
        return False
    return within_one_edit(fold_confusable(left), fold_confusable(right))
