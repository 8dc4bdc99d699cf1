"""Markings: what is written on a part, or was, and how it was taken off."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.normalise import normalise
from evidence.models.component import Component
from evidence.models.file import File
from evidence.models.proposal import Proposal
from evidence.models.region import outline_text, require_region
from evidence.models.vocabulary import TEXT_BEARING, MarkingKind, MarkingState, Transcription
from investigations.models import CaseRecordQuerySet, VersionedCaseRecord


class MarkingQuerySet(CaseRecordQuerySet["Marking"]):
    """Questions about markings."""

    def removed(self) -> "MarkingQuerySet":
        return self.filter(
            state__in=[
                MarkingState.GROUND,
                MarkingState.CHEMICAL,
                MarkingState.STICKER_REMOVED,
                MarkingState.OVERPAINTED,
            ]
        )


class Marking(VersionedCaseRecord):
    """One marking in one of its ten states; removed and never present are not the same.

    `transcription` says who has read it so far. What a machine read stands beside as `proposal`
    and never takes the place of a person's text. `as_seen` keeps the letters as they stand, `?`
    for each that cannot be read. `region` is where on the photo it stands: a box or an outline,
    as in `evidence.models.region`.
    """

    derives_from = ("component", "photo")
    born_shared = True
    kept = True

    component = models.ForeignKey(
        Component, models.PROTECT, related_name="markings", verbose_name=_("component")
    )
    kind = models.CharField(_("kind"), max_length=30, choices=MarkingKind)
    state = models.CharField(_("state"), max_length=30, choices=MarkingState)
    as_seen = models.CharField(_("as seen"), max_length=300, blank=True)
    script = models.CharField(_("script"), max_length=30, blank=True)
    transcribed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("transcribed by"),
        editable=False,
    )
    transcription = models.CharField(
        _("read by"),
        max_length=20,
        choices=Transcription,
        default=Transcription.SINGLE_READ,
        editable=False,
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("second reader"),
        editable=False,
    )
    confirmed_at = models.DateTimeField(_("read a second time"), null=True, editable=False)
    proposal = models.ForeignKey(
        Proposal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="markings",
        verbose_name=_("machine's reading"),
        editable=False,
    )
    photo = models.ForeignKey(
        File,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="markings",
        verbose_name=_("photo"),
    )
    region = models.JSONField(_("region"), null=True, blank=True, validators=[require_region])
    removal_pattern = models.CharField(
        _("how it was removed"),
        max_length=200,
        blank=True,
        help_text=_("Which lines, with which tool: the pattern itself is compared."),
    )
    restoration_method = models.CharField(_("restored by"), max_length=200, blank=True)

    objects = MarkingQuerySet.as_manager()

    class Meta:
        verbose_name = _("marking")
        verbose_name_plural = _("markings")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(TEXT_BEARING)) | Q(as_seen=""),
                name="marking_text_only_where_legible",
                violation_error_message=_(
                    "A marking that was removed, never present or not examined has no text. "
                    "Choose another state, or leave the text empty."
                ),
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=True) | Q(photo__isnull=False),
                name="marking_region_lies_on_a_photo",
                violation_error_message=_("Choose the photo on which the region lies."),
            ),
            models.CheckConstraint(
                condition=Q(transcription=Transcription.DOUBLE_READ, confirmed_by__isnull=False)
                | (~Q(transcription=Transcription.DOUBLE_READ) & Q(confirmed_by__isnull=True)),
                name="marking_read_twice_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("transcribed_by")),
                name="marking_read_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.as_seen or self.state}"

    @property
    def outline(self) -> str:
        """The corners of its region, as text; empty where it is pinned to none."""
        return outline_text(self.region) if self.region else ""

    @property
    def bears_text(self) -> bool:
        """True in the states in which letters can be read."""
        return self.state in TEXT_BEARING

    @property
    def compared_as(self) -> str:
        """The letters brought to one form, as comparisons use them."""
        return normalise(self.as_seen)
