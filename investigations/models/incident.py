"""Incidents: attacks as they happened, as they were reported, and how far they are known."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.grading import Credibility, Reliability
from core.precision import DatePrecision
from investigations.models.case_record import CaseRecordQuerySet, VersionedCaseRecord
from investigations.models.place import Place
from investigations.models.source import Source
from investigations.models.vocabulary import AttackMode, IncidentStatus, Outcome, TargetType


class IncidentQuerySet(CaseRecordQuerySet["Incident"]):
    """Questions about attacks."""

    def with_lists(self) -> "IncidentQuerySet":
        return self.select_related("case", "theatre", "country", "weapon_model")


class Incident(Place, VersionedCaseRecord):
    """One attack: when and where (each with its precision), how, with what, and what it did.

    `occurred_from` and `occurred_to` are UTC; `occurred_as_stated` keeps the source's own words
    and `occurred_zone` the zone they were meant in. Counts are a least and a most; empty means
    unknown, never zero.
    """

    kept = True

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    title = models.CharField(
        _("title"), max_length=200, help_text=_("Neutral: what happened, not who did it.")
    )
    occurred_from = models.DateTimeField(_("occurred"), null=True, blank=True)
    occurred_to = models.DateTimeField(_("until"), null=True, blank=True)
    occurred_precision = models.CharField(
        _("time known to"), max_length=10, choices=DatePrecision, default=DatePrecision.UNKNOWN
    )
    occurred_as_stated = models.CharField(_("time as stated"), max_length=200, blank=True)
    occurred_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    theatre = models.ForeignKey(
        "catalogue.Theatre", models.PROTECT, null=True, blank=True, verbose_name=_("theatre")
    )
    attack_mode = models.CharField(
        _("attack mode"), max_length=40, choices=AttackMode, default=AttackMode.UNKNOWN
    )
    status = models.CharField(
        _("status"), max_length=20, choices=IncidentStatus, default=IncidentStatus.REPORTED
    )
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=Outcome, default=Outcome.UNKNOWN
    )
    target_type = models.CharField(
        _("target"), max_length=30, choices=TargetType, default=TargetType.UNDEFINED
    )
    weapon_model = models.ForeignKey(
        "catalogue.WeaponModel",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("weapon model"),
    )
    weapon_as_stated = models.CharField(_("weapon as stated"), max_length=300, blank=True)
    launched_min = models.PositiveIntegerField(_("launched, at least"), null=True, blank=True)
    launched_max = models.PositiveIntegerField(_("launched, at most"), null=True, blank=True)
    intercepted_min = models.PositiveIntegerField(_("intercepted, at least"), null=True, blank=True)
    intercepted_max = models.PositiveIntegerField(_("intercepted, at most"), null=True, blank=True)
    arrived_min = models.PositiveIntegerField(_("arrived, at least"), null=True, blank=True)
    arrived_max = models.PositiveIntegerField(_("arrived, at most"), null=True, blank=True)
    narrative = models.TextField(_("narrative"), blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="incident_ref_once_per_case"),
            models.CheckConstraint(
                condition=Q(occurred_to__isnull=True) | Q(occurred_to__gte=F("occurred_from")),
                name="incident_ends_after_it_begins",
                violation_error_message=_("The attack cannot end before it begins."),
            ),
            *[
                models.CheckConstraint(
                    condition=Q(**{f"{count}_max__isnull": True})
                    | Q(**{f"{count}_min__isnull": True})
                    | Q(**{f"{count}_max__gte": F(f"{count}_min")}),
                    name=f"incident_{count}_least_to_most",
                    violation_error_message=_("“At most” cannot be less than “at least”."),
                )
                for count in ("launched", "intercepted", "arrived")
            ],
        ]
        indexes = [
            models.Index(fields=["case", "-occurred_from"]),
            models.Index(
                F("occurred_from").desc(nulls_last=True),
                F("id").desc(),
                name="incidents_latest_first",
            ),
            models.Index(fields=["theatre"]),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class CasualtyCount(VersionedCaseRecord):
    """How many of one group were killed, injured or are missing, as of a moment."""

    derives_from = ("incident",)
    kept = True

    class Harm(models.TextChoices):
        """What happened to the people counted."""

        KILLED = "killed", _("killed")
        INJURED = "injured", _("injured")
        MISSING = "missing", _("missing")

    class Group(models.TextChoices):
        """Who the people counted were."""

        CIVILIAN = "civilian", _("civilians")
        SECURITY = "security", _("security forces")
        MILITARY = "military", _("military")
        UNKNOWN = "unknown", _("not known")

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="casualties")
    harm = models.CharField(_("harm"), max_length=10, choices=Harm)
    group = models.CharField(_("group"), max_length=10, choices=Group, default=Group.UNKNOWN)
    at_least = models.PositiveIntegerField(_("at least"), null=True, blank=True)
    at_most = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    as_of = models.DateTimeField(_("as of"), null=True, blank=True)

    objects = CaseRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("casualty count")
        verbose_name_plural = _("casualty counts")
        ordering = ["harm", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "harm", "group"], name="casualties_counted_once"
            ),
            models.CheckConstraint(
                condition=Q(at_most__isnull=True)
                | Q(at_least__isnull=True)
                | Q(at_most__gte=F("at_least")),
                name="casualties_least_to_most",
                violation_error_message=_("“At most” cannot be less than “at least”."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.harm} {self.at_least}–{self.at_most}"


class SourceReport(VersionedCaseRecord):
    """One report of an incident, graded A–F for its source and 1–6 for what it says.

    `imported_from` and `row_key` name the file and the row it came from, so that the same row
    read twice is one incident; `as_reported` keeps the row exactly as it was.
    """

    derives_from = ("incident", "source")
    kept = True
    not_kept = ("as_reported",)

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="source_reports")
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("source of this case"),
    )
    citation = models.CharField(_("citation"), max_length=500)
    reliability = models.CharField(
        _("source reliability"), max_length=1, choices=Reliability, default=Reliability.F
    )
    credibility = models.CharField(
        _("credibility"), max_length=1, choices=Credibility, default=Credibility.CANNOT_BE_JUDGED
    )
    party_to_conflict = models.BooleanField(_("speaks for a party to the conflict"), default=False)
    imported_from = models.CharField(_("imported from"), max_length=120, blank=True)
    row_key = models.CharField(_("row key"), max_length=64, blank=True)
    as_reported = models.JSONField(_("as reported"), default=dict, blank=True)

    objects = CaseRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("source report")
        verbose_name_plural = _("source reports")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "imported_from", "row_key"],
                condition=~Q(row_key=""),
                name="source_row_read_once",
            )
        ]
        indexes = [GinIndex(fields=["as_reported"], name="source_as_reported")]

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility} {self.citation}"

    @property
    def grade(self) -> str:
        """Both letters together as analysts write them, such as B3."""
        return f"{self.reliability}{self.credibility}"

    @property
    def pseudonym(self) -> str:
        """The source of the case whose word it is, by pseudonym; empty where none spoke."""
        return self.source.pseudonym if self.source else ""
