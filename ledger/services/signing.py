"""What the signer does in one round: every log that grew is signed, unless it does not fit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from core import security_log
from core.scope import system_scope
from ledger.merkle import leaf_hash
from ledger.models import (
    FIRST_SEAL,
    REGISTER_LOG,
    Alarm,
    Checkpoint,
    Entry,
    Head,
    SignerKey,
    Tile,
    TimeStamp,
    seal_of,
)
from ledger.notes import Checkpoint as Told
from ledger.notes import SigningKey
from ledger.proofs import register_leaf, tiles_of
from ledger.services.keeping import Keep, Signed
from ledger.tiles import Tiles, TilesDiffer

ONE_SIGNER = 7_261_009
"""The number of the lock that two signers on different machines would contend for."""


class Unfit(Exception):
    """The log cannot be signed: why, and how many lines there are."""

    def __init__(self, reason: Alarm.Reason, found: int) -> None:
        super().__init__(reason)
        self.reason, self.found = reason, found


@dataclass
class Round:
    """One round: the key, what was signed before, what is signed by now, and the authorities."""

    key: SigningKey
    known: dict[UUID, Signed]
    authorities: Sequence[str] = ()
    signed: dict[UUID, Signed] = field(default_factory=dict)

    def origin(self, log: UUID) -> str:
        """What the first line of this log's notes says."""
        return f"{self.key.name}/{'register' if log == REGISTER_LOG else log}"


def sign_round(keep: Keep, key: SigningKey, authorities: Sequence[str] = ()) -> int:
    """Sign every log that moved; return how many, the register among them.

    What was signed is remembered after the commit: then the database never knows less.
    """
    known = keep.signed()
    work = Round(key, known, authorities)
    with system_scope("the signer reads every log, and signs it"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_SIGNER])
        SignerKey.objects.update_or_create(
            line=str(key.public), defaults={"seen_at": timezone.now()}
        )
        made = sign_what_moved(work)
    if work.signed:
        keep.remember(known | work.signed)
    return made


def sign_what_moved(work: Round) -> int:
    """Each log by itself; one that does not fit is passed over, with an alarm."""
    register = tiles_of(REGISTER_LOG)
    first = place = fitting(work, REGISTER_LOG, register)
    if first is None or place is None:
        return 0
    heads = dict(Head.objects.values_list("log", "position"))
    last = dict(newest().values_list("log", "size"))
    for log in sorted({*heads, *last, *work.known} - {REGISTER_LOG}):
        known = work.known[log].size if log in work.known else 0
        if not heads.get(log, 0) == last.get(log, 0) == known:
            place += sign_log(work, log, heads.get(log, 0), register, place)
    if register.changed:
        store(register, REGISTER_LOG)
        own = put(work, REGISTER_LOG, place, register.root(place), None)
        queue_stamps(own, work.authorities)
    return place - first + bool(register.changed)


def newest() -> "QuerySet[Checkpoint]":
    """The last checkpoint of each log."""
    return Checkpoint.objects.order_by("log", "-size").distinct("log")


def fitting(work: Round, log: UUID, tiles: Tiles) -> int | None:
    """How much of the log is signed already, if what is here agrees with it; else an alarm."""
    known = work.known.get(log, Signed(0, ""))
    last = newest().filter(log=log).first()
    size = last.size if last else 0
    try:
        if known.size > size:
            raise Unfit(Alarm.Reason.ROLLED_BACK, size)
        for told in [known, Signed(last.size, last.root)] if last else []:
            if told.size and tiles.root(told.size).hex() != told.root:
                raise Unfit(Alarm.Reason.FORKED, size)
    except TilesDiffer:
        raise_alarm(log, Alarm.Reason.FORKED, known.size, size)
        return None
    except Unfit as unfit:
        raise_alarm(log, unfit.reason, known.size, unfit.found)
        return None
    return size


def sign_log(work: Round, log: UUID, head: int, register: Tiles, place: int) -> int:
    """Sign one log as it stands and enter the note in the register; return how many (0 or 1)."""
    tiles = tiles_of(log)
    before = fitting(work, log, tiles)
    if before is None:
        return 0
    try:
        grow(tiles, log, before, head)
    except (Unfit, TilesDiffer) as problem:
        reason = problem.reason if isinstance(problem, Unfit) else Alarm.Reason.FORKED
        raise_alarm(log, reason, before, head)
        return 0
    if head == before:
        work.signed[log] = Signed(head, tiles.root(head).hex())
        return 0
    store(tiles, log)
    signed = put(work, log, head, tiles.root(head), place)
    register.append(place, register_leaf(signed.note))
    end_alarms(log)
    return 1


def grow(tiles: Tiles, log: UUID, size: int, head: int) -> None:
    """Add the lines after `size` up to the head, each of which must be sealed to the one before."""
    if head < size:
        raise Unfit(Alarm.Reason.CUT, head)
    lines = Entry.objects.of_log(log).filter(position__gte=size, position__lte=head)
    seal = FIRST_SEAL
    for position, body, own in (
        lines.order_by("position").values_list("position", "body", "seal").iterator(2000)
    ):
        if position > size:
            if position != size + 1 or seal_of(seal, body) != own:
                raise Unfit(Alarm.Reason.BROKEN, size)
            tiles.append(size, leaf_hash(body.encode()))
            size = position
        seal = own
    if size != head:
        raise Unfit(Alarm.Reason.BROKEN, size)


def put(work: Round, log: UUID, size: int, root: bytes, place: int | None) -> Checkpoint:
    """Sign, and keep the note."""
    work.signed[log] = Signed(size, root.hex())
    return Checkpoint.objects.create(
        log=log,
        size=size,
        root=root.hex(),
        note=work.key.sign(Told(work.origin(log), size, root).text),
        register_index=place,
    )


def store(tiles: Tiles, log: UUID) -> None:
    """Write down the tiles that grew."""
    rows = [
        Tile(log=log, level=level, index=index, hashes=bytes(tiles.held[level, index]))
        for level, index in sorted(tiles.changed)
    ]
    Tile.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["log", "level", "index"],
        update_fields=["hashes"],
        batch_size=500,
    )


def queue_stamps(checkpoint: Checkpoint, authorities: Sequence[str]) -> None:
    """Ask each authority, later, for a time-stamp over this checkpoint of the register."""
    TimeStamp.objects.bulk_create(
        [TimeStamp(checkpoint=checkpoint, authority=authority) for authority in authorities]
    )


def raise_alarm(log: UUID, reason: Alarm.Reason, signed: int, found: int) -> None:
    """Say once, and again with each round, that a log is not signed; and tell the security log."""
    told = {"signed_size": signed, "found_size": found, "last_at": timezone.now()}
    _alarm, new = Alarm.objects.update_or_create(
        log=log, reason=reason, over_at=None, defaults=told
    )
    if new:
        security_log.note("ledger.alarm", log=log, reason=reason, signed=signed, found=found)


def end_alarms(log: UUID) -> None:
    """What was wrong with a log is over once it could be signed again."""
    Alarm.objects.filter(log=log, over_at=None).update(over_at=timezone.now())
