"""What the page of an exhibit says of the caveats it is under."""

from typing import Any

from accounts.models import User
from evidence.models import Caveat, File, Item
from evidence.services.caveat import caveats_met, caveats_over_file, keeping_from, may_lift


def caveat_panel(item: Item, user: User, shown: File | None) -> dict[str, Any]:
    """Its own caveats, those it is under as a part, and those of its own that were lifted.

    Of a caveat of the whole it is told what it is and whose, and nothing more of the whole.
    `shown` is the file on show, whose original this person may be kept from.
    """
    met = caveats_met(item)
    standing = [caveat for caveat in met if caveat.is_standing]
    return {
        "caveats": [
            {
                "row": caveat,
                "own": caveat.item_id == item.pk,
                "may_lift": caveat.item_id == item.pk and may_lift(caveat, user),
            }
            for caveat in standing
        ],
        "lifted_caveats": [
            caveat for caveat in met if not caveat.is_standing and caveat.item_id == item.pk
        ],
        "kept_here": kept_here(item, user, shown, standing),
    }


def kept_here(item: Item, user: User, shown: File | None, over: list[Caveat]) -> list[Caveat]:
    """What keeps the original on show from this person.

    That is known already, but for a copy: it may have been made from a file of another exhibit.
    """
    if shown is None:
        return []
    met = over if shown.derived_from_id is None else caveats_over_file(shown)
    return keeping_from(user, item.case, met)
