"""Deployments: who came under an agreement, from when to when, and what they touched."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evidence.models.item import Item
from investigations.models import (
    AssistanceOffer,
    CaseRecordQuerySet,
    Site,
    VersionedCaseRecord,
)


class DeploymentQuerySet(CaseRecordQuerySet["Deployment"]):
    """Questions about deployments."""

    def with_lists(self) -> "DeploymentQuerySet":
        return self.select_related("case", "liaison", "offer__agency")


class Deployment(VersionedCaseRecord):
    """One team of another agency at work on a case: its people, its days, its host.

    `sites` and `exhibits` are what they had access to or touched. `persons` has one line for each.
    """

    derives_from = ("offer", "sites", "exhibits")
    kept = True
    kept_lists = ("sites", "exhibits")

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    offer = models.ForeignKey(
        AssistanceOffer, models.PROTECT, related_name="deployments", verbose_name=_("agreement")
    )
    team = models.CharField(_("team"), max_length=200)
    persons = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("persons"),
        help_text=_("One on each line, with their function."),
    )
    arrives_on = models.DateField(_("arrives"))
    leaves_on = models.DateField(_("leaves"), null=True, blank=True)
    liaison = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("host liaison"),
    )
    sites = models.ManyToManyField(
        Site, related_name="deployments", blank=True, verbose_name=_("sites entered")
    )
    exhibits = models.ManyToManyField(
        Item, related_name="deployments", blank=True, verbose_name=_("exhibits touched")
    )
    remarks = models.TextField(_("remarks"), blank=True)

    objects = DeploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("deployment")
        verbose_name_plural = _("deployments")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="deployment_ref_once_per_case"),
            models.CheckConstraint(
                condition=Q(leaves_on__isnull=True) | Q(leaves_on__gte=F("arrives_on")),
                name="deployment_leaves_after_it_arrives",
                violation_error_message=_("A team cannot leave before it arrives."),
            ),
            models.CheckConstraint(
                condition=Q(persons__len__gt=0), name="deployment_names_its_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.team}"
