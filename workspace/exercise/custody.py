"""Moves some exhibits of the exercise from hand to hand, as a real inquiry does."""

from django.db import transaction

from accounts.models import User
from evidence import services
from evidence.models import Item
from investigations.models import Case

EXAMINED = ("A-07", "B-07", "A-13", "S-03")
STORED = {
    "A-01": "Hangar 2, bay 4",
    "A-04": "Hangar 2, bay 4",
    "B-01": "Hangar 2, bay 6",
    "A-06": "Evidence room, shelf B, box 3",
    "B-06": "Evidence room, shelf B, box 4",
    "S-06": "Evidence room, shelf C, box 9",
}


def move_exhibits(case: Case, *, analyst: User, custodian: User, examiner: User) -> None:
    """Sealed at the scene, handed to the custodian, stored; four go on to the laboratory."""
    numbers = [*STORED, *EXAMINED]
    seals = {number: f"NJI-{4400 + position}" for position, number in enumerate(numbers, start=1)}
    for number in reversed(numbers):  # parts first: what is sealed takes along what lies in it
        item = Item.objects.get(case=case, exhibit_no=number)
        if item.holder_id == analyst.pk:
            move(item, seals[number], analyst, custodian, examiner)


@transaction.atomic
def move(item: Item, seal: str, analyst: User, custodian: User, examiner: User) -> None:
    """The way of one exhibit."""
    services.seal_item(item, seal_no=seal, by=analyst)
    services.hand_over(item, to=custodian, by=analyst, purpose="Safe keeping")
    services.receive_item(item, by=custodian, seal=seal)
    place = STORED.get(item.exhibit_no, "Evidence room, shelf A, tray 1")
    services.store_item(item, place=place, by=custodian)
    if item.exhibit_no in EXAMINED:
        services.hand_over(item, to=examiner, by=custodian, purpose="Comparison")
        services.receive_item(item, by=examiner, seal=seal)
        services.break_seal(item, reason="Examination of the markings", by=examiner)
        services.seal_item(item, seal_no=f"{seal}-L", by=examiner)
