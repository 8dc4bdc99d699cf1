"""Sites: the places of one incident where something was found or happened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from investigations.models.area import COARSE_DECIMALS, Searched
from investigations.models.case_record import CaseRecordQuerySet, VersionedCaseRecord
from investigations.models.incident import Incident
from investigations.models.membership import Duty
from investigations.models.place import Place
from investigations.models.vocabulary import SafeStatus, SiteKind


class Site(Place, Searched, VersionedCaseRecord):
    """One place of an incident: an impact, wreckage, a cache, a seizure at sea."""

    derives_from = ("incident",)
    kept = True

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="sites")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=30, choices=SiteKind)
    secured_at = models.DateTimeField(_("secured"), null=True, blank=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    safe_status = models.CharField(
        _("safe to enter"), max_length=20, choices=SafeStatus, default=SafeStatus.NOT_CLEARED
    )
    remarks = models.TextField(_("remarks"), blank=True)

    objects = CaseRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.name

    def shown_to(self, user: User) -> "Site":
        """Itself; a sensitive place exactly only to those who enter evidence in its case."""
        return self if self.may(user, Duty.LOG_EVIDENCE) else self.as_shared()

    def as_shared(self) -> "Site":
        """Itself as it may leave: of a sensitive place neither name, point nor area stays exact.

        The row in memory is changed and must not be saved.
        """
        if self.sensitive:
            self.place_name = self.place_native = ""
            self.searched_area = self.uncertainty_m = None
            if self.latitude is not None and self.longitude is not None:
                self.latitude = round(self.latitude, COARSE_DECIMALS)
                self.longitude = round(self.longitude, COARSE_DECIMALS)
        return self
