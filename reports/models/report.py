"""Reports: documents drawn from a case at one moment and never changed afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.markings import Tlp
from investigations.models import Case, CaseRecord, CaseRecordQuerySet


class ReportQuerySet(CaseRecordQuerySet["Report"]):
    """Questions about reports."""

    def visible_to(self, user: User) -> "ReportQuerySet":
        """Reports of the user's cases that show nothing of a case the user may not see."""
        whole = Case.objects.read_whole_by(user)
        beyond = Report.other_cases.through.objects.exclude(case__in=whole)
        return super().visible_to(user).exclude(pk__in=beyond.values("report"))

    def unfinished(self) -> "ReportQuerySet":
        return self.filter(state__in=Report.UNFINISHED)

    def unmade(self) -> "ReportQuerySet":
        """Without a file: being made, to be made, or failed and perhaps tried again."""
        return self.exclude(state=Report.State.READY)

    def with_lists(self) -> "ReportQuerySet":
        return self.select_related("case", "requested_by")


class Report(CaseRecord):
    """One document: what it was drawn from, how far it is, and the digest of the finished file.

    `ledger_position` and `ledger_seal` name the last line of the case's ledger that it knows of.
    `content_sha256` is the digest of the data printed, `sha256` that of the file, `size` in bytes.
    `failure` is why it could not be made, where a sentence (an English msgid) can tell.
    """

    class Template(models.TextChoices):
        """What kind of document it is."""

        CASE = "case", _("case report")

    class Language(models.TextChoices):
        """The languages a report can be written in."""

        ENGLISH = "en", "English"
        ARABIC = "ar", "العربية"

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("waiting")
        TYPESETTING = "typesetting", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class Step(models.TextChoices):
        """What the worker is doing with it."""

        QUEUED = "queued", _("Waiting for a worker")
        READING = "reading", _("Reading the case")
        PICTURES = "pictures", _("Fetching the photographs")
        SETTING = "setting", _("Setting the pages")
        STORING = "storing", _("Storing the file")
        DONE = "done", _("Done")

    UNFINISHED = (State.WAITING, State.TYPESETTING)

    holds_conclusions = True

    template = models.CharField(
        _("kind"), max_length=20, choices=Template, default=Template.CASE, editable=False
    )
    language = models.CharField(_("language"), max_length=5, choices=Language, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
        editable=False,
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.WAITING, editable=False
    )
    step = models.CharField(max_length=20, choices=Step, default=Step.QUEUED, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    failure = models.CharField(_("what went wrong"), max_length=300, blank=True, editable=False)
    marking = models.CharField(_("marking"), max_length=20, choices=Tlp, blank=True, editable=False)
    holds_finding = models.BooleanField(_("holds a finding"), default=False, editable=False)
    other_cases = models.ManyToManyField(
        Case, related_name="+", verbose_name=_("other cases shown"), editable=False
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size (bytes)"), default=0, editable=False)
    content_sha256 = models.CharField(
        _("SHA-256 of the content"), max_length=64, blank=True, editable=False
    )
    ledger_position = models.PositiveBigIntegerField(
        _("ledger position"), null=True, editable=False
    )
    ledger_seal = models.CharField(_("ledger seal"), max_length=64, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready")
                | (~Q(sha256="") & ~Q(content_sha256="") & Q(finished_at__isnull=False)),
                name="report_ready_has_its_file",
            )
        ]
        indexes = [
            models.Index(fields=["case", "-id"]),
            models.Index(
                fields=["id"],
                condition=Q(state__in=["waiting", "typesetting"]),
                name="reports_unfinished",
            ),
        ]

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
    def file_name(self) -> str:
        """What the file is called on the reader's own disk."""
        return f"{self.case.ref}-{self.template}-report-{self.pk.hex[-8:]}.pdf"
