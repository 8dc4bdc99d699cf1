"""Holds what a peer sent against the peer's own ledger, with the verifier that courts are given."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import jobs
from exchange import vault
from exchange.formats.peer.bundle import BROKEN, opened
from exchange.formats.peer.contents import WrongContents, read_contents
from exchange.models import Delivery
from exchange.services.delivery import drop_unused
from ledger.services import record
from verify import vestige_verify

ANCHORS, NOTE = "data/ledger/anchors/", "/checkpoint.note"
LONGEST_REPORT, LONGEST_NOTE = 100_000, 10_000  # characters, bytes
UNREADABLE = (RecursionError, OverflowError, struct.error, ValueError)
"""What a bundle that was made to break its reader may end in."""

Verdict = tuple[int, str, str]
"""What the verifier ended with, what it said, and the newest checkpoint it proved by."""


def verify_delivery(delivery: Delivery, *, lease: jobs.Lease = jobs.BY_HAND) -> Delivery:
    """Verify it, and let go of what is not as it was sealed, but for the report of that."""
    if delivery.is_gone:
        return delivery
    with vault.on_disk(delivery.sha256) as place:
        verdict = verdict_on(place, delivery)
    return enter_verdict(delivery, verdict, lease=lease)


def verdict_on(place: Path, delivery: Delivery) -> Verdict:
    """What the independent verifier says with nothing but the peer's published keys."""
    keys = [f"--key={key}" for key in delivery.peer.checkpoint_keys]
    try:
        findings = vestige_verify.verify(place, vestige_verify.options_of([str(place), *keys]))
        findings.remarks.extend(vestige_verify.LIMITS)
        code, said = findings.exit_code, printable("\n".join(findings.lines()))
        if code == vestige_verify.TAMPERED:
            return code, said, ""
        if wrong := what_is_wrong(place, delivery):
            return vestige_verify.TAMPERED, f"{wrong}\n\n{said}", ""
        return code, said, printable(newest_checkpoint(place))
    except UNREADABLE as problem:
        told = _("It could not be read to its end (%(why)s).") % {"why": type(problem).__name__}
        return vestige_verify.TAMPERED, told, ""


def printable(said: str) -> str:
    """What a verifier said, cut short, without what PostgreSQL cannot hold: it quotes strangers."""
    return said[:LONGEST_REPORT].replace("\0", "").encode("utf-8", "replace").decode()


def what_is_wrong(place: Path, delivery: Delivery) -> str:
    """Why a bundle that is intact is yet not what was announced; nothing where it is."""
    try:
        with place.open("rb") as held:
            contents = read_contents(held)
    except WrongContents as wrong:
        return _("What lies in it is not of the expected sort: %(where)s.") % {"where": wrong.where}
    if contents.log != str(delivery.origin_case):
        return _("It is of another case than its envelope says.")
    return ""


def newest_checkpoint(place: Path) -> str:
    """The text of the newest checkpoint in the bundle: whose log, how many entries, the root."""
    try:
        with place.open("rb") as held:
            return max(checkpoints_in(held), default="", key=size_in)
    except (*BROKEN, UnicodeDecodeError):
        return ""


def checkpoints_in(held: IO[bytes]) -> Iterator[str]:
    """The text of every checkpoint, without its signatures."""
    with opened(held) as bundle:
        for name in bundle.namelist():
            short = bundle.getinfo(name).file_size <= LONGEST_NOTE
            if short and name.startswith(ANCHORS) and name.endswith(NOTE):
                yield bundle.read(name).decode().rpartition("\n\n")[0] + "\n"


def size_in(text: str) -> int:
    """How many entries a checkpoint counts."""
    size = [*text.split("\n"), "", ""][1]
    return int(size) if size.isascii() and size.isdecimal() else 0


@transaction.atomic
def enter_verdict(delivery: Delivery, verdict: Verdict, *, lease: jobs.Lease) -> Delivery:
    """Write down what the verifier said; what was verified before stays where it is."""
    rows: Any = Delivery.objects.select_for_update(of=("self",), no_key=True)
    delivery = rows.select_related("peer").get(pk=delivery.pk)
    delivery.exit_code, delivery.report, delivery.checkpoint = verdict
    delivery.verified_at = timezone.now()
    if delivery.state == Delivery.State.RECEIVED:
        tampered = delivery.exit_code == vestige_verify.TAMPERED
        delivery.state = Delivery.State.REFUSED if tampered else Delivery.State.VERIFIED
        delivery.is_gone = tampered
    delivery.save()
    record(
        None,
        "exchange.delivery_verified",
        delivery,
        exit_code=delivery.exit_code,
        checkpoint=delivery.checkpoint,
        state=str(delivery.state),
    )
    lease.complete()
    if delivery.is_gone:
        transaction.on_commit(lambda: drop_unused(delivery.sha256))
    return delivery


@transaction.atomic
def give_up_verifying(delivery: Delivery) -> Delivery:
    """Say that it could not be verified; what nobody could verify is not taken in."""
    rows: Any = Delivery.objects.select_for_update(of=("self",), no_key=True)
    delivery = rows.get(pk=delivery.pk)
    if delivery.state == Delivery.State.RECEIVED:
        delivery.state, delivery.is_gone = Delivery.State.REFUSED, True
        delivery.report = _("The verifier could not be brought to its end. Have it sent again.")
        delivery.save(update_fields=["state", "is_gone", "report"])
        record(None, "exchange.delivery_not_verified", delivery)
        transaction.on_commit(lambda: drop_unused(delivery.sha256))
    return delivery
