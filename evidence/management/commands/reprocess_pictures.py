"""Have pictures examined and read again, once there is a newer way of doing it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.scope import system_scope
from evidence import services
from evidence.models import File


class Command(BaseCommand):
    """`reprocess_pictures [--case REF] [--again]`: the worker does it, thumbnails first."""

    help = "Ask the worker to examine and read pictures again that an older version did."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--case", help="only the files of this case, by its reference")
        parser.add_argument(
            "--again", action="store_true", help="also those that this very version has read"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with system_scope("have pictures processed again"):
            files = File.objects.all()
            if options["case"]:
                files = files.filter(case__ref=options["case"])
            wanted = files if options["again"] else services.outdated(files)
            for file in wanted.iterator():
                services.ask_to_reprocess(file)
            self.stdout.write(f"{wanted.count()} files; the worker has been asked.")
