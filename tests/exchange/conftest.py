"""What the tests of the exchange room share: who follows, and reading what left."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from accounts.models import Agency, User
from catalogue.models import ComponentCategory
from core.markings import Handling
from evidence import services as evidence
from evidence.models import Component, Item, Marking
from exchange import services
from investigations import services as investigations
from investigations.models import CaseRecord
from tests.attribution.conftest import (  # noqa: F401  (the fixtures of the findings)
    blamed,
    brigade,
    finding,
    hand_in_and_approve,
    hypothesis,
    making,
    mira,
    report,
    technical,
)
from tests.attribution.conftest import released as technical_released  # noqa: F401
from tests.comparison.conftest import (  # noqa: F401  (the fixtures of the comparison)
    component_of,
    gyros,
    link,
    other_case,
    reference,
)
from tests.exchange.following import Copy, commit
from tests.exchange.peering import (  # noqa: F401  (the two installations)
    authority,
    both,
    coast,
    deputy,
    nadia,
    paired,
    post,
    sealed,
    shipped,
)
from tests.reports.conftest import photographed  # noqa: F401  (two photographs)

INCIDENT = "incident--5e1c0f5a-8f0b-4d4e-9c1b-2a7a4f3b6c22"
THEIRS = {
    "type": "incident",
    "spec_version": "2.1",
    "id": INCIDENT,
    "created_by_ref": "identity--5e1c0f5a-8f0b-4d4e-9c1b-2a7a4f3b6c23",
    "created": "2026-03-14T08:00:00.000Z",
    "modified": "2026-03-14T09:00:00.000Z",
    "name": "Strike on the pier",
    "x_their_property": {"deep": [1.5, None, "متروك"]},
}
AUTHORITY = {
    "type": "identity",
    "spec_version": "2.1",
    "id": "identity--5e1c0f5a-8f0b-4d4e-9c1b-2a7a4f3b6c23",
    "created": "2026-03-14T08:00:00.000Z",
    "modified": "2026-03-14T08:00:00.000Z",
    "name": "Harbour authority",
}


def bundle_of(*things: Any) -> bytes:
    """A bundle as it comes from elsewhere."""
    told = {"type": "bundle", "id": "bundle--5e1c0f5a-8f0b-4d4e-9c1b-2a7a4f3b6c24"}
    return json.dumps({**told, "objects": list(things)}).encode()


def taken(case, by, *, up_to="red", leave_out=False):
    """The bytes of a case as a file."""
    exported = services.export_case(case, by=by, up_to=up_to, leave_out=leave_out)
    with exported.held:
        return exported.held.read()


def objects_in(data: bytes, kind: str = "") -> list[dict[str, Any]]:
    """The objects of a bundle, or those of one type."""
    return [one for one in json.loads(data)["objects"] if one["type"] == kind or not kind]


def only(data: bytes, kind: str) -> dict[str, Any]:
    (one,) = objects_in(data, kind)
    return one


@pytest.fixture
def furnished(night_raid, strike, gyro, amal, lena, soraya):
    """An attack with a site, an exhibit with its component and marking, its custody, a weapon."""
    investigations.amend_incident(
        strike, by=amal, version=1, latitude="33.312000", longitude="44.361000",
        narrative="A guard speaks of the Cormorant Brigade.", launched_min=0, launched_max=3,
    )  # fmt: skip
    investigations.count_casualties(
        strike, by=amal, harm="injured", group="civilian", at_least=2, at_most=None
    )
    site = investigations.enter_site(
        strike, by=amal, name="Roof", kind="impact", country=strike.country
    )
    evidence.amend_item(gyro, by=amal, version=1, site=site, recovered_by="Sergeant Roe")
    component = evidence.describe_component(
        gyro, by=amal, category=gyro.kind, maker_as_marked="Aerotek", serial_number="SN-0041?"
    )
    evidence.record_marking(
        component, by=amal, kind="serial", state="present-partial", as_seen="SN-0041?"
    )
    evidence.hand_over(Item.objects.get(pk=gyro.pk), to=lena, by=amal)
    evidence.receive_item(Item.objects.get(pk=gyro.pk), by=lena)
    whole = Item.objects.get(pk=gyro.pk)
    evidence.enter_weapon(strike, by=amal, exhibits=[whole], variant_features="Swept fins")
    return night_raid


@pytest.fixture
def bureau(db):
    """The agency that some of the evidence came from."""
    return Agency.objects.create(name="Federal Bureau", short_name="FB", kind="partner")


@pytest.fixture
def following(as_program: Callable[[User], object]) -> Callable[..., Copy]:
    """A copy that somebody's program has begun and brought up to date."""

    def begun(user: User, **query: str) -> Copy:
        copy = Copy(as_program(user), **query)
        commit()
        copy.follow()
        return copy

    return begun


@pytest.fixture
def board(gyro: Item, amal: User) -> Component:
    """A part of the gyroscope."""
    return evidence.describe_component(
        gyro, by=amal, category=ComponentCategory.objects.get(code="pcb")
    )


@pytest.fixture
def sticker(board: Component, amal: User) -> Marking:
    """What stands on that part."""
    return evidence.record_marking(
        board, by=amal, kind="sticker", state="present-legible", as_seen="K-7"
    )


@pytest.fixture
def cleared(soraya: User) -> User:
    """The lead, cleared for everything."""
    soraya.clearance = 4
    soraya.save()
    return soraya


@pytest.fixture
def hide(cleared: User) -> Callable[[CaseRecord], object]:
    """Marks a record beyond everybody but the lead."""

    def marked(row: CaseRecord) -> object:
        row.refresh_from_db()
        stricter: Handling = replace(row.own_handling, clearance=3)
        return investigations.mark_more_strictly(row, stricter, by=cleared, reason="Told so.")

    return marked
