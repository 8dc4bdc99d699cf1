"""Parameter sets: the numbers of the method, each version with who proposed and who decided it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Record


class ParameterSetQuerySet(models.QuerySet["ParameterSet"]):
    """Questions about versions of the parameters."""

    def proposed(self) -> "ParameterSetQuerySet":
        """Those that wait for a second administrator."""
        return self.filter(state=ParameterSet.State.PROPOSED)

    def adopted(self) -> "ParameterSetQuerySet":
        """Those that are or were in force, the latest first."""
        return self.filter(state=ParameterSet.State.ADOPTED).order_by("-decided_at", "-id")


class ParameterSet(Record):
    """One version of the method's parameters: proposed by one administrator, decided by another.

    The latest adopted is in force; what a version says is never changed. `based_on` names the
    version that was in force when it was proposed.
    """

    class State(models.TextChoices):
        """How far it has come."""

        PROPOSED = "proposed", _("waiting for a second person")
        ADOPTED = "adopted", _("adopted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    name = models.CharField(_("version"), max_length=40, unique=True)
    values = models.JSONField(_("values"))
    reason = models.TextField(_("why it is better"))
    based_on = models.CharField(_("in place of"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)

    objects = ParameterSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("parameter set")
        verbose_name_plural = _("parameter sets")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "refused"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="parameters_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted") | ~Q(decided_by=F("proposed_by")),
                name="parameters_take_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.name
