"""Calibrating a photo: how many millimetres a pixel of it stands for."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import require_sound
from core.errors import Refused
from evidence.models import Calibration, File
from investigations.models import Duty
from ledger.services import record

SHORTEST_LINE = 10  # pixels; a shorter one says too little about a length


@transaction.atomic
def calibrate(
    file: File, *, by: User, start: tuple[int, int], end: tuple[int, int], length_mm: Decimal
) -> Calibration:
    """Say how long a line on a photo is; what is measured on it from now on follows."""
    file = File.objects.locked_for(by, file)
    file.require(by, Duty.LOG_EVIDENCE)
    line = Calibration(
        case=file.case,
        file=file,
        set_by=by,
        length_mm=length_mm,
        **{"from_x": start[0], "from_y": start[1], "to_x": end[0], "to_y": end[1]},
    )
    require_sound(line)
    require_line_on(file, line)
    line.save(force_insert=True)
    record(
        by,
        "evidence.photo_calibrated",
        file,
        start=list(start),
        end=list(end),
        length_mm=str(length_mm),
    )
    return line


def require_line_on(file: File, line: Calibration) -> None:
    """The line lies on the photo, and is long enough to say something."""
    if not file.width or not file.height:
        raise Refused(_("Only a picture that was read can be calibrated."))
    if max(line.from_x, line.to_x) > file.width or max(line.from_y, line.to_y) > file.height:
        raise Refused(_("The line reaches beyond the picture."))
    if line.pixels < SHORTEST_LINE:
        raise Refused(_("Draw the line along the scale bar; this one is too short."))
