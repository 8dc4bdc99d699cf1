"""`manage.py translations`: keeps the Arabic catalogue in step with what the product says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import translations

LANGUAGE = "ar"


class Command(BaseCommand):
    """English is the source; Arabic is written in locale/ar/LC_MESSAGES/django.po."""

    help = "Bring the Arabic catalogue up to date (--update), or say what it lacks (--check)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true", help="write new sentences into it")
        parser.add_argument("--check", action="store_true", help="fail while something is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["update"]:
            catalogue = translations.update(LANGUAGE)
            self.stdout.write(f"{len(catalogue)} sentences in {translations.place_of(LANGUAGE)}")
        found = list(translations.problems(LANGUAGE))
        for line in found:
            self.stdout.write(line)
        if found and options["check"]:
            raise CommandError(f"{len(found)} things to mend")
        self.stdout.write(f"{len(found)} things to mend" if found else "complete")
