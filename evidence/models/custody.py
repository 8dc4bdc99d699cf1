"""What the ledger says of one exhibit or file: its way from hand to hand, and its last check."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.scope import system_scope
from evidence.models.file import File
from evidence.models.item import Item
from ledger.models import Entry

TITLES: dict[str, str | Promise] = {
    "evidence.item_logged": _("Logged"),
    "evidence.item_handed_over": _("Handed over"),
    "evidence.item_stored": _("Stored"),
    "evidence.item_sealed": _("Sealed"),
    "evidence.seal_broken": _("Seal broken"),
    "evidence.item_destroyed": _("Destroyed"),
    "evidence.item_returned": _("Returned to its owner"),
}
"""The deeds of custody, as a person reads them."""


@dataclass(frozen=True)
class CustodyLine:
    """One deed of custody: when, who, from whom to whom, where, why, and under which seal."""

    at: datetime
    title: str | Promise
    actor: User | None
    to: User | None
    place: str
    from_place: str
    purpose: str
    seal_number: str
    position: int
    seal: str


def custody_of(item: Item) -> list[CustodyLine]:
    """Every deed of custody on `item`, newest first, as the ledger tells it.

    Whoever sees the exhibit is told its custody, those included who do not read the ledger.
    """
    with system_scope("the custody of an exhibit is told to whoever sees it"):
        entries = list(
            Entry.objects.about(item)
            .filter(act__in=list(TITLES))
            .select_related("actor")
            .order_by("-position")
        )
    facts = [entry.facts for entry in entries]
    people = people_named(facts)
    return [line_of(entry, told, people) for entry, told in zip(entries, facts, strict=True)]


def people_named(facts: Iterable[dict[str, Any]]) -> dict[str, User]:
    """Everybody who received an exhibit in these lines, by the text of their id."""
    keys = {told["to"] for told in facts if told.get("to")}
    return {str(person.pk): person for person in User.objects.filter(pk__in=keys)} if keys else {}


def line_of(entry: Entry, told: dict[str, Any], people: dict[str, User]) -> CustodyLine:
    """One line of the ledger in the words of custody."""
    actor = entry.actor
    return CustodyLine(
        at=entry.at,
        title=TITLES[entry.act],
        actor=actor if isinstance(actor, User) else None,
        to=people.get(told.get("to", "")),
        place=told.get("to_place", ""),
        from_place=told.get("from_place", ""),
        purpose=told.get("purpose") or told.get("reason", ""),
        seal_number=told.get("seal", ""),
        position=entry.position,
        seal=entry.seal,
    )


@dataclass(frozen=True)
class Check:
    """The last time the bytes of an original were hashed: when, by whom, and with what result."""

    at: datetime
    by: User | None
    whole: bool
    on_receipt: bool = False

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
