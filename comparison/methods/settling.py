"""How far a count may move before what is said of a pair changes: until then no link is redone."""

from bisect import bisect_left

from comparison.methods.discretion import STEP, published_holders, published_range

Span = tuple[int, int]
"""The least and the most of a count that are told alike."""

THE_PAIR = 2
"""The two recoveries compared count for themselves, never in f or n."""

_FEW = 210
_A_TWENTIETH = 20
_ANY = 10**18


def holders_told_alike(recoveries: int) -> Span:
    """Counts of a value that give every pair holding it the same f as this one does."""
    told = published_holders(max(0, recoveries - THE_PAIR), _ANY)
    least = bisect_left(range(told), told, key=lambda f: published_holders(f, _ANY))
    return (least + THE_PAIR if least else 0), told + THE_PAIR


def recoveries_told_alike(recoveries: int) -> Span:
    """Counts of a category whose n moves no figure in two digits.

    Whole tens up to 210, for a hundred are needed for any figure; then a twentieth either way.
    """
    n = max(0, recoveries - THE_PAIR)
    if recoveries <= _FEW:
        tens = n - n % STEP
        return (tens + THE_PAIR if tens else 0), tens + STEP - 1 + THE_PAIR
    return recoveries - recoveries // _A_TWENTIETH, recoveries + recoveries // _A_TWENTIETH


def ranges_told_alike(serials: int) -> Span:
    """Ranges of a numbering that are told as this one is."""
    told = published_range(serials) if serials else 0
    width = 10 ** (len(str(serials)) - 1) if serials else 1
    return told, told + width - 1
