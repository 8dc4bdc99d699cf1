"""The components that most comparisons are about: gyroscopes and servos of several recoveries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Agency, User
from catalogue.models import ComponentCategory, Maker, Theatre
from comparison import services
from comparison.models import Link
from evidence import services as evidence
from evidence.models import Component
from investigations import services as investigations
from investigations.models import Case, Incident, Role
from tests.conftest import person

Maker_of_components = Callable[..., Component]


@pytest.fixture
def component_of(amal: User) -> Maker_of_components:
    """Logs an exhibit of an incident and describes the one component it is."""

    def log(incident: Incident, category: str, by: User = amal, **facts: Any) -> Component:
        kind = ComponentCategory.objects.get(code=category)
        item = evidence.log_item(
            incident.case, by=by, incident=incident, kind=kind, description=f"A {category}"
        )
        facts = {"transcription": "double-read", "maker_status": "marked", **facts}
        return evidence.describe_component(item, by=by, category=kind, **facts)

    return log


GYROSCOPE = {
    "part_number": "V10-A",
    "serial_number": "SN-004120",
    "maker_as_marked": "Aerotek",
    "finish": "five ribs",
}
SERVO = {"part_number": "SG-90", "maker_as_marked": "Motomaker"}


@pytest.fixture
def reference(admin: User) -> None:
    """A reference set of 1,000 recoveries with the frequencies of the worked examples."""
    gyro, servo = "gyroscope-imu", "servo-actuator"
    services.adopt_reference_set(
        "Worked examples",
        by=admin,
        source="Invented",
        as_of=timezone.now().date(),
        counts=[
            (gyro, "", "", 1_000),
            (gyro, "maker", "Aerotek", 40),
            (gyro, "part", "V10-A", 3),
            (gyro, "finish", "five ribs", 1),
            (gyro, "serial-range", "V10-A", 3_000),
            (servo, "", "", 1_000),
            (servo, "part", "SG-90", 248),
            (servo, "concealment", "second line, rotary tool", 10),
        ],
    )


@pytest.fixture
def gyros(
    component_of: Maker_of_components, strike: Incident, harbour: Incident
) -> tuple[Component, Component]:
    """Two rare gyroscopes, serials 8 apart, from Iraq and from Yemen."""
    return (
        component_of(strike, "gyroscope-imu", **GYROSCOPE),
        component_of(harbour, "gyroscope-imu", **GYROSCOPE | {"serial_number": "SN-004128"}),
    )


@pytest.fixture
def link(gyros: tuple[Component, Component], reference: None) -> Link:
    """What the worker makes of the two."""
    for component in gyros:
        services.propose_links(component)
    return Link.objects.get()


@pytest.fixture
def mateo(night_raid: Case, soraya: User, mission: Agency) -> User:
    """The second examiner."""
    user = person("mateo", display_name="Mateo Ruiz", agency=mission)
    investigations.admit_member(night_raid, user, roles=[Role.EXAMINER], by=soraya)
    return user


@pytest.fixture
def noor(night_raid: Case, soraya: User, mission: Agency) -> User:
    """The third, who resolves."""
    user = person("noor", display_name="Noor Saleh", agency=mission)
    investigations.admit_member(night_raid, user, roles=[Role.EXAMINER], by=soraya)
    return user


@pytest.fixture
def other_case(soraya: User, catalogue: None) -> Case:
    """A case that the team of the first knows nothing of."""
    return investigations.open_case(
        soraya, title="Seizure at sea", public_title="Seizure", mandate="Article 4"
    )


@pytest.fixture
def seizure(other_case: Case, soraya: User) -> Incident:
    """The event of the other case."""
    return investigations.enter_incident(
        other_case, by=soraya, title="Dhow boarded", theatre=Theatre.objects.get(name="Yemen")
    )


@pytest.fixture
def aerotek(db: None) -> Maker:
    """A maker the catalogue knows."""
    return Maker.objects.create(name="Aerotek")
