"""What the page of an exhibit says of the caveats it is under."""

from typing import Any

from accounts.models import User
from evidence.models import Item
from evidence.services.caveat import caveats_met, may_lift


def caveat_panel(item: Item, user: User) -> dict[str, Any]:
    """Its own caveats, those it is under as a part, and those of its own that were lifted.

    Of a caveat of the whole it is told what it is and whose, and nothing more of the whole.
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
    }
