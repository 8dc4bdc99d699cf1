"""The words in which examinations are described."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.grading import Band
from core.verbal_scale import SCALE


class Discipline(models.TextChoices):
    """The field of knowledge that answers the question."""

    ELECTRONICS = "electronics", _("electronics")
    FIRMWARE = "firmware", _("firmware and data recovery")
    EXPLOSIVES = "explosives-chem", _("explosives chemistry")
    METALLURGY = "metallurgy", _("metallurgy")
    COMPOSITES = "composites", _("composites")
    FINGERPRINTS = "fingerprints", _("fingerprints")
    DNA = "DNA", _("DNA")
    TOOLMARK = "toolmark", _("tool marks")
    DOCUMENTS = "documents", _("documents")
    AUDIO_VIDEO = "audio-video", _("audio and video")
    GEOLOCATION = "geolocation", _("geolocation")
    RF = "RF", _("radio frequency")
    IMAGE = "image-comparison", _("comparison of images")


class ExamState(models.TextChoices):
    """How far an examination has come."""

    REQUESTED = "requested", _("requested")
    ACCEPTED = "accepted", _("accepted")
    BEGUN = "begun", _("begun")
    REPORTED = "reported", _("reported")
    VERIFIED = "verified", _("verified")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Supported(models.TextChoices):
    """Which of the two propositions the results speak for."""

    PROPOSITION = "proposition", _("the proposition")
    ALTERNATIVE = "alternative", _("the alternative")
    NEITHER = "neither", _("neither")


SUPPORT = [(word.value, Band(word.value).label) for word in SCALE.words]
"""The words of the verbal scale in force; its version is kept with each conclusion."""
