"""Write a maker's name as it is compared."""

import re
from functools import lru_cache

from catalogue.folding import LEGAL_FORMS, fold
from core.normalise import normalise

_BETWEEN_WORDS = re.compile(r"[\s,;()/]+")


@lru_cache(maxsize=65_536)
def normalise_maker(name: str) -> str:
    """A maker's name in normalised form without its legal form: `Aerotek Co., Ltd.` is `AEROTEK`.

    As the catalogue knows makers, so that a name that it does not hold is no other for an `Ltd`.
    """
    words = [word for word in _BETWEEN_WORDS.split(name) if fold(word) not in LEGAL_FORMS]
    return normalise("".join(words)) or normalise(name)
