"""The cast: every test speaks of the same few people and the same attacks."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.db import connection
from hypothesis import HealthCheck
from pytest_django.plugin import DjangoDbBlocker
from rest_framework.test import APIClient

from accounts.models import Agency, User
from accounts.services import issue_token
from catalogue.models import ComponentCategory, Country, Theatre
from config.management.commands.secure_database import ROLE
from core.scope import system_scope
from core.sealing import SecretKeeper
from evidence.models import Item
from investigations import services as investigations
from investigations.models import Case, Incident, Role
from tests.access.standing import pytest_runtest_teardown, standing
from tests.emptied_between import even_the_ledger_is_emptied_between_browser_tests

__all__ = [
    "even_the_ledger_is_emptied_between_browser_tests",
    "pytest_runtest_teardown",
    "standing",
]

END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ["VESTIGE_OCR"] = "0"  # workers of tests read no text: it takes seconds for each picture


PEER_SECRET = "the keys of installations that only tests know of"


def pytest_configure() -> None:
    """What holds for the workers of the tests holds for the tests."""
    from django.conf import settings

    settings.READS_TEXT = False
    settings.PEER_KEEPERS = settings.PEER_KEEPERS or [SecretKeeper.of(PEER_SECRET)]
    # two busy cores say nothing of whether a property holds
    patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
    hypothesis.settings.register_profile("patient", **patient)
    hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def private_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Originals and derivatives of tests lie in a folder of their own."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp("vault")
    for name in ("evidence", "derived"):
        settings.STORAGES[name]["OPTIONS"]["location"] = str(folder / name)
    settings.UPLOAD_STAGING = folder / "staging"
    yield folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The owner makes the tables; in between the tests have the program's own, lesser role."""
    options = connection.settings_dict["OPTIONS"]
    as_owner = options["options"]
    with django_db_blocker.unblock():
        options["options"] = f"{as_owner} -c role={ROLE}"
        connection.close()
    yield
    with django_db_blocker.unblock():
        options["options"] = as_owner
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(END_OTHERS)
        connection.close()


@pytest.fixture(autouse=True)
def arranged_by_the_system() -> Iterator[None]:
    """Tests arrange and look as the program itself; requests and jobs ask in their own name."""
    with system_scope("a test arranges the scene"):
        yield


@pytest.fixture(scope="session", autouse=True)
def browser_code_as_it_lies() -> None:
    """Pages in tests name static files as they lie in static/, without collecting them first."""
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }


@pytest.fixture(scope="session", autouse=True)
def passwords_cost_little() -> None:
    """The cast is admitted anew for each test; Argon2 is made to take its time."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def person(username: str, **facts: object) -> User:
    """A colleague who can sign in with the password `let-me-in-please`."""
    return User.objects.create_user(username, password="let-me-in-please", **facts)


@pytest.fixture
def mission(db: None) -> Agency:
    """The agency that most of the cast work for."""
    return Agency.objects.create(name="Joint Investigation Mission", short_name="JIM")


@pytest.fixture
def catalogue(db: None) -> None:
    """A few rows of what is known already: enough to log exhibits with."""
    for code, name in [
        ("gyroscope-imu", "gyroscope or IMU"),
        ("servo-actuator", "servo or actuator"),
        ("engine-motor", "engine or motor"),
        ("airframe-section", "airframe section"),
        ("pcb", "circuit board"),
    ]:
        ComponentCategory.objects.get_or_create(code=code, defaults={"name": name})
    for code, iso3, name in [("IQ", "IRQ", "Iraq"), ("YE", "YEM", "Yemen")]:
        Country.objects.get_or_create(code=code, defaults={"iso3": iso3, "name": name})
    for name in ["Iraq", "Yemen"]:
        Theatre.objects.get_or_create(name=name)


@pytest.fixture
def soraya(mission: Agency) -> User:
    """The lead investigator, who opened the case."""
    return person("soraya", display_name="Soraya Haddad", agency=mission, may_open_cases=True)


@pytest.fixture
def night_raid(soraya: User, catalogue: None) -> Case:
    """The case that most tests are about."""
    return investigations.open_case(
        soraya,
        title="Night raid on the residence",
        public_title="Incident at the residence",
        mandate="Mandate of the mission, article 3",
    )


@pytest.fixture
def amal(night_raid: Case, soraya: User, mission: Agency) -> User:
    """An analyst who works on the case."""
    user = person("amal", display_name="Amal Nasser", native_name="أمل ناصر", agency=mission)
    investigations.admit_member(night_raid, user, roles=[Role.ANALYST], by=soraya)
    return user


@pytest.fixture
def lena(night_raid: Case, soraya: User, mission: Agency) -> User:
    """The laboratory examiner, also on the case."""
    user = person("lena", display_name="Lena Vogt", agency=mission)
    investigations.admit_member(night_raid, user, roles=[Role.EXAMINER], by=soraya)
    return user


@pytest.fixture
def rami(night_raid: Case, soraya: User, mission: Agency) -> User:
    """The reviewer: signs, and never drafts."""
    user = person("rami", display_name="Rami Khoury", agency=mission)
    investigations.admit_member(night_raid, user, roles=[Role.REVIEWER], by=soraya)
    return user


@pytest.fixture
def dana(night_raid: Case, soraya: User, mission: Agency) -> User:
    """The releasing authority."""
    user = person("dana", display_name="Dana Weiss", agency=mission)
    investigations.admit_member(night_raid, user, roles=[Role.RELEASING_AUTHORITY], by=soraya)
    return user


@pytest.fixture
def omar(mission: Agency) -> User:
    """A colleague with no place on the case: nothing of it may reach him."""
    return person("omar", display_name="Omar Aziz", agency=mission)


@pytest.fixture
def admin(db: None) -> User:
    """The administrator: manages accounts and sees no case content."""
    return User.objects.create_superuser("admin", password="let-me-in-please")


@pytest.fixture
def strike(night_raid: Case, amal: User) -> Incident:
    """The attack itself, in Iraq."""
    return investigations.enter_incident(
        night_raid,
        by=amal,
        title="Drone attack on the residence",
        theatre=Theatre.objects.get(name="Iraq"),
        country=Country.objects.get(code="IQ"),
        attack_mode="one-way-attack-UAV",
    )


@pytest.fixture
def harbour(night_raid: Case, amal: User) -> Incident:
    """An earlier attack with like wreckage, in Yemen."""
    return investigations.enter_incident(
        night_raid,
        by=amal,
        title="Drone attack on the harbour",
        theatre=Theatre.objects.get(name="Yemen"),
        country=Country.objects.get(code="YE"),
        attack_mode="one-way-attack-UAV",
    )


@pytest.fixture
def gyro(night_raid: Case, strike: Incident, amal: User) -> Item:
    """A vertical gyroscope from the wreckage, in Amal's hands."""
    from evidence import services

    return services.log_item(
        night_raid,
        by=amal,
        incident=strike,
        kind=ComponentCategory.objects.get(code="gyroscope-imu"),
        description="Vertical gyroscope in a cast housing",
    )


@pytest.fixture
def as_program() -> Callable[[User], APIClient]:
    """A program that signs in with a fresh API key of the person given."""

    def client(user: User) -> APIClient:
        _token, key = issue_token(user, by=user, name="sync", days=30)
        program = APIClient()
        program.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
        return program

    return client


@pytest.fixture
def worker(transactional_db: None, private_folders: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker on the tests' own database and broker."""
    environment = {
        **os.environ,
        "DATABASE_URL": test_database_url(),
        "VESTIGE_DATA": str(private_folders),
    }
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker"]
    options = ["--pool=solo", "--without-gossip", "--without-mingle", "-l", "WARNING"]
    queues = ["-Q", "default,images,readings,reports,comparison,deliveries"]
    process = subprocess.Popen([*command, *options, *queues], env=environment)
    yield process
    process.terminate()
    process.wait(20)


def test_database_url() -> str:
    """The address of the database that the tests run on, for processes they start."""
    url = os.environ["DATABASE_URL"]
    base, _, query = url.partition("?")
    base = base.rsplit("/", 1)[0] + "/" + str(connection.settings_dict["NAME"])
    as_program = f"options=-c%20role%3D{ROLE}"
    return f"{base}?{query}&{as_program}" if query else f"{base}?{as_program}"


def eventually(question, *, seconds: float = 30.0):  # type: ignore[no-untyped-def]
    """Ask again until the answer is true; what the worker does takes a moment."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := question():
            return answer
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")
