"""Run as a program on a new database: people, a case and an exhibit; prints what tests need."""

import json
import sys

import django

django.setup()

from accounts.models import Agency, User  # noqa: E402
from accounts.services import issue_token  # noqa: E402
from catalogue.models import ComponentCategory  # noqa: E402
from comparison.models import Link  # noqa: E402
from core.scope import system_scope  # noqa: E402
from evidence import services as evidence  # noqa: E402
from evidence.models import Item  # noqa: E402
from investigations import services as investigations  # noqa: E402
from investigations.models import Case  # noqa: E402
from reports import services as reports  # noqa: E402

GYROSCOPE = {"part_number": "V10-A", "maker_as_marked": "Aerotek", "finish": "five ribs"}


def world() -> dict[str, str]:
    """Soraya with her case, its exhibit, and a key for her program."""
    agency = Agency.objects.create(name="Joint Investigation Mission", short_name="JIM")
    soraya = User.objects.create_user("soraya", agency=agency, may_open_cases=True)
    case = investigations.open_case(
        soraya, title="Night raid", public_title="Incident", mandate="Mandate, article 3"
    )
    strike, harbour = (
        investigations.enter_incident(case, by=soraya, title=title) for title in ("Raid", "Harbour")
    )
    kind = ComponentCategory.objects.get(code="gyroscope-imu")
    items = [
        evidence.log_item(case, by=soraya, incident=incident, kind=kind, description="Gyroscope")
        for incident in (strike, harbour)
    ]
    _token, key = issue_token(soraya, by=soraya, name="sync", days=1)
    return {"key": key, "case": str(case.pk), "item": str(items[0].pk), "far": str(items[1].pk)}


def ask_for_reports() -> dict[str, str]:
    """Ask for a report of the one case in either language, as its page does."""
    case, soraya = Case.objects.get(), User.objects.get(username="soraya")
    return {
        language: str(reports.request_report(case, by=soraya, language=language).pk)
        for language in ("en", "ar")
    }


def describe_parts() -> dict[str, str]:
    """Describe like parts of both exhibits, which have to be compared."""
    soraya = User.objects.get(username="soraya")
    kind = ComponentCategory.objects.get(code="gyroscope-imu")
    for number, item in enumerate(Item.objects.order_by("pk")):
        serial = f"SN-00412{number}"
        evidence.describe_component(
            item, by=soraya, category=kind, serial_number=serial, **GYROSCOPE
        )
    return {"links": str(Link.objects.count())}


DEEDS = {"world": world, "reports": ask_for_reports, "parts": describe_parts}

if __name__ == "__main__":
    with system_scope("prepare what a test of faults begins with"):
        sys.stdout.write(json.dumps(DEEDS[sys.argv[1]]()))
