"""Opens the places in which the custodian of the exercise keeps exhibits."""

from accounts.models import User
from evidence import services
from evidence.models import StoragePlace

SITE = "Nacre Evidence Depot"
TREE: dict[str, tuple[str, str, int | None]] = {
    "Hangar 2": ("room", SITE, None),
    "Bay 4": ("shelf", "Hangar 2", 6),
    "Bay 6": ("shelf", "Hangar 2", 6),
    "Evidence room": ("room", SITE, 200),
    "Shelf A": ("shelf", "Evidence room", None),
    "Tray 1": ("box", "Shelf A", 8),
    "Shelf B": ("shelf", "Evidence room", 40),
    "Box 3": ("box", "Shelf B", 4),
    "Box 4": ("box", "Shelf B", 4),
    "Shelf C": ("shelf", "Evidence room", 40),
    "Box 9": ("box", "Shelf C", 4),
}
"""Each place with its kind, what it stands in, how many exhibits it takes; wholes come first."""


def storage_of(custodian: User) -> dict[str, StoragePlace]:
    """The places by their names, those opened now that are not there yet."""
    mine = StoragePlace.objects.filter(agency=custodian.agency)
    places = {place.name: place for place in mine.with_path()}
    if SITE not in places:
        places[SITE] = services.open_place(custodian.agency, by=custodian, name=SITE, kind="site")
    for name, (kind, above, capacity) in TREE.items():
        if name not in places:
            places[name] = services.open_place(
                None, by=custodian, parent=places[above], name=name, kind=kind, capacity=capacity
            )
    return places
