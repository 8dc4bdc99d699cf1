"""The words of assertions about actors: on what, and how far it is established. No figures."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Dimension(models.TextChoices):
    """On what an assertion speaks."""

    WEAPON_ACCESS = "weapon-access", _("access to the weapon")
    SKILL = "technical-skill", _("technical skill")
    LAUNCH_ACCESS = "launch-access", _("access to a launch place")
    RANGE = "range", _("range of the weapon")
    MOTIVE = "motive", _("motive")
    BENEFIT = "benefit", _("benefit")
    PRESENCE = "presence", _("presence")
    TIME_WINDOW = "time-window", _("time window")
    COMMAND = "command-and-control", _("command and control")
    PATTERN = "prior-pattern", _("prior pattern")
    CLAIM = "claim-denial", _("claim or denial")
    COUNTER = "counter-indicator", _("counter-indicator")


GROUPS: tuple[tuple[str | Promise, tuple[Dimension, ...]], ...] = (
    (
        _("Means"),
        (Dimension.WEAPON_ACCESS, Dimension.SKILL, Dimension.LAUNCH_ACCESS, Dimension.RANGE),
    ),
    (_("Motive"), (Dimension.MOTIVE, Dimension.BENEFIT)),
    (_("Opportunity"), (Dimension.PRESENCE, Dimension.TIME_WINDOW)),
    (_("Command and control"), (Dimension.COMMAND,)),
    (_("Prior pattern"), (Dimension.PATTERN,)),
    (_("Claims and denials"), (Dimension.CLAIM,)),
)
"""The dimensions in the order in which they are read; what speaks against one stands beside it."""

OF_THINGS = frozenset(
    {Dimension.WEAPON_ACCESS, Dimension.SKILL, Dimension.PATTERN, Dimension.COUNTER}
)
"""Likeness of parts may carry these by itself: on who was where and wanted what it is silent."""

COUNTERED = [(one.value, one.label) for one in Dimension if one != Dimension.COUNTER]
"""What a counter-indicator may speak against."""


class Standing(models.TextChoices):
    """How far what is asserted is established: words in no order of merit, never a figure."""

    DEMONSTRATED = "demonstrated", _("demonstrated")
    LIKELY = "likely", _("likely")
    POSSIBLE = "possible", _("possible")
    UNLIKELY = "unlikely", _("unlikely")
    EXCLUDED = "excluded", _("excluded")
    UNKNOWN = "unknown", _("unknown")
