"""Taking in what was captured on a phone: the exhibit by its tag, the photograph, what was said."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.models import ComponentCategory
from core.changes import require_sound
from core.errors import Refused
from core.precision import DatePrecision
from evidence.models import Capture, File, Item
from evidence.models.vocabulary import Acquisition
from evidence.services.file import caption_file, put_with_item_too
from evidence.services.item_logging import log_item
from investigations.models import Duty, Incident
from ledger.services import record

UNSORTED = "other"
"""The kind of an exhibit that was only tagged at the scene."""
LONGEST_NUMBER = 30
FAST = timedelta(minutes=5)


class CaptureFacts(TypedDict, total=False):
    """What the phone and its bearer say of a photograph."""

    has_scale: bool
    taken_at: datetime
    taken_zone: str
    taken_as_stated: str
    latitude: Decimal | None
    longitude: Decimal | None
    accuracy_m: int | None
    place_by_hand: bool
    place_as_stated: str
    note: str


@transaction.atomic
def receive_capture(
    incident: Incident,
    *,
    by: User,
    key: UUID,
    file: File,
    tag: str = "",
    taken_along: bool = True,
    in_situ: bool = False,
    **facts: Unpack[CaptureFacts],
) -> Capture:
    """Enter a photograph sealed on a phone; with a tag it goes to the exhibit of that number.

    An exhibit that is not there yet is logged. The same `key` again is the same capture, however
    late and however often it is sent.
    """
    incident.require(by, Duty.LOG_EVIDENCE)
    User.objects.select_for_update(no_key=True).get(
        pk=by.pk
    )  # one capture of theirs after the other
    if known := Capture.objects.visible_to(by).filter(taken_by=by, key=key).first():
        return known
    if file.case_id != incident.case_id:
        raise Refused(_("The file belongs to another case."))
    capture = Capture(case=incident.case, incident=incident, taken_by=by, key=key, **facts)
    capture.tag = number_on(tag.strip(), incident.case.ref)
    if capture.tag:
        capture.item = tagged(capture, taken_along=taken_along, by=by)
        file = put_with_item_too(file, capture.item, by=by)
    if in_situ and not file.in_situ:
        file = caption_file(file, by=by, caption=file.caption, in_situ=True)
    capture.file = file
    require_sound(capture)
    capture.save(force_insert=True)
    record(
        by,
        "evidence.capture_received",
        capture,
        sha256=file.sha256,
        file=str(file.pk),
        item=str(capture.item_id or ""),
        taken_at=capture.taken_at.isoformat(),
    )
    return capture


def tagged(capture: Capture, *, taken_along: bool, by: User) -> Item:
    """The exhibit that the tag names, logged now if the case has none of that number."""
    if item := labelled(capture, by):
        return item
    if len(capture.tag) > LONGEST_NUMBER:
        raise Refused(_("The tag names no exhibit of this case, and is too long for a number."))
    taken_at = believable(capture.taken_at) if taken_along else None
    return log_item(
        capture.case,
        by=by,
        exhibit_no=capture.tag,
        incident=capture.incident,
        kind=ComponentCategory.objects.get(code=UNSORTED),
        description=capture.note[:300] or _("Captured at the scene, to be described"),
        acquisition=Acquisition.SCENE_RECOVERY if taken_along else Acquisition.DOCUMENTED_ONLY,
        recovered_at=taken_at,
        recovered_precision=DatePrecision.MINUTE if taken_at else DatePrecision.UNKNOWN,
        recovered_as_stated=capture.taken_as_stated,
    )


def believable(told: datetime) -> datetime | None:
    """The phone's time, which may be a little fast; none that lies in the future outright."""
    now = timezone.now()
    return min(told, now) if told < now + FAST else None


def number_on(tag: str, ref: str) -> str:
    """The number alone, where the bars of a printed label were read: `CASE/EV-0001`."""
    said, _stroke, number = tag.partition("/")
    return number.strip() if said.strip().casefold() == ref.casefold() and number.strip() else tag


def labelled(capture: Capture, by: User) -> Item | None:
    """The exhibit whose number, or whose printed label's address, was typed or scanned."""
    named = Q(exhibit_no__iexact=capture.tag)
    for word in capture.tag.split("/"):
        named |= Q(pk=UUID(word)) if is_key(word) else Q()
    return Item.objects.visible_to(by).filter(named, case=capture.case).first()


def is_key(word: str) -> bool:
    """True for the text of an identifier."""
    try:
        return str(UUID(word)) == word.lower()
    except ValueError:
        return False
