"""Django's own migrate, after which no table is left without its row-level security."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Step = tuple[str, str]
"""An app and the name of one of its migrations."""
DRAWN_TOGETHER = "0001_tables"


class Command(migrate.Command):
    """Bring the tables up to date, then put the net beneath all of them."""

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_half_way()
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            call_command("secure_database", verbosity=options["verbosity"], stdout=self.stdout)

    def _refuse_half_way(self) -> None:
        applied = MigrationRecorder(connection).applied_migrations()
        if behind := sorted(half_way(first_steps(), applied)):
            raise CommandError(
                f"This database is from before the first tables were drawn together, and some steps"
                f" to them are missing ({', '.join(behind)}). Nothing was changed."
                " docs/operate.md, Upgrading, says which version to run once before this one."
            )


def first_steps() -> dict[str, Sequence[Step]]:
    """The migrations of before, by the app whose first migration stands in their place."""
    found = MigrationLoader(None).disk_migrations
    return {app: one.replaces for (app, name), one in found.items() if name == DRAWN_TOGETHER}


def half_way(steps: dict[str, Sequence[Step]], applied: Collection[Step]) -> Iterator[str]:
    """The apps of which a database has a part of the old migrations, or lacks them alone."""
    old = {app: sum(step in applied for step in before) for app, before in steps.items()}
    if any(old.values()):
        yield from (app for app, count in old.items() if count < len(steps[app]))
