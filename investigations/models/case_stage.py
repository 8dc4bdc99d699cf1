"""How far a case has come, how it can end, and on what ground it is taken up again."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """The way of a case, from the first report until long after its conclusion, in this order."""

    REPORTED = "reported", pgettext_lazy("stage of a case", "Reported")
    SCENE = "scene", pgettext_lazy("stage of a case", "Scene")
    EXAMINATION = "examination", pgettext_lazy("stage of a case", "Examination")
    ANALYSIS = "analysis", pgettext_lazy("stage of a case", "Analysis")
    REVIEW = "attribution-review", pgettext_lazy("stage of a case", "Attribution review")
    CONCLUDED = "concluded", pgettext_lazy("stage of a case", "Concluded")
    FOLLOW_UP = "follow-up", pgettext_lazy("stage of a case", "Follow-up")


class CaseOutcome(models.TextChoices):
    """What a case came to."""

    ATTRIBUTED = "attributed", _("attributed: a finding stands released")
    NOT_ATTRIBUTED = "not-attributed", _("not to be attributed on the evidence there is")
    NO_ATTACK = "no-attack", _("no attack took place")
    HANDED_ON = "handed-on", _("handed on to another body")


class ReopeningGround(models.TextChoices):
    """Why a case that has ended is taken up again."""

    NEW_EVIDENCE = "new-evidence", _("new evidence")
    ERROR = "error", _("an error was found")
    OBJECTION = "objection", _("an objection, an appeal or a request for delisting")
    ORDER = "order", _("an order of a court or of the mandating body")
