"""Moves some exhibits of the exercise from hand to hand, as a real inquiry does."""

from django.db import transaction

from accounts.models import User
from evidence import services
from evidence.models import Item, StoragePlace
from investigations.models import Case
from workspace.exercise.storage import storage_of

EXAMINED = ("A-07", "B-07", "A-13", "S-03")
STORED = {
    "A-01": "Bay 4",
    "A-04": "Bay 4",
    "B-01": "Bay 6",
    "A-06": "Box 3",
    "B-06": "Box 4",
    "S-06": "Box 9",
}
RESEALED, LEFT_WITH, FOUND_WITH = "S-07", "NJI-4431", "NJI-4413"
"""The exhibit whose seal was not the one that it was left with, and both seals."""


def move_exhibits(case: Case, *, analyst: User, custodian: User, examiner: User) -> None:
    """Sealed at the scene, handed to the custodian, stored; four go on to the laboratory."""
    storage = storage_of(custodian)
    numbers = [*STORED, *EXAMINED]
    seals = {number: f"NJI-{4400 + position}" for position, number in enumerate(numbers, start=1)}
    for number in reversed(numbers):  # parts first: what is sealed takes along what lies in it
        item = Item.objects.get(case=case, exhibit_no=number)
        if item.holder_id == analyst.pk:
            move(item, seals[number], storage, (analyst, custodian, examiner))


@transaction.atomic
def move(
    item: Item, seal: str, storage: dict[str, StoragePlace], hands: tuple[User, User, User]
) -> None:
    """The way of one exhibit, from the analyst over the custodian to the examiner."""
    analyst, custodian, examiner = hands
    services.seal_item(item, seal_no=seal, by=analyst)
    services.hand_over(item, to=custodian, by=analyst, purpose="Safe keeping")
    services.receive_item(item, by=custodian, seal=seal)
    place = storage[STORED.get(item.exhibit_no, "Tray 1")]
    services.store_item(item, storage=place, by=custodian)
    if item.exhibit_no in EXAMINED:
        services.hand_over(item, to=examiner, by=custodian, purpose="Comparison")
        services.receive_item(item, by=examiner, seal=seal)
        services.break_seal(item, reason="Examination of the markings", by=examiner)
        services.seal_item(item, seal_no=f"{seal}-L", by=examiner)


@transaction.atomic
def leave_a_gap(case: Case, *, analyst: User, custodian: User, reviewer: User) -> None:
    """One exhibit comes with another seal: its custodian explains it, a third person waives it."""
    item = Item.objects.get(case=case, exhibit_no=RESEALED)
    if item.holder_id != analyst.pk:
        return
    services.seal_item(item, seal_no=LEFT_WITH, by=analyst)
    services.hand_over(item, to=custodian, by=analyst, purpose="Safe keeping")
    services.receive_item(
        item, by=custodian, seal=FOUND_WITH, condition="Bag whole, sealed by another number"
    )
    (gap,) = services.gaps_of(item)
    explained = services.explain_gap(
        item,
        gap=gap.gap.key,
        words="The harbour police sealed the bag anew at the gate after their X-ray; their log "
        "of that evening names both numbers.",
        by=custodian,
    )
    services.waive_gap(
        explained, words="The log of the gate was seen, and names both seals.", by=reviewer
    )
