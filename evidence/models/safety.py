"""The words in which it is said whether an exhibit may be touched."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RenderSafe(models.TextChoices):
    """How far the explosive hazard of an exhibit was dealt with."""

    NOT_NEEDED = "not-needed", _("no explosive hazard seen")
    NOT_ASSESSED = "not-assessed", _("not assessed")
    UNSAFE = "not-safe", _("not safe: do not move or open")
    INERT = "found-safe", _("found safe without a procedure")
    RENDERED_SAFE = "rendered-safe", _("rendered safe")


CLEARED = {RenderSafe.NOT_NEEDED, RenderSafe.INERT, RenderSafe.RENDERED_SAFE}
"""The states in which somebody qualified has said that it may be handled."""
