"""Saying that an exhibit is described in full, which the rules of the scene must allow."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.scope import system_scope
from evidence.models import File, Item
from evidence.models.safety import CLEARED
from evidence.models.vocabulary import Hazard
from investigations.models import Duty
from ledger.services import record

EXPLOSIVE = {Hazard.LIVE_ORDNANCE, Hazard.EXPLOSIVE_RESIDUE}


@transaction.atomic
def complete_description(item: Item, *, by: User) -> Item:
    """Say that an exhibit is described in full; refused while anything is lacking."""
    item = Item.objects.locked_for(by, item)
    item.require(by, Duty.LOG_EVIDENCE)
    if item.completed_at:
        raise Refused(_("It was said before that it is described in full."))
    if lacking := list(lacking_in(item)):
        raise Refused(" ".join(lacking))
    item.completed_at, item.completed_by = timezone.now(), by
    item.version += 1
    item.save(update_fields=["completed_at", "completed_by", "version", "updated_at"])
    record(by, "evidence.item_completed", item, exhibit_no=item.exhibit_no)
    return item


def require_still_complete(item: Item) -> None:
    """What was said to be described in full loses nothing of what that takes."""
    if item.completed_at and (lacking := list(lacking_in(item))):
        raise Refused(" ".join([_("It was said that it is described in full."), *lacking]))


def lacking_in(item: Item, known: Iterable[File] = ()) -> Iterator[str]:
    """What an exhibit lacks to be described in full, in sentences.

    It may be logged without, as imports often are; its page says so until it is there. Among the
    files that are `known` of it no photo is looked for again.
    """
    in_place = any(file.in_situ for file in known)
    if not (item.no_in_situ_reason.strip() or in_place or has_photo_in_place(item)):
        yield _("A photo taken in place is lacking, or the reason why there is none.")
    if not item.recovered_at and not item.recovered_as_stated:
        yield _("It is not said when it was recovered or documented.")
    if EXPLOSIVE & set(item.hazards) and item.render_safe not in CLEARED:
        yield _("It bears an explosive hazard and nobody has cleared it.")
    if not item.was_possessed and not (item.documentation_site_id or item.site_id):
        yield _("It was only documented, and it is not said where.")


def has_photo_in_place(item: Item) -> bool:
    """True when a photo was taken before it was moved, whoever may see that photo."""
    with system_scope("whether a photo in place is there is told to whoever sees the exhibit"):
        return File.objects.filter(item=item, in_situ=True).exists()
