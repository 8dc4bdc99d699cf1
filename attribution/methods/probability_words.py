"""Words of probability in prose, English and Arabic, and whether they fit the likelihood chosen.

The seven terms are those of ICD 203 (2015, D.6.e.2.a) with their second column (“remote”,
“probable” and so on). Only whole terms are read: “very unlikely” is not “likely”.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ORDER = (
    *("almost-no-chance", "very-unlikely", "unlikely", "roughly-even-chance"),
    *("likely", "very-likely", "almost-certain"),
)
TERMS: dict[str, tuple[str, ...]] = {
    "almost-no-chance": ("almost no chance", "almost no likelihood", "remote chance"),
    "very-unlikely": ("very unlikely", "highly unlikely", "highly improbable"),
    "unlikely": ("unlikely", "improbable"),
    "roughly-even-chance": ("roughly even chance", "roughly even odds", "even chance"),
    "likely": ("likely", "probable", "probably"),
    "very-likely": ("very likely", "highly likely", "highly probable", "very probably"),
    "almost-certain": (
        *("almost certain", "almost certainly", "nearly certain", "nearly certainly"),
        "virtually certain",
    ),
}
ARABIC_TERMS: dict[str, tuple[str, ...]] = {
    "almost-no-chance": ("يكاد ينعدم احتماله", "يكاد ينعدم احتمال", "احتمال شبه معدوم"),
    "very-unlikely": ("مستبعد جدا", "مستبعدة جدا", "غير مرجح البتة"),
    "unlikely": ("مستبعد", "مستبعدة", "غير مرجح", "غير المرجح", "غير محتمل", "غير المحتمل"),
    "roughly-even-chance": ("احتمال متكافئ تقريبا", "احتمال متكافئ", "متساوي الاحتمال"),
    "likely": ("مرجح", "مرجحة", "محتمل", "محتملة"),
    "very-likely": ("مرجح جدا", "مرجحة جدا", "محتمل جدا", "محتملة جدا"),
    "almost-certain": ("شبه مؤكد", "شبه المؤكد", "شبه مؤكدة", "مؤكد تقريبا"),
}
DENIED = {
    "not very likely": frozenset(ORDER[:4]),
    "not likely": frozenset(ORDER[:3]),
    "not probable": frozenset(ORDER[:3]),
    "not unlikely": frozenset(ORDER[3:5]),
    "not almost certain": frozenset(ORDER[:6]),
}
"""A term denied leaves open which other is meant: each with those that it does not contradict."""

VOWEL_SIGNS = re.compile("[\u064b-\u0652\u0670\u0640]")
"""Arabic vowel signs and the stroke that stretches letters: they change no word."""


@dataclass(frozen=True)
class Contradiction:
    """A sentence that says another likelihood than was chosen, and the words that say so."""

    sentence: str
    words: str


def fitting() -> dict[str, frozenset[str]]:
    """Every phrase with the likelihoods that it fits."""
    terms = [*TERMS.items(), *ARABIC_TERMS.items()]
    return {**{word: frozenset({term}) for term, words in terms for word in words}, **DENIED}


def as_pattern(phrase: str) -> str:
    """A phrase however it is spaced; Arabic ones with the article and the letters joined to it."""
    words = [re.escape(word) for word in phrase.split()]
    if phrase.isascii():
        return r"\b" + r"\s+".join(words) + r"\b"
    return r"\b[وفبلك]?(?:ال|لل)?" + r"\s+(?:ال)?".join(words) + r"\b"


FITS = fitting()
PHRASES = sorted(FITS, key=len, reverse=True)
SAID = re.compile("|".join(f"({as_pattern(phrase)})" for phrase in PHRASES), re.IGNORECASE)


def contradiction(sentences: Iterable[str], likelihood: str) -> Contradiction | None:
    """The first sentence whose words of probability do not fit the likelihood, if there is one.

    Without a likelihood nothing is contradicted.
    """
    for sentence in sentences if likelihood else ():
        for found in SAID.finditer(VOWEL_SIGNS.sub("", sentence)):
            phrase = PHRASES[(found.lastindex or 1) - 1]
            if likelihood not in FITS[phrase]:
                return Contradiction(sentence.strip(), found.group())
    return None
