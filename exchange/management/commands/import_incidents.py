"""Imports a list of incidents from the command line."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from core.errors import Refused
from core.scope import asking_as, system_scope
from exchange import services
from exchange.formats.incident_map import IncidentMap, WrongMap, read_map
from exchange.formats.incident_rows import RefusedRow
from investigations.models import Case


class Command(BaseCommand):
    """`import_incidents FILE --map MAP.toml [--case REF] [--by NAME] [--dry-run]`.

    Run it again after a crash, or with a longer list: rows that are in already stay one
    incident. Refused rows stand in a result file with their number and the reason.
    """

    help = "Import a CSV list of incidents; safe to run again."

    def add_arguments(self, parser: CommandParser | ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--map", type=Path, required=True, help="what the columns mean (TOML)")
        parser.add_argument("--case", help="reference of the case; else the list's own case")
        parser.add_argument("--by", help="user name of who imports; else the lead of the case")
        parser.add_argument("--result", type=Path, help="where refused rows are written")
        parser.add_argument("--dry-run", action="store_true", help="read and count, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            plan = read_map(options["map"])
            by = self.person(options)
            with asking_as(by):
                case = None if options["dry_run"] else self.case(options, plan, by)
                tally = self.read(options, plan, case, by)
        except (WrongMap, Refused, OSError, UnicodeDecodeError) as problem:
            raise CommandError(str(problem)) from problem
        except PermissionDenied as problem:
            raise CommandError(f"{by} may not do this: {problem}") from problem
        prefix = "Dry run, nothing written. " if options["dry_run"] else ""
        self.stdout.write(f"{prefix}{tally}")

    def person(self, options: dict[str, Any]) -> User:
        """Who imports: the person named, the lead of the case, or whoever may open cases."""
        people = User.objects.filter(is_active=True).order_by("date_joined")
        if options["by"]:
            found = people.filter(username=options["by"]).first()
        elif options["case"]:
            with system_scope("find who leads the case, before it is known who asks"):
                case = Case.objects.filter(ref=options["case"]).select_related("lead").first()
            found = case.lead if case else None
        else:
            found = people.filter(may_open_cases=True).first()
        if not found:
            raise CommandError("Nobody was found to import on behalf of; name one with --by.")
        return found

    def case(self, options: dict[str, Any], plan: IncidentMap, by: User) -> Case:
        """The case named, or the list's own."""
        if not options["case"]:
            return services.case_for(plan, by=by)
        case = Case.objects.visible_to(by).filter(ref=options["case"]).first()
        if not case:
            raise CommandError(f"{by} sees no case {options['case']}.")
        return case

    def read(
        self, options: dict[str, Any], plan: IncidentMap, case: Case | None, by: User
    ) -> services.Tally:
        """Read the list, writing refused rows to the result file as they come."""
        result = options["result"] or self.result_path(options["file"])
        result.parent.mkdir(parents=True, exist_ok=True)
        with (
            options["file"].open(encoding="utf-8-sig", newline="") as stream,
            result.open("w", encoding="utf-8", newline="") as refused,
        ):
            writer = csv.writer(refused)
            writer.writerow(["row", "outcome", "reason"])

            def note(row: RefusedRow) -> None:
                writer.writerow([row.number, "refused", row.reason])

            def progress(tally: services.Tally) -> None:
                self.stderr.write(str(tally))

            tally = services.import_incidents(
                stream, plan, case, by=by, on_progress=progress, on_refused=note
            )
        where = f" in case {case.ref}" if case else ""
        self.stdout.write(f"Refused rows: {result}{where}")
        return tally

    def result_path(self, file: Path) -> Path:
        """<data folder>/imports/<name>-<time>.csv."""
        moment = timezone.now().strftime("%Y%m%dT%H%M%S")
        return Path(settings.DATA_DIR, "imports", f"{file.stem}-{moment}.csv")
