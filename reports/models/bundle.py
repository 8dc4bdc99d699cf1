"""Bundles: the evidence of a case as it leaves for a court, provable without this program."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from core.markings import Clearance, Tlp
from evidence.models.stored_bytes import StoredBytes
from investigations.models import CaseRecord, CaseRecordQuerySet
from reports.models.report import Report


class BundleQuerySet(CaseRecordQuerySet["Bundle"]):
    """Questions about bundles."""

    def unmade(self) -> "BundleQuerySet":
        """Without a file: being made, to be made, or failed and perhaps tried again."""
        return self.exclude(state=Bundle.State.READY)

    def ready(self) -> "BundleQuerySet":
        """Those whose file is stored."""
        return self.filter(state=Bundle.State.READY)

    def with_lists(self) -> "BundleQuerySet":
        return self.select_related("case", "requested_by")


class Bundle(StoredBytes, CaseRecord):
    """One archive (BagIt) of exhibits with their files, custody, ledger lines and proofs.

    `exhibits` are those chosen, none at all means every one. Nothing marked beyond `up_to` leaves.
    `ledger_position` is how many lines the checkpoint counts that its proofs are made against, 0
    where none was signed; `anchored_at` is when a time-stamp says that this checkpoint was there.
    One that is `for_agency` also leaves out what is not releasable to that agency, what asks for
    more than its `clearance`, and what another agency keeps control of.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("waiting")
        PACKING = "packing", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class Step(models.TextChoices):
        """What the worker is doing with it."""

        QUEUED = "queued", _("Waiting for a worker")
        SEALING = "sealing", _("Waiting for the seal of the ledger")
        CERTIFYING = "certifying", _("Writing the certificates")
        PACKING = "packing", _("Packing the files")
        PROVING = "proving", _("Writing the proofs")
        STORING = "storing", _("Storing the file")
        DONE = "done", _("Done")

    UNFINISHED = (State.WAITING, State.PACKING)

    exhibits = ArrayField(
        models.UUIDField(), verbose_name=_("exhibits"), default=list, blank=True, editable=False
    )
    up_to = models.CharField(_("marked at most"), max_length=20, choices=Tlp, default=Tlp.AMBER)
    language = models.CharField(
        _("language"), max_length=5, choices=Report.Language, editable=False
    )
    for_agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for the agency"),
        editable=False,
    )
    clearance = models.PositiveSmallIntegerField(
        _("clearance"), choices=Clearance, default=Clearance.NONE, editable=False
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
        editable=False,
    )
    request_position = models.PositiveBigIntegerField(default=0, editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.WAITING, editable=False
    )
    step = models.CharField(max_length=20, choices=Step, default=Step.QUEUED, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    failure = models.CharField(_("what went wrong"), max_length=300, blank=True, editable=False)
    marking = models.CharField(_("marking"), max_length=20, choices=Tlp, blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size (bytes)"), default=0, editable=False)
    files = models.PositiveIntegerField(_("files"), default=0, editable=False)
    lines = models.PositiveBigIntegerField(_("ledger lines"), default=0, editable=False)
    withheld = models.PositiveIntegerField(_("withheld"), default=0, editable=False)
    ledger_position = models.PositiveBigIntegerField(
        _("ledger position"), default=0, editable=False
    )
    anchored_at = models.DateTimeField(_("time-stamped"), null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence bundle")
        verbose_name_plural = _("evidence bundles")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(sha256="") & Q(finished_at__isnull=False)),
                name="bundle_ready_has_its_file",
            )
        ]
        indexes = [models.Index(fields=["case", "-id"])]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_ready(self) -> bool:
        """True when the file can be fetched."""
        return self.state == self.State.READY

    @property
    def is_unfinished(self) -> bool:
        """True while a worker has it or will have it."""
        return self.state in self.UNFINISHED

    @property
    def is_anchored(self) -> bool:
        """True when an authority outside has time-stamped what its proofs are made against."""
        return self.anchored_at is not None

    @property
    def file_name(self) -> str:
        """What the file is called on the reader's own disk."""
        return f"{self.case.ref}-evidence-{self.pk.hex[-8:]}.zip"
