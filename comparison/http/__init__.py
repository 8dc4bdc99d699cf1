"""What the pages of comparison show, whichever door was used to reach them."""

from comparison.http.link import TAKEN_AWAY, give_pictures, handling_of, link_page
from comparison.http.queue import FIRST, LAST, Queue, tabs_of

__all__ = [
    "FIRST",
    "LAST",
    "TAKEN_AWAY",
    "Queue",
    "give_pictures",
    "handling_of",
    "link_page",
    "tabs_of",
]
