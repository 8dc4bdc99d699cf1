"""Photographs as a team brings them in: from a camera that states time and place, and broken."""

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL.ExifTags import GPS, Base

from tests.evidence.imaging.pictures import encoded, exif, two_sided

TAKEN = {Base.DateTimeOriginal: "2026:03:14 07:55:12"}
ZONE = {Base.OffsetTimeOriginal: "+03:00"}
PLACE = {
    GPS.GPSLatitudeRef: "N",
    GPS.GPSLatitude: (33.0, 18.0, 29.5),
    GPS.GPSLongitudeRef: "E",
    GPS.GPSLongitude: (44.0, 23.0, 52.8),
}


def photograph(width: int = 400, *, zone: bool = True) -> bytes:
    """A JPEG that says when, where and with what it was taken; another width, other bytes."""
    claims = exif({Base.Make: "Canon", Base.Model: "EOS R6"}, TAKEN | (ZONE if zone else {}), PLACE)
    return encoded(two_sided(width), exif=claims)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")
