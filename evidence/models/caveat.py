"""Caveats: what the agency that an exhibit came from allows, until that agency says otherwise."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from evidence.models.item import Item
from investigations.models import CaseRecord, CaseRecordQuerySet


class CaveatKind(models.TextChoices):
    """What the agency holds to."""

    ORIGINATOR = "originator-control", _("originator control")
    LABORATORY = "laboratory-use-only", _("laboratory use only")
    NO_ONWARD = "no-onward-release", _("no onward release")


class Door(models.TextChoices):
    """By which ways something of an exhibit leaves the team."""

    BUNDLE = "bundle", _("evidence bundle")
    REPORT = "report", _("report")
    TABLE = "table", _("table to take away")
    PROGRAM = "program", _("export of the case by another program")
    LOAN = "loan", _("loan or export")
    LABORATORY = "laboratory", _("letter to a laboratory")
    LETTER = "letter", _("letter")
    DISCLOSURE = "disclosure", _("disclosure to another agency")
    ORIGINAL = "original", _("original of a file")


STOPS: Mapping[CaveatKind, frozenset[Door]] = {
    CaveatKind.ORIGINATOR: frozenset(Door),
    CaveatKind.LABORATORY: frozenset(Door) - {Door.LABORATORY, Door.LOAN},
    CaveatKind.NO_ONWARD: frozenset(Door),
}
"""Which doors each caveat shuts. What is for laboratories alone may be sent and lent to one; that
the party is one is for the second person to see, who reads the caveat in the request. Within the
team everything is read as before; a label is printed without the description, and names it. Who
takes an original away all the same, says `evidence.services.caveat.caveats_against`."""


def stopping(door: Door) -> list[CaveatKind]:
    """The caveats that shut a door."""
    return [kind for kind, doors in STOPS.items() if door in doors]


class CaveatQuerySet(CaseRecordQuerySet["Caveat"]):
    """Questions about caveats."""

    def standing(self) -> "CaveatQuerySet":
        """Those that no agency has lifted."""
        return self.filter(lifted_at__isnull=True)

    def with_lists(self) -> "CaveatQuerySet":
        return self.select_related("case", "item", "agency", "added_by", "lifted_by")


class Caveat(CaseRecord):
    """One caveat of one agency on one exhibit, and on everything that is or becomes a part of it.

    It sticks: it is lifted only with the consent of that agency, and who consented, when and in
    which document stands beside it from then on.
    """

    derives_from = ("item",)
    born_shared = True
    kept = True

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="caveats", verbose_name=_("exhibit")
    )
    kind = models.CharField(_("caveat"), max_length=30, choices=CaveatKind)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("agency it comes from")
    )
    reason = models.TextField(_("reason"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
        help_text=_("Nobody where the agency itself took back what it had sent."),
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )
    consented_by = models.CharField(_("who consented for the agency"), max_length=200, blank=True)
    consented_on = models.DateField(_("consented on"), null=True, blank=True)
    consent_ref = models.CharField(_("document of the consent"), max_length=200, blank=True)

    objects = CaveatQuerySet.as_manager()

    class Meta:
        verbose_name = _("caveat")
        verbose_name_plural = _("caveats")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "kind", "agency"],
                condition=Q(lifted_at__isnull=True),
                name="caveat_stands_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="caveat_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(
                    ~Q(consented_by=""),
                    ~Q(consent_ref=""),
                    lifted_at__isnull=False,
                    lifted_by__isnull=False,
                    consented_on__isnull=False,
                ),
                name="caveat_lifted_with_consent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["case"], condition=Q(lifted_at__isnull=True), name="caveats_standing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.agency}"

    @property
    def is_standing(self) -> bool:
        """True until the agency has consented to its end."""
        return self.lifted_at is None
