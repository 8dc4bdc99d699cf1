"""Sources: the people whose word a case rests on, by the pseudonym that the case gave them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from investigations.models.case_record import CaseRecordQuerySet, VersionedCaseRecord


class SourceKind(models.TextChoices):
    """In what part a person speaks; whoever is suspected is named by findings alone."""

    WITNESS = "witness", _("witness")
    VICTIM = "victim", _("victim")
    SOURCE = "source", _("source")
    DETAINEE = "detainee", _("detainee")
    OFFICIAL = "official", _("official")
    EXPERT = "expert", _("expert")
    CLAIMANT = "claimant", _("claimant")


LETTERS = {
    SourceKind.WITNESS: "W",
    SourceKind.VICTIM: "V",
    SourceKind.SOURCE: "S",
    SourceKind.DETAINEE: "D",
    SourceKind.OFFICIAL: "O",
    SourceKind.EXPERT: "E",
    SourceKind.CLAIMANT: "C",
}
"""What the pseudonym of each kind begins with; the case numbers each kind by itself."""


class ConsentScope(models.TextChoices):
    """With whom what the person said may be shared, by their own consent."""

    INTERNAL = "internal", _("this investigation")
    PARTNER = "partner", _("partner agencies")
    COURT = "court", _("courts and tribunals")
    PUBLIC = "public", _("the public")


class Protection(models.TextChoices):
    """What is done for the person's safety."""

    NOT_ASSESSED = "not-assessed", _("not assessed")
    NOT_NEEDED = "not-needed", _("not needed")
    REQUESTED = "requested", _("requested")
    PROTECTED = "protected", _("protected")


GUARDED = (Protection.REQUESTED, Protection.PROTECTED)
"""Whoever is or shall be protected is never looked up by one person alone."""


class Source(VersionedCaseRecord):
    """A person who told something, under a pseudonym; who it is lies sealed elsewhere.

    Everything here is read by the team: nothing of it may tell who the person is.
    """

    kept = True
    not_kept = ("identity_at",)

    pseudonym = models.CharField(_("pseudonym"), max_length=10, editable=False)
    kind = models.CharField(_("speaks as"), max_length=20, choices=SourceKind)
    informed_consent = models.BooleanField(_("has given informed consent"), default=False)
    consent_scopes = ArrayField(
        models.CharField(max_length=10, choices=ConsentScope),
        verbose_name=_("consents to sharing with"),
        default=list,
        blank=True,
    )
    may_withdraw = models.BooleanField(_("may withdraw the consent"), default=True)
    protection = models.CharField(
        _("protection"), max_length=20, choices=Protection, default=Protection.NOT_ASSESSED
    )
    needs_second_person = models.BooleanField(
        _("opening the identity takes a second person"), default=True
    )
    interested_party = models.BooleanField(_("has an interest in the outcome"), default=False)
    remarks = models.TextField(_("remarks"), blank=True)
    identity_at = models.DateTimeField(_("identity written"), null=True, blank=True, editable=False)

    objects = CaseRecordQuerySet["Source"].as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "pseudonym"], name="source_pseudonym_once_per_case"
            ),
            models.CheckConstraint(
                condition=Q(needs_second_person=True)
                | ~Q(protection__in=["requested", "protected"]),
                name="source_guarded_by_two",
                violation_error_message=_("Whoever is protected is looked up by two people."),
            ),
            models.CheckConstraint(
                condition=Q(informed_consent=True) | Q(consent_scopes=[]),
                name="source_consents_once_informed",
                violation_error_message=_("Sharing takes informed consent."),
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def has_identity(self) -> bool:
        """True while it is written down who this is."""
        return self.identity_at is not None

    @property
    def speaks_under_guard(self) -> bool:
        """True for detainees: what they say is weighed with the risk of coercion in mind."""
        return self.kind == SourceKind.DETAINEE

    @property
    def scopes_told(self) -> list[str]:
        """With whom it may be shared, in the reader's language."""
        return [str(ConsentScope(scope).label) for scope in self.consent_scopes]
