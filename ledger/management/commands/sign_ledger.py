"""The signer: a process of its own, with a key and a database role that no other has."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from ledger.notes import SigningKey
from ledger.services.anchoring import stamp_what_waits
from ledger.services.keeping import Keep
from ledger.services.signing import sign_round

EVERY = 20  # seconds between two rounds: no line waits longer than a minute


class Command(BaseCommand):
    """`manage.py sign_ledger [--once]`, where SIGNER_FOLDER names the folder with the key."""

    help = "Sign every log of the ledger that moved, and have the register time-stamped; for ever."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SIGNER_FOLDER:
            raise CommandError("Set SIGNER_FOLDER to the folder that holds the signing key.")
        keep = Keep(Path(settings.SIGNER_FOLDER))
        keep.prepare()
        try:
            with keep.alone():
                self.work(keep, keep.key(settings.LEDGER_NAME), once=options["once"])
        except BlockingIOError as held:
            raise CommandError("Another signer works with this folder.") from held

    def work(self, keep: Keep, key: SigningKey, *, once: bool) -> None:
        """Round after round; a database that is away for a while is waited for."""
        self.stdout.write(f"signs as {key.public}")
        while True:
            try:
                self.round(keep, key)
            except DatabaseError as problem:
                if once:
                    raise
                self.stderr.write(f"the database does not answer: {problem}")
                connection.close()
            if once:
                return
            time.sleep(EVERY)

    def round(self, keep: Keep, key: SigningKey) -> None:
        """Sign, then ask the authorities, who may be slow."""
        signed = sign_round(keep, key, settings.TIMESTAMP_AUTHORITIES)
        stamped = stamp_what_waits()
        (keep.folder / "worked").touch()
        if signed or stamped:
            self.stdout.write(f"{signed} checkpoints signed, {stamped} time-stamps")
