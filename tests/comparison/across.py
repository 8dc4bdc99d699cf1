"""Two agencies that know nothing of each other's case, and a part of one supply in each."""

from typing import Any

import pytest

from accounts.models import Agency, User
from catalogue.models import ComponentCategory, Theatre
from comparison import services
from comparison.models import Hit
from evidence import services as evidence
from evidence.models import Component
from investigations import services as investigations
from investigations.models import Case, Incident, Role
from tests.comparison.conftest import GYROSCOPE
from tests.conftest import person

THEIRS = GYROSCOPE | {"serial_number": "SN-004128"}


@pytest.fixture
def coast_guard(db: None) -> Agency:
    """The other agency."""
    return Agency.objects.create(name="Coast Guard", short_name="CG")


@pytest.fixture
def nadia(coast_guard: Agency) -> User:
    """The lead of the other agency's case."""
    return person("nadia", display_name="Nadia Farouk", agency=coast_guard, may_open_cases=True)


@pytest.fixture
def dhow(nadia: User, catalogue: None) -> Case:
    """The case that nobody of the mission may see."""
    return investigations.open_case(
        nadia, title="Dhow off the cape", public_title="Seizure at sea", mandate="Article 108"
    )


@pytest.fixture
def boarding(dhow: Case, nadia: User) -> Incident:
    """The seizure."""
    yemen = Theatre.objects.get(name="Yemen")
    return investigations.enter_incident(dhow, by=nadia, title="Dhow boarded", theatre=yemen)


@pytest.fixture
def viktor(dhow: Case, nadia: User, coast_guard: Agency) -> User:
    """The examiner of the other agency."""
    user = person("viktor", display_name="Viktor Lind", agency=coast_guard)
    investigations.admit_member(dhow, user, roles=[Role.EXAMINER], by=nadia)
    return user


def describe(incident: Incident, by: User, **facts: Any) -> Component:
    """An exhibit that is one gyroscope."""
    kind = ComponentCategory.objects.get(code="gyroscope-imu")
    item = evidence.log_item(
        incident.case, by=by, incident=incident, kind=kind, description="A gyroscope"
    )
    marked = {"transcription": "double-read", "maker_status": "marked", **facts}
    return evidence.describe_component(item, by=by, category=kind, **marked)


@pytest.fixture
def theirs(boarding: Incident, nadia: User, reference: None) -> Component:
    """The part that the other agency seized."""
    component = describe(boarding, nadia, **THEIRS)
    services.propose_links(component)
    return component


@pytest.fixture
def ours(strike: Incident, amal: User, lena: User, theirs: Component) -> Component:
    """The part from the strike, compared once."""
    component = describe(strike, amal, **GYROSCOPE)
    services.propose_links(component)
    return component


@pytest.fixture
def hit(ours: Component) -> Hit:
    """What the mission is told."""
    return Hit.objects.get(component=ours)
