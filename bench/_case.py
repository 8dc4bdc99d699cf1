"""A case of any size in a database of its own, entered through the services."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

CATEGORIES = {"gyroscope-imu": "gyroscope or IMU", "servo-actuator": "servo or actuator"}


@contextmanager
def own_database() -> Iterator[Path]:
    """A fresh database and a folder for files; both are gone afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from celery import current_app
    from django.conf import settings
    from django.db import connection

    from config.management.commands.secure_database import ROLE
    from core.scope import system_scope

    current_app.conf.broker_url = "memory://"

    with tempfile.TemporaryDirectory(prefix="vestige-bench-") as folder:
        for name in ("evidence", "derived"):
            settings.STORAGES[name]["OPTIONS"]["location"] = str(Path(folder, name))
        ours = connection.settings_dict["NAME"]
        connection.settings_dict.setdefault("TEST", {})["NAME"] = "bench_of_vestige"
        settings.ALLOWED_HOSTS = ["testserver"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        as_owner = connection.settings_dict["OPTIONS"]["options"]
        step_to(f"{as_owner} -c role={ROLE}")
        try:
            with system_scope("a bench arranges what it measures"):
                yield Path(folder)
        finally:
            step_to(as_owner)
            connection.creation.destroy_test_db(ours, verbosity=0)


@contextmanager
def owner() -> Iterator[Any]:
    """A cursor of the owner of the tables."""
    import psycopg2
    from django.db import connection

    words = connection.get_connection_params()
    words.pop("cursor_factory", None)
    words["options"] = words["options"].partition(" -c role=")[0]
    link = psycopg2.connect(**words)
    link.autocommit = True
    try:
        with link.cursor() as cursor:
            cursor.execute(
                "SET vestige.asking = 'system'; SET synchronous_commit = off;"
                "SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'"
            )
            yield cursor
    finally:
        link.close()


def analyse() -> None:
    """Fresh statistics for the planner, which only an owner may gather; autovacuum does in time."""
    with owner() as cursor:
        cursor.execute("VACUUM ANALYZE")


def step_to(options: str) -> None:
    """Sign in to the database again, as its owner or as the program's own, lesser role."""
    from django.db import connection

    connection.settings_dict["OPTIONS"]["options"] = options
    connection.close()


def plate(number: int) -> bytes:
    """A photograph of a part with its serial plate: grain, a housing and letters."""
    grain = Image.effect_noise((1600, 1200), 28).convert("RGB")
    drawn = ImageDraw.Draw(grain)
    drawn.rounded_rectangle((250, 260, 1350, 940), 60, fill=(126, 132, 128))
    drawn.rounded_rectangle((420, 480, 1180, 720), 16, fill=(205, 206, 200))
    drawn.text((470, 530), f"VX-0412-{number:03d}", fill=(30, 30, 30), font_size=110)
    jpeg = BytesIO()
    grain.save(jpeg, "JPEG", quality=85)
    return jpeg.getvalue()


def people() -> tuple[Any, Any]:
    """A lead who may open cases, and a second analyst to hand things to."""
    from accounts.models import Agency, User

    agency = Agency.objects.create(name="Bench Mission", short_name="BM")
    lead = User.objects.create_user(
        "lead", display_name="Amal Nasser", agency=agency, may_open_cases=True
    )
    other = User.objects.create_user("second", display_name="Lena Vogt", agency=agency)
    return lead, other


def enter_case(*, exhibits: int, incidents: int, photographs: int) -> tuple[Any, Any]:
    """A case and its lead; the first exhibits have a photograph each."""
    from catalogue.models import ComponentCategory
    from investigations import services as investigations
    from investigations.models import Role

    lead, other = people()
    kinds = [
        ComponentCategory.objects.get_or_create(code=code, defaults={"name": name})[0]
        for code, name in CATEGORIES.items()
    ]
    case = investigations.open_case(
        lead, title="Bench", public_title="Incident at the residence", mandate="Article 3"
    )
    investigations.admit_member(case, other, roles=[Role.ANALYST], by=lead)
    attacks = [enter_attack(case, lead, number) for number in range(incidents)]
    for number in range(exhibits):
        attack, kind = attacks[number % incidents], kinds[number % 2]
        item = enter_exhibit(attack, kind, number, by=lead, to=other)
        if number < photographs:
            photograph(item, number, by=lead)
    return case, lead


def enter_attack(case: Any, lead: Any, number: int) -> Any:
    """One incident with its precision and a graded source."""
    from catalogue.models import Country, Theatre
    from investigations import services as investigations

    country, _new = Country.objects.get_or_create(
        code="IQ", defaults={"iso3": "IRQ", "name": "Iraq"}
    )
    theatre, _new = Theatre.objects.get_or_create(name=("Iraq", "Yemen")[number % 2])
    attack = investigations.enter_incident(
        case,
        by=lead,
        title=f"Drone attack number {number + 1} on the residence",
        theatre=theatre,
        country=country,
        attack_mode="one-way-attack-UAV",
        occurred_from=datetime(2026, 3, 1, 1, 42, tzinfo=UTC) + timedelta(days=number),
        occurred_precision="minute",
        occurred_as_stated="about a quarter to five, local time",
        place_name="Qadir Hill, Port Amal",
        place_native="تلة قادر، ميناء أمل",
        place_precision="building",
        uncertainty_m=40,
    )
    investigations.cite_source(
        attack, by=lead, citation="Log of the guard post", reliability="B", credibility="2"
    )
    return attack


def enter_exhibit(attack: Any, kind: Any, number: int, *, by: Any, to: Any) -> Any:
    """One exhibit with a component, two markings, a seal and a change of hands."""
    from evidence import services as evidence

    description = f"{kind.name.capitalize()} in a cast housing, cracked along one edge"
    item = evidence.log_item(
        attack.case, by=by, incident=attack, kind=kind, description=description
    )
    serial = f"VX-0412-{number:03d}"
    component = evidence.describe_component(
        item,
        by=by,
        category=kind,
        maker_as_marked="Aerotek",
        part_number="V10 – A/2",
        serial_number=serial,
        serial_state="present-legible",
        finish="five ribs, sand cast",
    )
    evidence.record_marking(
        component, by=by, kind="serial", state="present-legible", as_seen=serial
    )
    evidence.record_marking(component, by=by, kind="paint-stencil", state="removed-ground")
    evidence.seal_item(item, seal_no=f"S-{number:05d}", by=by)
    evidence.hand_over(item, to=to, by=by, purpose="examination in the laboratory")
    evidence.receive_item(item, by=to, seal=f"S-{number:05d}")
    return item


def photograph(item: Any, number: int, *, by: Any) -> None:
    """A photograph of the exhibit, examined as the worker would."""
    from evidence import services as evidence

    name = f"IMG_{number:04d}.JPG"
    file = evidence.receive_file(
        item.case, by=by, chunks=iter([plate(number)]), name=name, item=item
    )
    evidence.examine_file(file)
