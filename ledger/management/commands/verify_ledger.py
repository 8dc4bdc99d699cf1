"""Checks every seal of the ledger from the command line."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.scope import system_scope
from ledger.verification import verify


class Command(BaseCommand):
    """`manage.py verify_ledger [--log UUID] [--kept FILE …]`: exit 0 when every chain is whole."""

    help = "Recompute every seal of the ledger and name the first altered line of each chain."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--log", type=UUID, help="only this chain (a case's id)")
        parser.add_argument(
            "--kept",
            type=Path,
            action="append",
            default=[],
            help="a signed checkpoint that was kept elsewhere: an older copy put back shows by it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kept = [file.read_text(encoding="utf-8") for file in options["kept"]]
        with system_scope("recompute every seal of the ledger"):
            verdict = verify(options["log"], witnessed=kept)
        for flaw in verdict.flaws:
            self.stdout.write(f"chain {flaw.log}, line {flaw.position}: {flaw.reason}")
        read = f"{verdict.entries} lines read, {verdict.signed} of them signed"
        summary = f"{verdict.chains} chains, {read}"
        if verdict.flaws:
            raise CommandError(f"{summary}: {len(verdict.flaws)} chains are broken")
        self.stdout.write(f"{summary}: every seal holds")
