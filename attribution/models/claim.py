"""Claims: one proposition each, with who makes it, how it is graded, and what it speaks of."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attribution.models.actor import Actor
from attribution.models.claim_words import ANSWERS, BLAMES, Authenticity, Fact, Stance
from attribution.models.statement import Statement
from attribution.models.whole_team import WholeTeamQuerySet
from core.grading import Credibility, Reliability
from core.precision import DatePrecision
from evidence.models import Component, Item
from investigations.models import Incident, SourceReport, VersionedCaseRecord

ORIGINS = ("statement", "source_report", "document")
SUBJECTS = ("component", "item", "incident", "actor")
"""What a claim may speak of, what is narrowest first."""


def no_more_than_one(*names: str) -> Q:
    """Rows in which at most one of these relations is set."""
    others = [{f"{other}__isnull": True for other in names if other != name} for name in names]
    condition = Q()
    for rest in others:
        condition |= Q(**rest)
    return condition


class ClaimQuerySet(WholeTeamQuerySet["Claim"]):
    """Questions about claims."""

    def standing(self) -> "ClaimQuerySet":
        """Those that were not entered by mistake, retractions and what they retract included."""
        return self.filter(set_aside_reason="")

    def with_lists(self) -> "ClaimQuerySet":
        relations = ("case", "statement__source", "source_report__source", "document", "actor")
        parts = [f"component__{part}" for part in ("item", "category", "maker")]
        beside = ("incident", "item", "answers", "graded_by")
        return self.select_related(*relations, *parts, *beside)

    def with_voices(self) -> "ClaimQuerySet":
        """With who says so and nothing else: what tells the origins of many apart."""
        spoken = ("statement", "source_report")
        sources = [f"{one}__source" for one in spoken]
        names = [f"{source}__pseudonym" for source in sources]
        own = ("case", "label", "document", "citation", "made_by", "independence_group")
        return self.select_related(*sources).only(*own, *spoken, *sources, *names)

    def about(self, subject: Incident | Item | Component | Actor) -> "ClaimQuerySet":
        """Those that speak of this record; of an exhibit, those about its components as well."""
        if isinstance(subject, Item):
            return self.filter(Q(item=subject) | Q(component__item=subject))
        return self.filter(**{subject._meta.model_name or "": subject})


class Claim(VersionedCaseRecord):
    """One assertion about the world, taken from a statement, a report, a document or a citation.

    Reliability (A–F) is of the source and credibility (1–6) of what it says; F and 6 are unknown
    and never a midpoint. Claims of one `independence_group`, and claims taken over from others
    (`rests_on`), share an origin and count once. An accusation is no finding.
    """

    derives_from: ClassVar[tuple[str, ...]] = (*ORIGINS, *SUBJECTS, "answers", "rests_on")
    kept = True
    kept_lists: ClassVar[tuple[str, ...]] = ("rests_on",)

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    text = models.TextField(_("claim"), help_text=_("One proposition, as it was meant."))
    stance = models.CharField(_("stance"), max_length=30, choices=Stance, default=Stance.ASSERTS)
    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=pgettext_lazy("what a source said", "statement"),
    )
    source_report = models.ForeignKey(
        SourceReport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source report"),
    )
    document = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    citation = models.CharField(_("where it stands"), max_length=500, blank=True)
    made_by = models.CharField(
        _("claimed by"),
        max_length=200,
        blank=True,
        help_text=_("Who said so in public. A source of the case stays under its pseudonym."),
    )
    channel = models.CharField(_("channel"), max_length=200, blank=True)
    authenticity = models.CharField(
        _("authenticity"),
        max_length=20,
        choices=Authenticity,
        default=Authenticity.UNVERIFIED,
    )
    made_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    made_precision = models.CharField(
        _("time known to"), max_length=10, choices=DatePrecision, default=DatePrecision.UNKNOWN
    )
    incident = models.ForeignKey(
        Incident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("incident"),
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("exhibit")
    )
    component = models.ForeignKey(
        Component,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("component"),
    )
    actor = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("actor")
    )
    fact = models.CharField(_("which fact"), max_length=20, choices=Fact, default=Fact.OTHER)
    value = models.CharField(
        _("what it says of it"),
        max_length=200,
        blank=True,
        help_text=_("In short, such as 02:40, 3 or Yemen: claims that differ here conflict."),
    )
    answers = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_by",
        verbose_name=_("directed at the claim"),
    )
    reliability = models.CharField(
        _("source reliability"), max_length=1, choices=Reliability, default=Reliability.F
    )
    credibility = models.CharField(
        _("credibility"), max_length=1, choices=Credibility, default=Credibility.CANNOT_BE_JUDGED
    )
    rationale = models.TextField(_("why it is graded so"), blank=True)
    graded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("graded by"),
        editable=False,
    )
    interested_party = models.BooleanField(_("has an interest in the outcome"), default=False)
    suspected_deception = models.BooleanField(_("suspected of deceiving"), default=False)
    independence_group = models.CharField(
        _("common origin"),
        max_length=60,
        blank=True,
        help_text=_("One name for all claims that come from the same origin: they count once."),
    )
    rests_on = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="repeated_in",
        verbose_name=_("taken over from"),
    )
    set_aside_reason = models.TextField(_("why it was set aside"), blank=True, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="claim_ref_once_per_case"),
            models.CheckConstraint(
                condition=no_more_than_one(*ORIGINS), name="claim_from_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(statement__isnull=False)
                | Q(source_report__isnull=False)
                | Q(document__isnull=False)
                | ~Q(citation=""),
                name="claim_stands_somewhere",
                violation_error_message=_(
                    "Say where it stands: a statement, a report, an exhibit or a citation."
                ),
            ),
            models.CheckConstraint(
                condition=Q(statement__isnull=True) | Q(made_by=""),
                name="claim_of_source_is_pseudonymous",
                violation_error_message=_(
                    "Who spoke in a statement is told by the pseudonym alone."
                ),
            ),
            models.CheckConstraint(
                condition=Q(incident__isnull=False)
                | Q(item__isnull=False)
                | Q(component__isnull=False)
                | Q(actor__isnull=False),
                name="claim_is_about_something",
                violation_error_message=_(
                    "Say what it is about: an incident, an exhibit, a component or an actor."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(stance__in=BLAMES) | Q(actor__isnull=False),
                name="claim_that_blames_names_an_actor",
                violation_error_message=_("Say who is accused, or claims responsibility."),
            ),
            models.CheckConstraint(
                condition=Q(answers__isnull=True) | Q(stance__in=ANSWERS),
                name="claim_answers_by_denying",
                violation_error_message=_("Only a denial or a retraction is directed at a claim."),
            ),
            models.CheckConstraint(
                condition=~Q(stance=Stance.RETRACTS) | Q(answers__isnull=False),
                name="claim_retracts_a_claim",
                violation_error_message=_("Say which claim is retracted."),
            ),
            models.CheckConstraint(
                condition=Q(reliability="F", credibility="6") | ~Q(rationale=""),
                name="claim_grade_has_reasons",
                violation_error_message=_("Say why it is graded so."),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "independence_group"], name="claims_of_one_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.text[:80]}"

    @property
    def told_by(self) -> str:
        """Who says so: the pseudonym of a source, or the name of whoever spoke in public."""
        spoken = self.statement or self.source_report
        source = spoken.source if spoken else None
        return source.pseudonym if source else self.made_by

    @property
    def voice(self) -> str:
        """Who or what says so, the medium where no speaker is known: one voice is one origin."""
        medium = self.source_report_id or self.document_id or self.citation
        return self.told_by or str(medium or self.pk)

    @property
    def heard_from(self) -> str:
        """Who says so, or else where it stands."""
        written = self.source_report.citation if self.source_report else self.citation
        return self.told_by or written or (self.document.exhibit_no if self.document else "")

    @property
    def grade(self) -> str:
        """Both letters together as analysts write them, such as B3."""
        return f"{self.reliability}{self.credibility}"

    @property
    def is_known_fake(self) -> bool:
        """True where it did not come from whom it names: then it counts for nobody's word."""
        return self.authenticity == Authenticity.FAKE

    @property
    def is_set_aside(self) -> bool:
        """True once it is known to have been entered by mistake."""
        return bool(self.set_aside_reason)

    def is_about(self, thing: Incident | Item) -> bool:
        """True if it speaks of this attack or exhibit, or of a component of the exhibit."""
        if isinstance(thing, Incident):
            return self.incident_id == thing.pk
        return thing.pk in (self.item_id, self.component and self.component.item_id)

    @property
    def subject(self) -> Component | Item | Incident | Actor | None:
        """What it speaks of: the narrowest of the records that it names."""
        return self.component or self.item or self.incident or self.actor
