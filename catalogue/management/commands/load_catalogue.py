"""`manage.py load_catalogue`: loads the reference data that ships with the product."""

from typing import Any

from django.core.management.base import BaseCommand

from catalogue import services
from catalogue.models import DataLoad


class Command(BaseCommand):
    """Safe to run at every start: files that were loaded before are not read again."""

    help = "Load countries, theatres, makers, weapon models and vocabularies; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        loads = services.load_catalogue()
        for load in loads:
            self.stdout.write(f"{load.file}: {tally(load)}")
        created = sum(load.rows_created for load in loads)
        changed = sum(load.rows_changed for load in loads)
        self.stdout.write(
            f"{created:,} rows created, {changed:,} changed" if loads else "unchanged"
        )


def tally(load: DataLoad) -> str:
    """What became of the rows: every row read is in exactly one of the other counts."""
    return (
        f"{load.rows_read:,} read = {load.rows_created:,} created + {load.rows_changed:,} changed"
        f" + {load.rows_unchanged:,} unchanged + {load.rows_kept:,} kept"
        f" + {load.rows_folded:,} duplicates folded"
    )
