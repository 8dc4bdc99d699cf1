"""Writes names the way they are compared: one spelling for every hyphen, space, case and accent."""

import re
import unicodedata

TATWEEL = "\u0640"
SAME_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", TATWEEL: None}
)
LEGAL_FORMS = {
    *("ag", "ao", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "jsc", "kg"),
    *("limited", "llc", "llp", "ltd", "nv", "ooo", "oy", "pjsc", "plc", "sa", "sarl", "sas"),
    *("spa", "srl", "incorporated", "joint", "stock", "the", "zao"),
}


def plain(text: str) -> str:
    """NFKC, ASCII hyphens and single spaces: text that is printed, not yet compared."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """Letters and digits only, without case or accents: `Samad\u20113` becomes `samad3`."""
    decomposed = unicodedata.normalize("NFKD", plain(text).casefold().translate(SAME_LETTERS))
    return "".join(western(character) for character in decomposed if character.isalnum())


def western(character: str) -> str:
    """`٣` and `۳` as `3`; any other letter as it is."""
    digit = unicodedata.digit(character, None)
    return character if digit is None else str(digit)


def fold_maker(text: str) -> str:
    """A maker's name folded without its legal form: `Futaba Co., Ltd.` becomes `futaba`."""
    words = [fold(word) for word in re.split(r"[\s,;()/]+", plain(text))]
    kept = [word for word in words if word and word not in LEGAL_FORMS]
    return "".join(kept) or fold(text)


def fold_all(names: list[str]) -> str:
    """Several names as one searched column, each folded, once, in order."""
    return " ".join(dict.fromkeys(folded for name in names if (folded := fold(name))))
