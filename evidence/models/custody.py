"""What is known of one exhibit or file: its way from hand to hand, and its last check."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import User
from core.scope import system_scope
from evidence.models.custody_event import CustodyEvent
from evidence.models.file import File
from evidence.models.item import Item
from evidence.models.vocabulary import Fixity
from ledger.models import Entry


def custody_of(item: Item) -> list[CustodyEvent]:
    """Everything that was entered of `item`, the newest deed first.

    Whoever sees the exhibit is told its custody.
    """
    with system_scope("the custody of an exhibit is told to whoever sees it"):
        events = list(CustodyEvent.objects.of(item).with_people())
    return sorted(events, key=lambda event: (event.at, event.seq), reverse=True)


@dataclass(frozen=True)
class Check:
    """The last time the bytes of an original were hashed: when, by whom, and with what result."""

    at: datetime
    by: User | None
    whole: bool
    on_receipt: bool = False
    nightly: bool = False

    @property
    def state(self) -> str:
        """The word for it: verified or altered."""
        return "verified" if self.whole else "altered"


def last_check(file: File) -> Check:
    """The newest comparison of a file's bytes with its hash; the first was made on receipt."""
    with system_scope("whether a file is whole is told to whoever sees it"):
        entry = (
            Entry.objects.about(file)
            .filter(act="evidence.file_verified")
            .select_related("actor")
            .order_by("-position")
            .first()
        )
    if file.fixity_at and (entry is None or file.fixity_at >= entry.at):
        return Check(file.fixity_at, None, whole=file.fixity == Fixity.WHOLE, nightly=True)
    if entry is None:
        return Check(file.created_at, None, whole=True, on_receipt=True)
    actor = entry.actor
    whole = bool(entry.facts.get("whole"))
    return Check(entry.at, actor if isinstance(actor, User) else None, whole=whole)


def exhibits_with(files: Iterable[File], reader: User) -> dict[UUID, Item]:
    """For each of `files`, the exhibit of its case that holds the very same bytes already.

    Only exhibits that `reader` may see count.
    """
    files = list(files)
    seen = File.objects.visible_to(reader).filter(item__in=Item.objects.visible_to(reader))
    held = seen.filter(
        case__in={file.case_id for file in files},
        sha256__in={file.sha256 for file in files},
        item__isnull=False,
    ).select_related("item")
    by_bytes = {(file.case_id, file.sha256): file for file in held}
    return {
        file.pk: twin.item
        for file in files
        if (twin := by_bytes.get((file.case_id, file.sha256))) and twin.item and twin.pk != file.pk
    }
