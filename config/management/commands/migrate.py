"""Django's own migrate, after which no table is left without its row-level security."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate


class Command(migrate.Command):
    """Bring the tables up to date, then put the net beneath all of them."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            call_command("secure_database", verbosity=options["verbosity"], stdout=self.stdout)
