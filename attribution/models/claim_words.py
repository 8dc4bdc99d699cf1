"""The words in which statements and claims are told: stance, record, channel, and what about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stance(models.TextChoices):
    """What a speaker does with a proposition."""

    ASSERTS = "asserts", _("asserts")
    DENIES = "denies", _("denies")
    ACCUSES = "accuses", _("accuses")
    CLAIMS = "claims-responsibility", _("claims responsibility")
    RETRACTS = "retracts", _("retracts")


BLAMES = (Stance.ACCUSES, Stance.CLAIMS)
"""Stances that name somebody: an accusation is a fact about its speaker, and never a finding."""
ANSWERS = (Stance.DENIES, Stance.RETRACTS)
"""Stances that may name the claim they are directed at."""


class RecordKind(models.TextChoices):
    """How a statement was recorded."""

    VIDEO = "video", _("video recording")
    AUDIO = "audio", _("sound recording")
    VERBATIM = "verbatim", _("verbatim record")
    SIGNED = "written-signed", _("written and signed")
    NOTES = "notes", _("notes of the interviewer")
    REMEMBERED = "from-memory", _("written down from memory")
    LETTER = "letter", _("letter or message")
    BROADCAST = "broadcast", _("broadcast or publication")


class Authenticity(models.TextChoices):
    """Whether it really came from whom it says it came."""

    UNVERIFIED = "unverified", _("not verified")
    VERIFIED = "verified-channel", _("verified channel")
    FAKE = "known-fake", _("known to be fake")


class Fact(models.TextChoices):
    """Which fact a claim speaks of: the fields of an incident, an exhibit or an actor."""

    OCCURRENCE = "occurrence", _("whether it happened")
    TIME = "time", _("when it happened")
    PLACE = "place", _("where it happened")
    MODE = "attack-mode", _("how it was carried out")
    WEAPON = "weapon", _("which weapon was used")
    NUMBER = "number", _("how many weapons were used")
    LAUNCH = "launch-place", _("where it was launched")
    TARGET = "target", _("what was aimed at")
    OUTCOME = "outcome", _("what became of the weapon")
    KILLED = "killed", _("how many were killed")
    INJURED = "injured", _("how many were injured")
    MISSING = "missing", _("how many are missing")
    RESPONSIBILITY = "responsibility", _("who carried it out")
    IDENTITY = "identity", _("what it is")
    RECOVERY = "recovery", _("where and how it was found")
    DESIGN = "design", _("where it was designed")
    MANUFACTURE = "manufacture", _("where and by whom this unit was made")
    HOLDER = "holder", _("who had it last")
    MEMBERSHIP = "membership", _("whom it belongs to")
    CONDUCT = "conduct", _("what it did")
    OTHER = "other", _("something else")
