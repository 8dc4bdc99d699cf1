"""Statements: what one source said on one occasion, in their own words."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attribution.models.claim_words import RecordKind
from attribution.models.whole_team import WholeTeamQuerySet
from core.precision import DatePrecision
from evidence.models import Item
from investigations.models import Source, SourceKind, VersionedCaseRecord
from investigations.models.source import ConsentScope


class StatementQuerySet(WholeTeamQuerySet["Statement"]):
    """Questions about statements."""

    def with_lists(self) -> "StatementQuerySet":
        return self.select_related("case", "source", "recording")


class Statement(VersionedCaseRecord):
    """What a source said, when and how it was recorded, and with whom it may be shared.

    The speaker is their pseudonym here; `taken_at` is UTC and `taken_as_stated` keeps the time as
    it was written down. `speaks_as` is in what part they spoke on that occasion.
    """

    derives_from = ("source", "recording")
    kept = True

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="statements", verbose_name=_("source")
    )
    speaks_as = models.CharField(_("speaks as"), max_length=20, choices=SourceKind)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    taken_precision = models.CharField(
        _("time known to"), max_length=10, choices=DatePrecision, default=DatePrecision.UNKNOWN
    )
    place = models.CharField(
        _("place"),
        max_length=200,
        blank=True,
        help_text=_("Not where the person lives, or can be found."),
    )
    taken_by = models.CharField(_("taken by"), max_length=200, blank=True)
    record_kind = models.CharField(_("how it was recorded"), max_length=20, choices=RecordKind)
    recording = models.ForeignKey(
        Item,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recording"),
    )
    signed = models.BooleanField(_("signed by the speaker"), default=False)
    language = models.CharField(_("language"), max_length=60)
    original = models.TextField(_("original words"))
    interpreter = models.CharField(_("interpreter"), max_length=200, blank=True)
    translation = models.TextField(_("translation"), blank=True)
    translated_by = models.CharField(_("translated by"), max_length=200, blank=True)
    informed_consent = models.BooleanField(_("has given informed consent"), default=False)
    consent_scopes = ArrayField(
        models.CharField(max_length=10, choices=ConsentScope),
        verbose_name=_("consents to sharing with"),
        default=list,
        blank=True,
    )
    coercion_note = models.TextField(
        _("risk of coercion"),
        blank=True,
        help_text=_(
            "Always for detainees: who held them, who was present, and what was promised or"
            " threatened."
        ),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
        editable=False,
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("what a source said", "statement")
        verbose_name_plural = _("statements")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="statement_ref_once_per_case"),
            models.CheckConstraint(
                condition=~Q(speaks_as=SourceKind.DETAINEE) | ~Q(coercion_note=""),
                name="statement_of_detainee_notes_coercion",
                violation_error_message=_(
                    "What a detainee says is kept with a note on the risk of coercion."
                ),
            ),
            models.CheckConstraint(
                condition=Q(informed_consent=True) | Q(consent_scopes=[]),
                name="statement_consent_once_informed",
                violation_error_message=_("Sharing takes informed consent."),
            ),
            models.CheckConstraint(
                condition=Q(translation="") | ~Q(translated_by=""),
                name="statement_translation_has_translator",
                violation_error_message=_("Say who translated it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.source.pseudonym}"

    @property
    def speaks_under_guard(self) -> bool:
        """True where the speaker was detained when they spoke."""
        return self.speaks_as == SourceKind.DETAINEE

    @property
    def scopes(self) -> list[str]:
        """With whom it may be shared: as far as it was consented to here and still is at all."""
        return [scope for scope in self.consent_scopes if scope in self.source.consent_scopes]

    @property
    def scopes_told(self) -> list[str]:
        """The same in the reader's language."""
        return [str(ConsentScope(scope).label) for scope in self.scopes]
