"""The words of attribution: the ladder of levels, likelihood, confidence and state links."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """The attribution ladder; what is established on one rung says nothing of the next."""

    UNKNOWN = 0, _("L0 not known")
    WEAPON_TYPE = 1, _("L1 weapon type")
    DESIGN = 2, _("L2 country or maker of the design")
    MANUFACTURE = 3, _("L3 country or maker of this unit")
    SUPPLY = 4, _("L4 supply chain or last legal holder")
    OPERATOR = 5, _("L5 operating unit or group")
    DIRECTION = 6, _("L6 directing organisation or state organ")
    INDIVIDUALS = 7, _("L7 named individuals")


TWO_PERSON_LEVEL = Level.OPERATOR
"""From here on a finding says who used the weapon, and two people release it."""


class Likelihood(models.TextChoices):
    """How probable the statement is: the seven terms of ICD 203."""

    ALMOST_NO_CHANCE = "almost-no-chance", _("almost no chance")
    VERY_UNLIKELY = "very-unlikely", _("very unlikely")
    UNLIKELY = "unlikely", _("unlikely")
    EVEN = "roughly-even-chance", _("roughly even chance")
    LIKELY = "likely", _("likely")
    VERY_LIKELY = "very-likely", _("very likely")
    ALMOST_CERTAIN = "almost-certain", _("almost certain")


BANDS: dict[str, str] = {
    Likelihood.ALMOST_NO_CHANCE: "1–5 %",
    Likelihood.VERY_UNLIKELY: "5–20 %",
    Likelihood.UNLIKELY: "20–45 %",
    Likelihood.EVEN: "45–55 %",
    Likelihood.LIKELY: "55–80 %",
    Likelihood.VERY_LIKELY: "80–95 %",
    Likelihood.ALMOST_CERTAIN: "95–99 %",
}
"""The probability that each term stands for (ICD 203, 2015, D.6.e.2.a)."""


class Confidence(models.TextChoices):
    """How well the judgement is supported; it is no probability."""

    LOW = "low", _("low")
    MODERATE = "moderate", _("moderate")
    HIGH = "high", _("high")


class StateLink(models.TextChoices):
    """What a state had to do with it (Atlantic Council's spectrum of state responsibility)."""

    PROHIBITED = "state-prohibited", _("prohibited by the state")
    INADEQUATE = "state-prohibited-but-inadequate", _("prohibited, but not adequately")
    IGNORED = "state-ignored", _("ignored by the state")
    ENCOURAGED = "state-encouraged", _("encouraged by the state")
    SHAPED = "state-shaped", _("shaped by the state")
    COORDINATED = "state-coordinated", _("coordinated by the state")
    ORDERED = "state-ordered", _("ordered by the state")
    ROGUE = "state-rogue-conducted", _("conducted by rogue forces of the state")
    EXECUTED = "state-executed", _("executed by the state")
    INTEGRATED = "state-integrated", _("integrated with the state's own forces")


class Standard(models.TextChoices):
    """The nine questions of the reviewer's checklist, after ICD 203's tradecraft standards."""

    SOURCES = "sources", _("The quality of every source is described.")
    UNCERTAINTY = "uncertainty", _("Uncertainty is stated, with its reasons.")
    JUDGEMENT = "judgement", _("Facts, assumptions and judgements are told apart.")
    ALTERNATIVES = "alternatives", _("The alternatives were weighed fairly.")
    RELEVANCE = "relevance", _("It answers the question that was put, and no other.")
    ARGUMENT = "argument", _("The argument is clear and follows from the evidence.")
    CHANGE = "change", _("What changed since the last judgement is said, or there was none.")
    ACCURACY = "accuracy", _("Every fact was compared with its record.")
    VISUALS = "visuals", _("Pictures and tables mislead nobody, or there are none.")


class Audience(models.TextChoices):
    """Who may be told."""

    TEAM = "team", _("the investigating bodies")
    PARTNERS = "partners", _("partner agencies")
    PROSECUTION = "prosecution", _("prosecutors and courts")
    PUBLIC = "public", _("the public")


class Passage(models.TextChoices):
    """The prose of a finding, by the names of its fields: what a comment can be about."""

    STATEMENT = "statement", _("statement")
    LEVEL_REASON = "level_reason", _("why it stays below the level of the hypothesis")
    CONFIDENCE_BASIS = "confidence_basis", _("what the confidence rests on")
    KEY_ASSUMPTIONS = "key_assumptions", _("key assumptions")
    ALTERNATIVES = "alternatives_considered", _("alternatives considered")
    INDICATORS = "indicators_of_change", _("what would change this finding")
    LIMITS = "limits", _("gaps and limits")
    NO_CONTRARY = "no_contrary_reason", _("why no contrary evidence is cited")
