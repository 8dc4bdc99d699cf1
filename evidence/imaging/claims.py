"""Read what a picture claims about itself in EXIF; claims are shown as claims, never as facts.

Tags after Exif 3.0 (CIPA DC-008); nothing in here may fail, whatever the block holds.
"""

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

LONGEST_TEXT = 200
_MOMENT = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T]+(\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4]):[0-5]\d")
_TIMES = (
    (Base.DateTimeOriginal, Base.OffsetTimeOriginal, ""),
    (Base.DateTimeDigitized, Base.OffsetTimeDigitized, "time-of-digitising"),
    (Base.DateTime, Base.OffsetTime, "time-of-last-change"),
)
_FIRST_YEAR, _LAST_YEAR = 1800, 2999
_ALTITUDES_M = (-12_000.0, 100_000.0)
_ACCURACIES_M = (0.0, 1_000_000.0)

Tags = Mapping[int, Any]


class Exif(NamedTuple):
    """What the picture says of its making: WGS84 degrees, metres, local time as on the camera.

    `taken_at` is naive unless read with `offset` ("+02:00"), which few cameras write;
    `taken_as_stated` keeps the camera's own text. `orientation` is 1 to 8, 1 being upright.
    """

    taken_at: datetime | None = None
    offset: str | None = None
    taken_as_stated: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    altitude_m: float | None = None
    accuracy_m: float | None = None
    camera_make: str | None = None
    camera_model: str | None = None
    orientation: int | None = None
    software: str | None = None


def read_claims(image: Image.Image, notes: list[str]) -> Exif | None:
    """The picture's claims, or None if it makes none; remarks on them are added to `notes`."""
    try:
        block = image.getexif()
        main: dict[int, Any] = dict(block)
    except Exception:
        notes.append("exif-unreadable")
        return None
    detail = _directory(block, IFD.Exif, notes)
    position = _directory(block, IFD.GPSInfo, notes)
    claimed = Exif(
        **_time({**main, **detail}, notes),
        **_place(position, notes),
        camera_make=_text(main.get(Base.Make)),
        camera_model=_text(main.get(Base.Model)),
        software=_text(main.get(Base.Software)),
        orientation=_orientation(image, main, notes),
    )
    return claimed if any(value is not None for value in claimed) else None


def _directory(block: Image.Exif, which: IFD, notes: list[str]) -> dict[int, Any]:
    try:
        return dict(block.get_ifd(which))
    except Exception:
        if "exif-partly-unreadable" not in notes:
            notes.append("exif-partly-unreadable")
        return {}


def _time(tags: Tags, notes: list[str]) -> dict[str, Any]:
    for moment_tag, offset_tag, remark in _TIMES:
        stated = _text(tags.get(moment_tag))
        if not stated or not re.search(r"[1-9]", stated):
            continue  # zeros, blanks and colons are how a camera without a clock says "unknown"
        moment = _moment(stated)
        if remark or moment is None:
            notes.append(remark if moment else "time-unreadable")
        offset = _text(tags.get(offset_tag))
        return {
            "taken_at": moment,
            "offset": offset if offset and _OFFSET.fullmatch(offset) else None,
            "taken_as_stated": stated,
        }
    return {}


def _moment(stated: str) -> datetime | None:
    if not (found := _MOMENT.match(stated)):
        return None
    if not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return None
    try:
        return datetime(*(int(part) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def _place(tags: Tags, notes: list[str]) -> dict[str, Any]:
    latitude = _degrees(tags, GPS.GPSLatitude, GPS.GPSLatitudeRef, "NS")
    longitude = _degrees(tags, GPS.GPSLongitude, GPS.GPSLongitudeRef, "EW")
    if remark := _doubt(tags, latitude, longitude):
        notes.append(remark)
        return {}
    if latitude is None:
        return {}
    if _text(tags.get(GPS.GPSStatus)) == "V":
        notes.append("position-without-fix")
    accuracy = _number(tags.get(GPS.GPSHPositioningError))
    return {
        "latitude": latitude,
        "longitude": longitude,
        "altitude_m": _sane(_altitude(tags), _ALTITUDES_M, "altitude-out-of-range", notes),
        "accuracy_m": _sane(accuracy, _ACCURACIES_M, "accuracy-out-of-range", notes),
    }


def _sane(
    number: float | None, bounds: tuple[float, float], remark: str, notes: list[str]
) -> float | None:
    if number is None or bounds[0] <= number <= bounds[1]:
        return number
    notes.append(remark)
    return None


def _doubt(tags: Tags, latitude: float | None, longitude: float | None) -> str:
    """Why a stated position can't be used; empty if it can, or if none is stated."""
    if latitude is None or longitude is None:
        stated = GPS.GPSLatitude in tags or GPS.GPSLongitude in tags
        return "position-incomplete" if stated else ""
    if abs(latitude) > 90 or abs(longitude) > 180:
        return "position-out-of-range"
    return "position-zero" if latitude == longitude == 0 else ""


def _degrees(tags: Tags, value_tag: GPS, hemisphere_tag: GPS, hemispheres: str) -> float | None:
    """Signed degrees from degrees, minutes and seconds; None without a hemisphere."""
    stated = tags.get(value_tag)
    parts = [_number(part) for part in stated] if isinstance(stated, tuple) else [_number(stated)]
    hemisphere = (_text(tags.get(hemisphere_tag)) or "?")[0].upper()
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or not 1 <= len(parts) <= 3 or hemisphere not in hemispheres:
        return None
    size = math.fsum(part / 60**place for place, part in enumerate(known))
    return -size if hemisphere == hemispheres[1] else size


def _altitude(tags: Tags) -> float | None:
    height = _number(tags.get(GPS.GPSAltitude))
    below_sea = tags.get(GPS.GPSAltitudeRef) in (1, 3, b"\x01", b"\x03")
    return -height if height is not None and below_sea else height


def _orientation(image: Image.Image, tags: Tags, notes: list[str]) -> int | None:
    # pillow_heif turns the picture itself, resets the tag and keeps what it said here.
    stated = image.info.get("original_orientation") or tags.get(Base.Orientation)
    if stated is None:
        return None
    if isinstance(stated, int) and 1 <= stated <= 8:
        return stated
    notes.append("orientation-invalid")
    return None


def _number(stated: Any) -> float | None:
    try:
        number = float(stated[0] if isinstance(stated, tuple) and len(stated) == 1 else stated)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return number if math.isfinite(number) else None


def _text(stated: Any) -> str | None:
    """Printable text without NULs, cut at `LONGEST_TEXT`."""
    if isinstance(stated, bytes):
        stated = stated.decode("utf-8", "replace")
    if not isinstance(stated, str):
        return None
    with suppress(UnicodeError):
        # Pillow reads every string as Latin-1; cameras that go beyond ASCII write UTF-8.
        stated = stated.encode("latin-1").decode("utf-8")
    kept = "".join(c if c.isprintable() else " " for c in stated.split("\0")[0])
    return " ".join(kept.split())[:LONGEST_TEXT] or None
