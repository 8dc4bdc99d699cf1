"""The nouns of the ledger: lines, the heads of their chains, and what the signer makes of them."""

from ledger.canon import canonical
from ledger.models.checkpoint import REGISTER_LOG, Alarm, Checkpoint, SignerKey, Tile, TimeStamp
from ledger.models.entry import FIRST_SEAL, Entry, EntryQuerySet, Head, seal_of
from ledger.models.former_state import FormerState, FormerStateQuerySet

__all__ = [
    "FIRST_SEAL",
    "REGISTER_LOG",
    "Alarm",
    "Checkpoint",
    "Entry",
    "EntryQuerySet",
    "FormerState",
    "FormerStateQuerySet",
    "Head",
    "SignerKey",
    "Tile",
    "TimeStamp",
    "canonical",
    "seal_of",
]
