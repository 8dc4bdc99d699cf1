"""Everything an examination may conclude or remark, as a stable code and its English sentence."""

from types import MappingProxyType

REASONS = MappingProxyType(
    {
        "not-a-picture": "This file is not a picture of a kind Vestige opens.",
        "truncated": "The picture ends before its data does.",
        "damaged": "The picture's data is damaged and could not be decoded.",
        "too-many-pixels": "The picture claims more pixels than may be decoded safely.",
        "too-much-memory": "Decoding the picture would take more memory than is allowed.",
        "timed-out": "Decoding the picture took longer than is allowed.",
        "decoder-failed": "The decoder stopped working on this picture.",
    }
)
"""Why an original is kept but shown without a preview."""

NOTES = MappingProxyType(
    {
        "exif-unreadable": "The EXIF block is damaged and was left out.",
        "exif-partly-unreadable": "Part of the EXIF block is damaged and was left out.",
        "orientation-invalid": "The stated orientation is not one of 1 to 8 and was left out.",
        "time-unreadable": "The stated time is not a date and was kept as text only.",
        "time-of-last-change": "The stated time is that of the last change, not of exposure.",
        "time-of-digitising": "The stated time is that of digitising, not of exposure.",
        "position-incomplete": "The stated position lacks a part and was left out.",
        "position-out-of-range": "The stated position is not on Earth and was left out.",
        "position-zero": "The stated position is 0, 0, as written without a fix; it was left out.",
        "position-without-fix": "The receiver says that it had no fix.",
        "altitude-out-of-range": "The stated altitude is absurd and was left out.",
        "accuracy-out-of-range": "The stated accuracy is absurd and was left out.",
        "colour-profile-unusable": "The colour profile could not be used; colours may be off.",
    }
)
"""What a reader should know about the facts a picture claims for itself."""
