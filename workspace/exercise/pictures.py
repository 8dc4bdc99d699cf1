"""Works on one photograph of the exercise: a marking read by two, and a copy that may go out."""

from django.db import transaction

from accounts.models import User
from evidence import services
from evidence.models import File, Marking, Redaction
from evidence.models.digital_words import RedactionState
from investigations.models import Case

SHOWN = "A-07"
PLATE = {"left": 375, "top": 350, "width": 250, "height": 192}
"""Where the plate of the gyroscope is drawn, in per mille of the picture."""
CARD = {"left": 693, "top": 825, "width": 208, "height": 100}
"""Where the card with the exhibit number lies."""


def photograph_of(case: Case) -> File:
    """The photograph of the gyroscope, examined: now, where no worker has come to it yet."""
    file = File.objects.get(case=case, item__exhibit_no=SHOWN, copy_type="original")
    if not file.has_picture:
        services.examine_file(file)
        file.refresh_from_db()
    return file


@transaction.atomic
def pin_marking(file: File, *, analyst: User, second: User) -> None:
    """The part number, pinned to its region and read letter by letter the same by a second one."""
    markings = Marking.objects.filter(component__item=file.item, kind="part-no")
    marking = markings.filter(confirmed_by=None).first()
    if marking is None:
        return
    marking = services.amend_marking(
        marking, by=analyst, version=marking.version, photo=file, region=PLATE
    )
    services.confirm_marking(marking, by=second, version=marking.version, as_seen=marking.as_seen)


def redact(file: File, *, analyst: User, reviewer: User) -> None:
    """A copy without the number of the exhibit, looked at by somebody else."""
    redaction = Redaction.objects.filter(file=file).first()
    if redaction is None:
        region = {**CARD, "reason": "operational"}
        redaction = services.ask_redaction(file, by=analyst, regions=[region])
    if redaction.state == RedactionState.WAITING:
        redaction = services.draw_redaction(redaction)
    if redaction.waits_for_review:
        services.review_redaction(
            redaction, by=reviewer, state="accepted", review_note="Nothing of the card is left."
        )
