"""Changes the keys of identities: new ones for all cases, or the same ones under a new keeper."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.errors import Refused
from investigations import services


class Command(BaseCommand):
    """`manage.py rotate_keys cases|keeper`: one case at a time, so that it may be killed anywhere.

    `cases` gives each case a new key and seals its identities anew; after an interruption
    `--begun` with the moment it printed goes on where it stopped. `keeper` seals the keys of all
    cases by IDENTITY_KEY that IDENTITY_OLD_KEY sealed; run again, it does what is left.
    """

    help = "Give every case a new identity key, or seal the keys by a new IDENTITY_KEY."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["cases", "keeper"])
        parser.add_argument("--begun", help="go on with the rotation that began then (ISO 8601)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["what"] == "keeper":
                self.change_keeper()
            else:
                self.change_cases(options["begun"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def change_cases(self, begun: str | None) -> None:
        """New keys for all cases whose newest one is older than the rotation."""
        since = parse_datetime(begun) if begun else timezone.now()
        if since is None or since.tzinfo is None:
            raise CommandError("--begun is a moment with its zone: 2026-01-31T12:00:00+00:00")
        self.stdout.write(f"If interrupted: rotate_keys cases --begun {since.isoformat()}")
        cases = services.cases_with_keys_before(since)
        sealed = sum(services.rotate_case_key(case) for case in cases)
        self.stdout.write(f"{len(cases)} cases have new keys, {sealed} identities are sealed anew.")

    def change_keeper(self) -> None:
        """The same keys, sealed by the present keeper."""
        keys = services.keys_of_former_keepers()
        for key in keys:
            services.rewrap_case_key(key)
        self.stdout.write(f"{len(keys)} keys are sealed by the present keeper.")
