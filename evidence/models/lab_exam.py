"""Examinations: a question put to a laboratory about exhibits, and what it answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.grading import Band
from core.zones import today
from evidence.models.exam_words import SUPPORT, Discipline, ExamState, Supported
from evidence.models.file import File
from evidence.models.item import Item
from investigations.models import CaseRecordQuerySet, VersionedCaseRecord


class LabExamQuerySet(CaseRecordQuerySet["LabExam"]):
    """Questions about examinations."""

    def unfinished(self) -> "LabExamQuerySet":
        """Those that somebody still works on, or should."""
        return self.filter(
            state__in=[ExamState.REQUESTED, ExamState.ACCEPTED, ExamState.BEGUN, ExamState.REPORTED]
        )

    def overdue(self) -> "LabExamQuerySet":
        """Those that were needed by a day that has passed, and have no result."""
        waited = [ExamState.REQUESTED, ExamState.ACCEPTED, ExamState.BEGUN]
        return self.filter(state__in=waited, due__lt=today())

    def concluded(self) -> "LabExamQuerySet":
        """Those with a result."""
        return self.filter(state__in=[ExamState.REPORTED, ExamState.VERIFIED])

    def with_lists(self) -> "LabExamQuerySet":
        people = ("requested_by", "examiner", "verifier", "approved_by", "reported_by")
        return self.select_related("case", "laboratory", "report_file", *people)


class LabExam(VersionedCaseRecord):
    """One examination of one or more exhibits by one laboratory in one discipline.

    A destructive one begins only with another person's yes. The conclusion says how strongly the
    results support one proposition over another, in the words of a scale whose version is kept;
    without propositions there is a result, and no conclusion of that kind.
    """

    derives_from = ("exhibits",)
    kept = True

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    exhibits = models.ManyToManyField(Item, related_name="exams", verbose_name=_("exhibits"))
    samples = models.ManyToManyField(
        Item, related_name="taken_in", blank=True, editable=False, verbose_name=_("samples taken")
    )
    laboratory = models.ForeignKey(
        "catalogue.Laboratory", models.PROTECT, related_name="+", verbose_name=_("laboratory")
    )
    discipline = models.CharField(_("discipline"), max_length=30, choices=Discipline)
    question = models.TextField(_("question"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("requested by"),
    )
    requested_at = models.DateTimeField(_("requested"))
    due = models.DateField(_("needed by"), null=True, blank=True)
    method = models.CharField(
        _("method"), max_length=300, blank=True, help_text=_("With the number of the procedure.")
    )
    is_method_accredited = models.BooleanField(
        _("the method is within the laboratory's accreditation"), default=False
    )
    is_destructive = models.BooleanField(_("destroys or alters the exhibit"), default=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("destruction agreed to by"),
    )
    approved_at = models.DateTimeField(_("agreed"), null=True, blank=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=ExamState,
        default=ExamState.REQUESTED,
        editable=False,
    )
    state_reason = models.TextField(_("reason"), blank=True, editable=False)
    examiner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("examiner"),
    )
    examiner_outside = models.CharField(
        _("examiner outside the team"), max_length=120, blank=True, editable=False
    )
    started_at = models.DateTimeField(_("begun"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("reported by"),
    )
    result = models.TextField(_("result"), blank=True)
    proposition = models.CharField(_("proposition"), max_length=300, blank=True)
    alternative = models.CharField(_("alternative"), max_length=300, blank=True)
    supported = models.CharField(
        _("the results speak for"), max_length=20, choices=Supported, blank=True
    )
    support = models.CharField(_("how strongly"), max_length=40, choices=SUPPORT, blank=True)
    scale_version = models.CharField(_("verbal scale"), max_length=60, blank=True, editable=False)
    uncertainty = models.TextField(_("uncertainty"), blank=True)
    limitations = models.TextField(_("limitations"), blank=True)
    report_file = models.ForeignKey(
        File,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("report"),
    )
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("verified by"),
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)

    objects = LabExamQuerySet.as_manager()

    class Meta:
        verbose_name = _("examination")
        verbose_name_plural = _("examinations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="exam_ref_once_per_case"),
            models.CheckConstraint(
                condition=Q(verifier__isnull=True) | ~Q(verifier=F("examiner")),
                name="exam_verified_by_another",
            ),
            models.CheckConstraint(
                condition=Q(is_destructive=False)
                | Q(state__in=["requested", "refused", "withdrawn"])
                | Q(approved_by__isnull=False),
                name="exam_destroys_with_a_second_yes",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="exam_finished_after_begun",
            ),
            models.CheckConstraint(
                condition=Q(support="", supported="")
                | (~Q(support="") & ~Q(supported="") & ~Q(proposition="") & ~Q(alternative="")),
                name="exam_support_has_two_propositions",
                violation_error_message=_(
                    "A word of the scale stands between two propositions: write both, "
                    "and which of them the results speak for."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "state"]),
            models.Index(fields=["case", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.get_discipline_display()}"

    @property
    def examiner_text(self) -> str:
        """Who examines: somebody of the team, or a name outside of it."""
        return str(self.examiner) if self.examiner else self.examiner_outside

    @property
    def has_conclusion(self) -> bool:
        """True when its results were weighed in words of the scale."""
        return bool(self.support)

    @property
    def support_text(self) -> str | Promise:
        """The word of the scale in the reader's language."""
        return Band(self.support).label if self.support else ""

    @property
    def awaits_approval(self) -> bool:
        """True for a destructive one that nobody has agreed to."""
        return self.is_destructive and self.approved_by_id is None
