"""What comes in from elsewhere, in whichever of the formats that we read."""

from exchange.formats.elsewhere import Arrived, read_json
from exchange.formats.misp.arriving import is_event, parts_of
from exchange.formats.stix.arriving import objects_of

STIX, MISP = "stix", "misp"


def read_file(data: bytes) -> tuple[str, list[Arrived]]:
    """The format of a file and its objects; WrongBundle says what is wrong with it."""
    told = read_json(data)
    if is_event(told):
        return MISP, parts_of(told)
    return STIX, objects_of(told)
