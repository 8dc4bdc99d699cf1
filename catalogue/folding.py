"""Writes names the way they are compared: one spelling for every hyphen, space, case and accent."""

import re
import unicodedata

TATWEEL = "\u0640"
SAME_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", TATWEEL: None})
LEGAL_FORMS = frozenset(
    "ag ao as bv co company corp corporation gmbh inc incorporated joint jsc kg limited llc llp ltd"
    " nv ooo oy plc pjsc sa sarl sas spa srl stock the zao".split()
)


def plain(text: str) -> str:
    """NFKC, ASCII hyphens and single spaces: text that is printed, not yet compared."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """Letters and digits only, without case or accents: `Samad\u20113` becomes `samad3`."""
    decomposed = unicodedata.normalize("NFKD", plain(text).casefold().translate(SAME_LETTERS))
    return "".join(character for character in decomposed if character.isalnum())


def fold_maker(text: str) -> str:
    """A maker's name folded without its legal form: `Futaba Co., Ltd.` becomes `futaba`."""
    words = [fold(word) for word in re.split(r"[\s,;()/]+", plain(text))]
    kept = [word for word in words if word and word not in LEGAL_FORMS]
    return "".join(kept) or fold(text)


def fold_all(names: list[str]) -> str:
    """Several names as one searched column, each folded, once, in order."""
    return " ".join(dict.fromkeys(folded for name in names if (folded := fold(name))))
