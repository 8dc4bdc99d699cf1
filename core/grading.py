"""How sources and results are graded: the Admiralty scale (NATO AJP-2.1), and words of support."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reliability(models.TextChoices):
    """How reliable a source is; F is unknown, never a midpoint."""

    A = "A", _("A completely reliable")
    B = "B", _("B usually reliable")
    C = "C", _("C fairly reliable")
    D = "D", _("D not usually reliable")
    E = "E", _("E unreliable")
    F = "F", _("F cannot be judged")


class Credibility(models.TextChoices):
    """How credible one report is; 6 is unknown, never a midpoint."""

    CONFIRMED = "1", _("1 confirmed by other sources")
    PROBABLY_TRUE = "2", _("2 probably true")
    POSSIBLY_TRUE = "3", _("3 possibly true")
    DOUBTFUL = "4", _("4 doubtful")
    IMPROBABLE = "5", _("5 improbable")
    CANNOT_BE_JUDGED = "6", _("6 cannot be judged")


class Band(models.TextChoices):
    """The verbal scale, and the words used where there is no figure."""

    NONE = "no-support", _("no support either way")
    WEAK = "weak", _("weak support")
    MODERATE = "moderate", _("moderate support")
    MODERATELY_STRONG = "moderately-strong", _("moderately strong support")
    STRONG = "strong", _("strong support")
    VERY_STRONG = "very-strong", _("very strong support")
    EXTREMELY_STRONG = "extremely-strong", _("extremely strong support")
    INSUFFICIENT = "insufficient-reference-data", _("insufficient reference data")
    WITHHELD = "withheld", _("withheld")
    NOTHING = "nothing-comparable", _("nothing to compare")
