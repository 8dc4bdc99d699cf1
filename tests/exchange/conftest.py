"""What the tests of the exchange room share: findings, comparisons, and reading what left."""

import json
from typing import Any

import pytest

from accounts.models import Agency
from exchange import services
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
def bureau(db):
    """The agency that some of the evidence came from."""
    return Agency.objects.create(name="Federal Bureau", short_name="FB", kind="partner")
