"""Brings the database and the collected files up to this version; runs with Django's settings."""

import os
import sys
from hashlib import sha256
from io import StringIO
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from config.local.stamps import Stamps, fingerprint
from config.local.steps import say, step

PRINT_FONTS = "vendor/fonts/pdf/*"  # read from disk for reports, never sent to a browser


def migrate() -> None:
    """Apply the migrations that are missing."""
    with step("Database tables") as remark:
        said = StringIO()
        call_command("migrate", interactive=False, stdout=said)
        applied = said.getvalue().count("... OK")
        remark.text = f"{applied} migrations applied" if applied else "unchanged"


def collect_static(stamps: Stamps) -> None:
    """Collect scripts, styles and fonts when one of them has changed."""
    sources = [*map(Path, settings.STATICFILES_DIRS), Path("requirements.txt")]
    mark = fingerprint(sources) + str(settings.STORAGES["staticfiles"])
    with step("Static files") as remark:
        if stamps.holds("static", mark) and Path(settings.STATIC_ROOT, "staticfiles.json").exists():
            remark.text = "unchanged"
            return
        quietly = {"interactive": False, "clear": True, "verbosity": 0}
        call_command("collectstatic", ignore_patterns=[PRINT_FONTS], **quietly)
        stamps.put("static", mark)


def load_catalogue(stamps: Stamps) -> None:
    """Load what is known already, when its data or this database is new."""
    database = sha256(os.environ["DATABASE_URL"].encode()).hexdigest()[:12]
    mark = fingerprint([Path("catalogue")])
    with step("Catalogue") as remark:
        known = apps.get_model("catalogue", "WeaponModel")._default_manager.exists()
        if known and stamps.holds(f"catalogue in {database}", mark):
            remark.text = "unchanged"
            return
        said = StringIO()
        call_command("load_catalogue", stdout=said)
        remark.text = (said.getvalue().strip().splitlines() or [""])[-1]
        stamps.put(f"catalogue in {database}", mark)


def fill_database(stamps: Stamps) -> None:
    """Tables, what is known already, and someone who may sign in."""
    migrate()
    load_catalogue(stamps)
    said = StringIO()
    call_command("first_administrator", stdout=said)
    if said.getvalue().strip():
        say(f"\n{said.getvalue().strip()}\n")


PARTS = {"static": collect_static, "database": fill_database}


def main() -> int:
    """The parts that were named, or all of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    stamps = Stamps(Path(settings.DATA_DIR) / "run" / "stamps.json")
    for name in sys.argv[1:] or PARTS:
        PARTS[name](stamps)
    return 0


if __name__ == "__main__":
    sys.exit(main())
