"""Waits until whatever the ledger holds now is signed and time-stamped: before a backup, say."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.scope import system_scope
from ledger.standing import Wanted, wanted_now

PAUSE = 0.5  # seconds between two looks


class Command(BaseCommand):
    """`manage.py await_anchor [--seconds 90]`: ends with 0 once an authority has stamped it."""

    help = "Wait until every line that is there now is signed and covered by a time-stamp."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=int, default=90, help="how long to wait at most")

    def handle(self, *args: Any, **options: Any) -> None:
        until = time.monotonic() + options["seconds"]
        with system_scope("see what the signer has done"):
            wanted = wanted_now()
            while not wanted.is_signed() or wanted.stamped_at() is None:
                if time.monotonic() > until:
                    raise CommandError(self.trouble(wanted))
                time.sleep(PAUSE)
            at = wanted.stamped_at()
        self.stdout.write(f"{wanted.lines} lines are signed, and time-stamped at {at:%F %T} UTC")

    def trouble(self, wanted: Wanted) -> str:
        """What is still missing."""
        if not wanted.is_signed():
            return "Not every line is signed yet: does the signer run? See its log."
        return "Signed, but no authority has answered yet: see TIMESTAMP_AUTHORITIES and the log."
