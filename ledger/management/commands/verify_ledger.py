"""Checks every seal of the ledger from the command line."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.scope import system_scope
from ledger.verification import verify


class Command(BaseCommand):
    """`manage.py verify_ledger [--log UUID]`: exit 0 when every chain is whole, 1 otherwise."""

    help = "Recompute every seal of the ledger and name the first altered line of each chain."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--log", type=UUID, help="only this chain (a case's id)")

    def handle(self, *args: Any, **options: Any) -> None:
        with system_scope("recompute every seal of the ledger"):
            verdict = verify(options["log"])
        for flaw in verdict.flaws:
            self.stdout.write(f"chain {flaw.log}, line {flaw.position}: {flaw.reason}")
        summary = f"{verdict.chains} chains, {verdict.entries} lines read"
        if verdict.flaws:
            raise CommandError(f"{summary}: {len(verdict.flaws)} chains are broken")
        self.stdout.write(f"{summary}: every seal holds")
