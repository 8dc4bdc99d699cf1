"""TAXII 2.1: what is on offer to a team, told in pages, and nothing beyond what one may read."""

from base64 import b64encode
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.services import issue_token
from attribution.models import Finding
from evidence import services as evidence
from exchange import services
from investigations import services as investigations
from investigations.models import Case

ROOT = "/taxii2/cases/"
MEDIA_TYPE = "application/taxii+json;version=2.1"


@pytest.fixture
def by_password():
    """A client of TAXII, which sends the key as a password."""

    def client(user):
        _token, key = issue_token(user, by=user, name="feed", days=30)
        word = b64encode(f"{user.username}:{key}".encode()).decode()
        program = APIClient()
        program.credentials(HTTP_AUTHORIZATION=f"Basic {word}")
        return program

    return client


@pytest.fixture
def offered(night_raid, strike, gyro, soraya):
    """The case, on offer."""
    services.offer_case(night_raid, by=soraya, up_to="amber")
    return night_raid


def objects_of(case, more=""):
    return f"{ROOT}collections/{case.pk}/objects/{more}"


def told(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == MEDIA_TYPE
    return answer.json()


def test_the_way_leads_from_discovery_to_the_objects(offered, strike, amal, by_password):
    client = by_password(amal)
    (root,) = told(client, "/taxii2/")["api_roots"]
    assert told(client, root)["versions"] == [MEDIA_TYPE]
    (collection,) = told(client, f"{root}collections/")["collections"]
    assert collection["id"] == str(offered.pk)
    assert (collection["can_read"], collection["can_write"]) == (True, False)
    assert "residence" in collection["title"] and "raid" not in collection["title"]
    found = told(client, objects_of(offered))["objects"]
    assert strike.title in [one.get("name") for one in found]
    manifest = told(client, f"{ROOT}collections/{offered.pk}/manifest/")["objects"]
    assert [one["id"] for one in manifest] == [one["id"] for one in found]


def test_pages_tell_each_object_once_and_in_the_order_of_offering(offered, amal, by_password):
    client, seen, query = by_password(amal), [], {"limit": "4"}
    while True:
        answer = client.get(objects_of(offered), query)
        page = answer.json()
        seen += [one["id"] for one in page["objects"]]
        assert answer["X-TAXII-Date-Added-First"] <= answer["X-TAXII-Date-Added-Last"]
        if not page["more"]:
            break
        query = {"limit": "4", "next": page["next"]}
    whole = [one["id"] for one in told(client, objects_of(offered))["objects"]]
    assert seen == whole
    assert len(set(seen)) == len(seen) > 8


def test_whoever_asks_since_the_last_time_is_told_what_is_new_and_no_more(
    offered, strike, amal, soraya, by_password
):
    client = by_password(amal)
    last = client.get(objects_of(offered))["X-TAXII-Date-Added-Last"]
    assert told(client, objects_of(offered), added_after=last) == {}
    investigations.amend_incident(strike, by=amal, version=1, title="Attack at dawn")
    services.offer_case(offered, by=soraya, up_to="amber")
    (new,) = told(client, objects_of(offered), added_after=last)["objects"]
    assert new["name"] == "Attack at dawn"
    both = told(client, objects_of(offered, f"{new['id']}/versions/"))["versions"]
    assert both[-1] == new["modified"] and len(both) == 2
    (old,) = told(client, objects_of(offered, f"{new['id']}/"), **{"match[version]": "first"})[
        "objects"
    ]
    assert old["name"] == "Drone attack on the residence"
    (one,) = told(client, objects_of(offered, f"{new['id']}/"))["objects"]
    assert one == new


def test_objects_are_picked_by_type_identifier_and_version(offered, amal, by_password):
    client = by_password(amal)
    (attack,) = told(client, objects_of(offered), **{"match[type]": "incident,campaign"})["objects"]
    (same,) = told(client, objects_of(offered), **{"match[id]": attack["id"]})["objects"]
    assert same == attack
    asked = {"match[version]": attack["modified"], "match[type]": "incident"}
    assert told(client, objects_of(offered), **asked)["objects"] == [attack]
    assert told(client, objects_of(offered), **{"match[spec_version]": "2.0"}) == {}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"limit": "0"}, 400),
        ({"limit": "9" * 5000}, 400),
        ({"limit": "²"}, 400),
        ({"next": "x"}, 400),
        ({"added_after": "yesterday"}, 400),
        ({"match[version]": "newest"}, 400),
        ({"match[type]": "incident,\0"}, 400),
        ({"match[id]": "\0"}, 400),
        ({"match[spec_version]": "\0"}, 400),
        ({"limit": "100000"}, 200),
    ],
)
def test_a_wrong_question_is_told_in_the_form_of_taxii(offered, amal, by_password, query, status):
    answer = by_password(amal).get(objects_of(offered), query)
    assert answer.status_code == status
    assert answer["Content-Type"] == MEDIA_TYPE
    if status == 400:
        assert answer.json()["http_status"] == "400" and answer.json()["title"]


def test_nothing_is_written_and_only_taxii_2_1_is_spoken(offered, amal, by_password, as_program):
    client = by_password(amal)
    refused = client.post(objects_of(offered), {"objects": []}, format="json")
    assert (refused.status_code, refused["Content-Type"]) == (405, MEDIA_TYPE)
    assert "read only" in refused.json()["title"]
    assert client.get("/taxii2/", headers={"accept": "text/html"}).status_code == 406
    other = "application/taxii+json;version=2.0"
    assert client.get("/taxii2/", headers={"accept": other}).status_code == 406
    plain = "application/taxii+json"
    assert client.get("/taxii2/", headers={"accept": plain}).status_code == 200
    assert as_program(amal).get("/taxii2/").status_code == 200, "a bearer of the key is let in, too"


def test_without_a_key_nobody_is_let_in(offered):
    client = APIClient()
    for word in ("", "Basic eDp2c3Rfd3Jvbmdfa2V5", "Basic %%%", "Basic"):
        answer = client.get(objects_of(offered), headers={"authorization": word})
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Basic ")
        assert answer.json()["http_status"] == "401"


def test_a_stranger_finds_no_collection(offered, omar, by_password):
    client = by_password(omar)
    assert told(client, f"{ROOT}collections/") == {}
    answer = client.get(objects_of(offered))
    assert (answer.status_code, answer.json()["http_status"]) == (404, "404")
    assert client.get(objects_of(offered, "incident--1/")).status_code == 404


def test_nothing_on_offer_is_served_before_the_day_of_an_embargo(offered, amal, by_password):
    until = timezone.now() + timedelta(days=3)
    Case.objects.filter(pk=offered.pk).update(embargo_until=until)
    client = by_password(amal)
    assert told(client, objects_of(offered)) == {}
    assert told(client, f"{ROOT}collections/{offered.pk}/manifest/") == {}
    Case.objects.filter(pk=offered.pk).update(embargo_until=timezone.now())
    assert told(client, objects_of(offered))["objects"]


def test_what_came_under_a_caveat_since_is_served_no_more(
    offered, gyro, bureau, amal, soraya, by_password
):
    client, of_kind = by_password(amal), {"match[type]": "x-evidence-item,x-custody-event"}
    assert told(client, objects_of(offered), **of_kind)["objects"]
    evidence.add_caveat(gyro, by=amal, kind="no-onward-release", agency=bureau, reason="Letter 4.")
    assert told(client, objects_of(offered), **of_kind) == {}


def test_a_finding_that_no_longer_stands_is_served_no_more(
    night_raid, technical_released, amal, soraya, by_password
):
    services.offer_case(night_raid, by=soraya, up_to="amber")
    client, of_kind = by_password(amal), {"match[type]": "x-attribution-finding"}
    assert told(client, objects_of(night_raid), **of_kind)["objects"]
    Finding.objects.update(status="superseded")
    assert told(client, objects_of(night_raid), **of_kind) == {}
    services.offer_case(night_raid, by=soraya, up_to="amber")
    (taken_back,) = told(client, objects_of(night_raid), **of_kind)["objects"]
    assert taken_back["revoked"] is True


def test_what_is_taken_off_the_offer_is_gone_and_comes_back_as_new(
    offered, amal, soraya, by_password
):
    client = by_password(amal)
    last = client.get(objects_of(offered))["X-TAXII-Date-Added-Last"]
    services.withdraw_offer(offered, by=soraya)
    assert told(client, objects_of(offered)) == {}
    services.offer_case(offered, by=soraya, up_to="amber")
    assert told(client, objects_of(offered), added_after=last)["objects"]
