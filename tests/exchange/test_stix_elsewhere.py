"""What others make of us: the validator and the client library of OASIS read what leaves."""

import pytest
from stix2validator import ValidationOptions, validate_string
from taxii2client.v21 import as_pages

from exchange import services
from tests.exchange.conftest import taken
from tests.exchange.straight import root_of


@pytest.fixture
def judged(night_raid, gyro, link, blamed):
    """A case with something of everything, its comparison confirmed."""
    type(link).objects.update(state="confirmed", examiners=2)
    return night_raid


def test_the_validator_of_oasis_finds_no_fault(judged, soraya):
    told = validate_string(
        taken(judged, soraya).decode(), ValidationOptions(version="2.1", enforce_refs=True)
    )
    assert told.is_valid, told.as_dict()


def test_the_client_library_of_oasis_reads_every_collection(judged, amal, soraya):
    services.offer_case(judged, by=soraya, up_to="amber")
    (collection,) = root_of(amal).collections
    assert collection.title.startswith(judged.ref)
    pages = list(as_pages(collection.get_objects, per_request=7))
    found = [one for page in pages for one in page["objects"]]
    assert len(pages) > 2
    assert len(found) == len(collection.get_manifest(limit=1000)["objects"])
    actor = next(one for one in found if one["type"] == "threat-actor")
    assert actor["name"] == "Cormorant Brigade"
    assert collection.get_object(actor["id"])["objects"] == [actor]
    assert collection.object_versions(actor["id"])["versions"] == [actor["modified"]]
