"""What was signed of a log, by which the lines that are there now are judged."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from ledger.merkle import Growing, leaf_hash
from ledger.models import REGISTER_LOG, Alarm, Checkpoint, SignerKey, TimeStamp
from ledger.notes import Checkpoint as Told
from ledger.notes import Key, NoteRefused, open_note
from ledger.proofs import register_leaf, tiles_of
from ledger.stamping import StampRefused, read_answer, roots_in
from ledger.tiles import Tiles, TilesDiffer

Found = tuple[int, str]
"""The line from which something does not hold, and why."""


def trusted_keys() -> list[Key]:
    """The keys that the operator vouches for, else those that the database names."""
    lines = settings.LEDGER_KEYS or SignerKey.objects.values_list("line", flat=True)
    return [Key.read(line) for line in lines]


@dataclass
class Vouched:
    """The checkpoints of one log; of its first `tiled` lines the leaf hashes are known as well."""

    roots: dict[int, bytes]
    tiles: Tiles
    tiled: int
    tree: Growing = field(default_factory=Growing)
    held: int = 0

    @property
    def size(self) -> int:
        """How many lines were signed."""
        return max(self.roots, default=0)

    def flaw(self, body: str) -> Found | None:
        """Why the next line cannot be the one that was signed at its place."""
        return self.flaw_of_leaf(leaf_hash(body.encode()))

    def flaw_of_leaf(self, leaf: bytes) -> Found | None:
        """The same for a leaf hash."""
        self.tree.add(leaf)
        size = self.tree.size
        if size <= self.tiled and self.tiles.node(0, size - 1) != leaf:
            return size, _("this is not the line that was signed here")
        if size in self.roots:
            if self.tree.root != self.roots[size]:
                return self.held + 1, _("the lines from here on are not those that were signed")
            self.held = size
        return None

    def missing(self) -> Found | None:
        """What was signed and is not there."""
        if self.tree.size >= self.size:
            return None
        reason = _("lines are missing that were signed: the log was cut or an old copy put back")
        return self.tree.size + 1, reason


def vouched_for(log: UUID, keys: Sequence[Key], witnessed: Iterable[Told] = ()) -> Vouched:
    """What was signed of this log; NoteRefused where a checkpoint is not what the signer signed."""
    checkpoints = Checkpoint.objects.filter(log=log).order_by("size")
    signed = [opened(checkpoint, keys) for checkpoint in checkpoints.iterator(500)]
    roots = {told.size: told.root for told in signed}
    tiles = tiles_of(log)
    tiled = signed[-1].size if signed and fits(tiles, signed[-1]) else 0
    for told in witnessed:
        if told.origin.endswith(f"/{log}") and roots.setdefault(told.size, told.root) != told.root:
            raise NoteRefused(_("a checkpoint of this size was given away with another root"))
    return Vouched(roots, tiles, tiled)


def fits(tiles: Tiles, told: Told) -> bool:
    """True if the stored tree is the one that was signed."""
    try:
        return tiles.root(told.size) == told.root
    except TilesDiffer:
        return False


def opened(checkpoint: Checkpoint, keys: Sequence[Key]) -> Told:
    """What a stored checkpoint says, if a known key signed it and it is about this log."""
    told = Told.read(open_note(checkpoint.note, keys))
    name = "register" if checkpoint.log == REGISTER_LOG else str(checkpoint.log)
    if told.origin.rpartition("/")[2] != name:
        raise NoteRefused(_("a checkpoint of another log stands in this one"))
    if (told.size, told.root.hex()) != (checkpoint.size, checkpoint.root):
        raise NoteRefused(_("a column was altered: it differs from the signed note"))
    return told


def register_flaw(keys: Sequence[Key], witnessed: Iterable[Told] = ()) -> Found | None:
    """The first place of the register at which something other stands than was signed."""
    try:
        vouched = vouched_for(REGISTER_LOG, keys, [register_as_log(told) for told in witnessed])
    except NoteRefused as refused:
        return 0, str(refused)
    entered = Checkpoint.objects.exclude(register_index=None).order_by("register_index")
    for checkpoint in entered.iterator(500):
        place = vouched.tree.size
        if checkpoint.register_index != place:
            return place + 1, _("a line is missing before this one")
        if flaw := vouched.flaw_of_leaf(register_leaf(checkpoint.note)):
            return flaw
    return vouched.missing() or stamp_flaw()


def stamp_flaw() -> Found | None:
    """The first checkpoint of the register whose time-stamp is not about it, or not trusted."""
    roots = roots_in(settings.TIMESTAMP_ROOTS)
    stamps = TimeStamp.objects.filter(state=TimeStamp.State.STAMPED).select_related("checkpoint")
    for stamp in stamps.order_by("checkpoint__size").iterator(500):
        note = stamp.checkpoint.note.encode()
        try:
            told = read_answer(bytes(stamp.token or b""), note, roots=roots)
        except StampRefused as refused:
            return stamp.checkpoint.size, str(refused)
        if told.at != stamp.stamped_at:
            return stamp.checkpoint.size, _("a column was altered: it differs from the time-stamp")
    return None


def register_as_log(told: Told) -> Told:
    """A checkpoint of the register that somebody kept, under the name its rows go by."""
    is_register = told.origin.endswith("/register")
    return replace(told, origin=f"/{REGISTER_LOG}") if is_register else told


def alarms() -> Iterator[tuple[UUID, int, str]]:
    """What the signer refuses to sign, with the line from which on and the reason."""
    for alarm in Alarm.objects.filter(over_at=None).order_by("log"):
        told = _("the signer refuses to sign: %s") % alarm.get_reason_display()
        yield alarm.log, min(alarm.found_size, alarm.signed_size) + 1, told
