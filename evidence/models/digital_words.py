"""The words of digital evidence: how a time or place was established, why pixels were taken out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Established(models.TextChoices):
    """What was established of a file, against what it claims."""

    TIME = "time", _("time")
    PLACE = "place", _("place")


class EstablishingMethod(models.TextChoices):
    """By what it was established."""

    SHADOWS = "shadow-analysis", _("length and direction of shadows")
    LANDMARKS = "landmarks", _("landmarks that can be found on the ground")
    SATELLITE = "satellite-imagery", _("dated satellite imagery")
    WEATHER = "weather-records", _("weather records")
    CORROBORATED = "metadata-corroborated", _("metadata that independent facts bear out")
    OTHER_RECORDING = "other-recording", _("another recording of the same event")
    PUBLICATION = "first-publication", _("first known publication")
    DEVICE = "device-examination", _("examination of the device")
    WITNESS = "witness", _("a witness who was there")
    OTHER = "other", _("other")


class EstablishingState(models.TextChoices):
    """How far another person has agreed."""

    PROPOSED = "proposed", _("proposed")
    REVIEWED = "reviewed", _("reviewed")
    DISPUTED = "disputed", _("disputed")


class RedactionReason(models.TextChoices):
    """Why a region of a picture is taken out of a copy."""

    WITNESS = "witness-identity", _("identity of a witness")
    SOURCE = "source-method", _("source or method")
    DIGNITY = "victim-dignity", _("dignity of a victim")
    PERSONAL = "PII", _("personal data")
    OPERATIONAL = "operational", _("operational")
    THIRD_PARTY = "third-party", _("third party")
    PRIVILEGE = "legal-privilege", _("legal privilege")


class RedactionState(models.TextChoices):
    """How far a redacted copy has got."""

    WAITING = "waiting", _("waiting")
    DRAWN = "drawn", _("drawn, not reviewed")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")
    FAILED = "failed", _("could not be drawn")
