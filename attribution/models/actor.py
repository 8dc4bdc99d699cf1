"""Actors: those whom a hypothesis is about; being here is no finding."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from attribution.models.whole_team import WholeTeamQuerySet
from investigations.models import VersionedCaseRecord


class ActorQuerySet(WholeTeamQuerySet["Actor"]):
    """Questions about actors."""

    def with_lists(self) -> "ActorQuerySet":
        return self.select_related("case", "country")


class Actor(VersionedCaseRecord):
    """A group, organ, firm or person that a hypothesis of this case is about.

    There is no score and no rank on purpose: what is judged stands in findings alone.
    """

    kept = True

    class Kind(models.TextChoices):
        """What sort of actor it is."""

        ARMED_GROUP = "armed-group", _("armed group")
        STATE_ORGAN = "state-organ", _("state organ")
        STATE = "state", _("state")
        NETWORK = "network", _("network")
        CELL = "cell", _("cell")
        COMPANY = "company", _("company")
        BROKER = "broker-procurement", _("broker or procurement agent")
        INDIVIDUAL = "individual", _("individual")
        MEDIA_CHANNEL = "media-channel", _("media channel")
        FACADE = "facade-front-brand", _("façade or front name")
        PLACEHOLDER = "unknown-placeholder", _("placeholder for somebody unknown")

    class Sensitivity(models.TextChoices):
        """Whether rules for personal data apply."""

        ORDINARY = "ordinary", _("ordinary")
        LIVING_PERSON = "living-person", _("living person: rules for personal data apply")

    name = models.CharField(_("name"), max_length=200)
    native_name = models.CharField(_("name in its own script"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    country = models.ForeignKey(
        "catalogue.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
    )
    sensitivity = models.CharField(
        _("sensitivity"), max_length=20, choices=Sensitivity, default=Sensitivity.ORDINARY
    )
    active_from = models.DateField(_("active from"), null=True, blank=True)
    active_to = models.DateField(_("active to"), null=True, blank=True)
    remarks = models.TextField(_("remarks"), blank=True)

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "case",
                Lower("name"),
                name="actor_once_per_case",
                violation_error_message=_("An actor of this name is in the case already."),
            ),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True)
                | Q(active_from__isnull=True)
                | Q(active_to__gte=F("active_from")),
                name="actor_ends_after_it_begins",
                violation_error_message=_("“Active to” cannot be before “active from”."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="individual") | Q(sensitivity="living-person"),
                name="actor_individual_is_sensitive",
                violation_error_message=_("Individuals are handled as living persons."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
