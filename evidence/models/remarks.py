"""What the examination of a picture may conclude or remark, in sentences for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOT_EXAMINED = "not-examined"
"""Nothing was judged: the examination itself failed, again and again."""

NOT_READ = "not-read"
"""No machine could read it: the reading itself failed, again and again."""

REMARKS: dict[str, str | Promise] = {
    "not-a-picture": _("This file is not a picture of a kind Vestige opens."),
    "truncated": _("The picture ends before its data does."),
    "damaged": _("The picture's data is damaged and could not be decoded."),
    "too-many-pixels": _("The picture claims more pixels than may be decoded safely."),
    "too-much-memory": _("Decoding the picture would take more memory than is allowed."),
    "timed-out": _("Decoding the picture took longer than is allowed."),
    "decoder-failed": _("The decoder stopped working on this picture."),
    NOT_EXAMINED: _("It could not be examined; an administrator can have it tried again."),
    NOT_READ: _("No machine could read it; an administrator can have it tried again."),
    "exif-unreadable": _("The EXIF block is damaged and was left out."),
    "exif-partly-unreadable": _("Part of the EXIF block is damaged and was left out."),
    "orientation-invalid": _("The stated orientation is not one of 1 to 8 and was left out."),
    "time-unreadable": _("The stated time is not a date and was kept as text only."),
    "time-of-last-change": _("The stated time is that of the last change, not of exposure."),
    "time-of-digitising": _("The stated time is that of digitising, not of exposure."),
    "position-incomplete": _("The stated position lacks a part and was left out."),
    "position-out-of-range": _("The stated position is not on Earth and was left out."),
    "position-zero": _("The stated position is 0, 0, as written without a fix; it was left out."),
    "position-without-fix": _("The receiver says that it had no fix."),
    "altitude-out-of-range": _("The stated altitude is absurd and was left out."),
    "accuracy-out-of-range": _("The stated accuracy is absurd and was left out."),
    "colour-profile-unusable": _("The colour profile could not be used; colours may be off."),
}
"""By the codes of `evidence.imaging.verdicts`, which knows no languages, and one of our own."""
