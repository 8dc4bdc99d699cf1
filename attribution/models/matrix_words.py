"""The words of the matrix: how a row bears on a hypothesis, and how much the row weighs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Rating(models.TextChoices):
    """How one row bears on one hypothesis (Heuer; the scale of AchCell in the field's terms)."""

    CC = "CC", _("strongly consistent")
    C = "C", _("consistent")
    N = "N", _("neutral")
    I = "I", _("inconsistent")  # noqa: E741 — the letter analysts write
    II = "II", _("strongly inconsistent")
    NA = "NA", _("not applicable")


class Degree(models.TextChoices):
    """How credible, or how relevant, a row is: it weighs 0.5, 1 or 1.5."""

    LOW = "L", pgettext_lazy("credibility or relevance", "low")
    MEDIUM = "M", pgettext_lazy("credibility or relevance", "medium")
    HIGH = "H", pgettext_lazy("credibility or relevance", "high")
