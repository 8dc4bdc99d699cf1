"""The words in which help is asked for, offered and agreed on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Capability(models.TextChoices):
    """What an agency can do for an investigation."""

    EOD = "EOD", _("explosive ordnance disposal")
    DVI = "DVI", _("disaster victim identification")
    POST_BLAST = "post-blast", _("post-blast investigation")
    UAV = "UAV-exploitation", _("exploitation of drones")
    FIRMWARE = "firmware-data-recovery", _("firmware and data recovery")
    EXPLOSIVES_LAB = "explosives-lab", _("explosives laboratory")
    IMAGERY = "imagery", _("imagery")
    GEOSPATIAL = "geospatial", _("geospatial analysis")
    TELECOM = "telecom", _("telecommunications")
    RADAR = "radar", _("radar")
    FINANCIAL = "financial-tracing", _("financial tracing")
    LEGAL = "legal-MLA", _("legal advice and mutual legal assistance")
    TRAINING = "training", _("training")
    EQUIPMENT = "equipment", _("equipment")
    WITNESS = "witness-protection", _("witness protection")
    TRANSLATION = "translation", _("translation")


class Urgency(models.TextChoices):
    """How soon it is needed."""

    ROUTINE = "routine", _("routine")
    PRIORITY = "priority", _("priority")
    IMMEDIATE = "immediate", _("immediate")


class NeedStatus(models.TextChoices):
    """How far the help has come that a case needs."""

    OPEN = "open", pgettext_lazy("need", "open")
    OFFERED = "offered", pgettext_lazy("need", "offered")
    MATCHED = "matched", _("agreed on")
    FULFILLED = "fulfilled", _("fulfilled")
    DECLINED = "declined", _("not pursued")
    EXPIRED = "expired", pgettext_lazy("need", "expired")


UNANSWERED = (NeedStatus.OPEN, NeedStatus.OFFERED)
"""While nothing is agreed on, the day by which it is needed may pass."""

UNDER_WAY = (*UNANSWERED, NeedStatus.MATCHED)
"""While the need still stands."""


class Answer(models.TextChoices):
    """What an agency said that was asked to contribute."""

    WAITING = "waiting", _("no answer yet")
    OFFERED = "offered", _("offered help")
    DECLINED = "declined", pgettext_lazy("contribution", "declined")


class Decision(models.TextChoices):
    """What the lead decided on an offer, in writing."""

    PENDING = "pending", _("not decided")
    ACCEPTED = "accepted", pgettext_lazy("offer", "accepted")
    CONDITIONAL = "conditional", _("accepted conditionally")
    DECLINED = "declined", pgettext_lazy("offer", "declined")
    WITHDRAWN = "withdrawn", _("withdrawn by the agency")


AGREED = (Decision.ACCEPTED, Decision.CONDITIONAL)
"""Decisions by which an offer becomes an agreement."""

TAKEN = (*AGREED, Decision.DECLINED)
"""What a lead may decide."""
