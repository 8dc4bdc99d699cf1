"""Files: originals kept byte for byte, and what the worker read from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evidence.models.item import Item
from evidence.models.publication import Published
from evidence.models.remarks import REMARKS
from evidence.models.stored_bytes import StoredBytes
from evidence.models.vocabulary import AcquisitionMethod, CopyType, FileState
from investigations.models import CaseRecord, CaseRecordQuerySet

PREVIEW_SIDE = 1600
"""Longest side of the preview (pixels), as `evidence.imaging.derivatives` draws it."""


class FileQuerySet(CaseRecordQuerySet["File"]):
    """Questions about files."""

    def waiting(self) -> "FileQuerySet":
        return self.filter(state=FileState.WAITING)

    def unexamined(self) -> "FileQuerySet":
        """Waiting for its examination, or for another attempt at it."""
        return self.filter(pipeline_version=0)

    def behind(self, pipeline_version: int) -> "FileQuerySet":
        """Not yet examined by this version."""
        return self.filter(pipeline_version__lt=pipeline_version)

    def broken(self) -> "FileQuerySet":
        """Those whose stored bytes, read again, were not what was received."""
        return self.filter(fixity__in=StoredBytes.BROKEN)

    def pictures(self) -> "FileQuerySet":
        return self.filter(state=FileState.READY)

    def unassigned(self) -> "FileQuerySet":
        return self.filter(item__isnull=True)


class File(StoredBytes, Published, CaseRecord):
    """One received file: its bytes lie under their SHA-256 and are never changed.

    Capture time and place are what the file *claims*; nothing here says that they are true.
    """

    derives_from = ("item", "derived_from")
    born_shared = True
    kept = True
    not_kept = (
        *("sha256", "size", "mime", "width", "height", "perceptual_hash", "perceptual_quality"),
        *("claimed_taken_at", "claimed_taken_text", "claimed_zone_known", "claimed_camera"),
        *("claimed_latitude", "claimed_longitude", "claimed_altitude_m", "reading_notes"),
        *("state", "state_reason", "pipeline_version", "thumbnail", "preview", "read_with"),
        *("reading_trouble", "fixity", "fixity_at", "fixity_by", "uploader_kept"),
    )
    """What machines read in its bytes, and the account that is kept apart so that it can go."""

    item = models.ForeignKey(
        Item,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="files",
        verbose_name=_("exhibit"),
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size (bytes)"), editable=False)
    name = models.CharField(_("name as received"), max_length=255)
    caption = models.CharField(
        _("what it shows"), max_length=300, blank=True, help_text=_("Read out to blind colleagues.")
    )
    mime = models.CharField(_("type"), max_length=100, blank=True, editable=False)
    copy_type = models.CharField(
        _("copy"), max_length=20, choices=CopyType, default=CopyType.ORIGINAL
    )
    derived_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("copy of"),
        editable=False,
    )
    acquired_at = models.DateTimeField(_("acquired"), null=True, blank=True)
    acquired_by = models.CharField(_("acquired by whom"), max_length=120, blank=True)
    tool = models.CharField(_("tool"), max_length=120, blank=True)
    tool_version = models.CharField(_("version of the tool"), max_length=60, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("received by"),
        editable=False,
    )
    acquisition_method = models.CharField(
        _("acquired by"),
        max_length=30,
        choices=AcquisitionMethod,
        default=AcquisitionMethod.OWN_CAPTURE,
    )
    path_as_sent = models.CharField(_("path as sent"), max_length=1000, blank=True, editable=False)
    collected_by = models.CharField(_("collected by"), max_length=120, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    taken_as_stated = models.CharField(_("time as stated"), max_length=200, blank=True)
    place_as_stated = models.CharField(_("place as stated"), max_length=200, blank=True)
    in_situ = models.BooleanField(_("taken in place, before moving"), default=False)
    state = models.CharField(
        _("state"), max_length=20, choices=FileState, default=FileState.WAITING, editable=False
    )
    state_reason = models.CharField(max_length=200, blank=True, editable=False)
    pipeline_version = models.PositiveIntegerField(default=0, editable=False)
    width = models.PositiveIntegerField(_("width (px)"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height (px)"), null=True, editable=False)
    claimed_taken_at = models.DateTimeField(_("taken, as claimed"), null=True, editable=False)
    claimed_taken_text = models.CharField(max_length=60, blank=True, editable=False)
    claimed_zone_known = models.BooleanField(default=False, editable=False)
    claimed_latitude = models.DecimalField(
        max_digits=9, decimal_places=6, null=True, editable=False
    )
    claimed_longitude = models.DecimalField(
        max_digits=9, decimal_places=6, null=True, editable=False
    )
    claimed_altitude_m = models.DecimalField(
        max_digits=8, decimal_places=1, null=True, editable=False
    )
    claimed_camera = models.CharField(_("camera, as claimed"), max_length=200, blank=True)
    reading_notes = models.JSONField(default=list, editable=False)
    thumbnail = models.CharField(max_length=120, blank=True, editable=False)
    preview = models.CharField(max_length=120, blank=True, editable=False)
    perceptual_hash = models.CharField(
        _("perceptual hash (PDQ)"), max_length=64, blank=True, editable=False
    )
    perceptual_quality = models.PositiveSmallIntegerField(null=True, editable=False)
    read_with = models.CharField(_("read with"), max_length=200, blank=True, editable=False)
    reading_trouble = models.CharField(max_length=40, blank=True, editable=False)

    arrived_before = False
    """Set on the row that `receive_file` returns when these bytes were in the case already."""

    twin: Item | None = None
    """The exhibit that holds the very same bytes; set where a list is made."""

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "sha256"], name="file_once_per_exhibit", nulls_distinct=True
            ),
            models.UniqueConstraint(
                fields=["case", "sha256"],
                condition=Q(item__isnull=True),
                name="file_once_unassigned_in_case",
            ),
            models.CheckConstraint(
                condition=Q(copy_type=CopyType.ORIGINAL, derived_from__isnull=True)
                | (~Q(copy_type=CopyType.ORIGINAL) & Q(derived_from__isnull=False)),
                name="file_is_an_original_or_a_copy_of_one",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-id"]),
            models.Index(fields=["sha256"]),
            models.Index(fields=["id"], condition=Q(state="waiting"), name="files_waiting"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """True until the worker has looked at it."""
        return self.state == FileState.WAITING

    @property
    def is_original(self) -> bool:
        """True for what was received; false for whatever was made of it."""
        return self.copy_type == CopyType.ORIGINAL

    @property
    def has_picture(self) -> bool:
        """True when a preview of our own making can be shown."""
        return bool(self.preview)

    @property
    def has_detail(self) -> bool:
        """True when the original has more pixels than its preview shows."""
        return self.has_picture and max(self.width or 0, self.height or 0) > PREVIEW_SIDE

    @property
    def is_unreadable(self) -> bool:
        """True for a picture that could not be decoded; its original is kept all the same."""
        return self.state == FileState.UNREADABLE

    @property
    def reason_text(self) -> str:
        """Why it cannot be shown, as a sentence."""
        return str(REMARKS.get(self.state_reason, self.state_reason))

    @property
    def was_read(self) -> bool:
        """True once a machine has looked for codes, credentials and, where it can, text."""
        return bool(self.read_with)

    @property
    def text_was_sought(self) -> bool:
        """False where what reads text is not installed, or is switched off."""
        return "rapidocr" in self.read_with

    @property
    def reading_trouble_text(self) -> str:
        """Why no machine could read it, as a sentence."""
        return str(REMARKS.get(self.reading_trouble, self.reading_trouble))

    @property
    def remarks(self) -> list[str]:
        """What a reader should know about the facts it claims, in sentences."""
        return [str(REMARKS.get(note, note)) for note in self.reading_notes]

    @property
    def has_claimed_point(self) -> bool:
        """True when the file says where it was taken."""
        return self.claimed_latitude is not None and self.claimed_longitude is not None
