"""Compare the kept counts and keys with the readings they follow, and make them anew if told to."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comparison import services
from core.scope import system_scope

SHOWN = 20


class Command(BaseCommand):
    """`recount [--rebuild]`: ends with an error where something has drifted."""

    help = "Check that the counts which rarity rests on, and the keys, follow from the readings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--rebuild", action="store_true", help="make them anew; readings wait meanwhile"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with system_scope("compare counts over all cases with what they follow from"):
            if options["rebuild"]:
                services.rebuild_counts()
                services.index_photographs(everything=True)
            drift = services.count_drift()
        for line in drift[:SHOWN]:
            self.stdout.write(line)
        if drift:
            raise CommandError(f"{len(drift)} kept otherwise than counted. Run: recount --rebuild")
        self.stdout.write("Counts and keys agree with the readings.")
