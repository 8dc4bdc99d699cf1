"""Whoever changes a row over REST says which version was read."""

import pytest

from investigations.models import Incident

pytestmark = pytest.mark.django_db
CHANGED = {"title": "Attack on the mole"}


@pytest.fixture
def there(strike):
    return f"/api/v1/incidents/{strike.pk}/"


@pytest.fixture
def program(as_program, amal):
    return as_program(amal)


def test_a_change_without_a_version_is_428(program, there, strike):
    answer = program.patch(there, CHANGED, format="json")
    assert (answer.status_code, answer.json()["code"]) == (428, "version-missing")
    assert Incident.objects.get(pk=strike.pk).title == strike.title


@pytest.mark.parametrize("read", ['"7"', "*", "2", '"', '"-1"', '"1", "2"', ""])
def test_a_stale_or_senseless_version_is_412(program, there, strike, read):
    answer = program.patch(there, CHANGED, format="json", headers={"If-Match": read})
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert Incident.objects.get(pk=strike.pk).title == strike.title


@pytest.mark.parametrize("weak", ["", "W/"])
def test_the_etag_that_was_read_lets_a_change_in(program, there, strike, weak):
    read = program.get(there)["ETag"]
    answer = program.patch(there, CHANGED, format="json", headers={"If-Match": weak + read})
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert answer.json()["title"] == CHANGED["title"]
    assert answer.json()["narrative"] == strike.narrative
    again = program.patch(there, CHANGED, format="json", headers={"If-Match": read})
    assert again.status_code == 412


def test_only_one_of_two_programs_is_let_in(program, there):
    read = program.get(there)["ETag"]
    said = [
        program.patch(there, {"title": title}, format="json", headers={"If-Match": read})
        for title in ("One", "Two")
    ]
    assert [answer.status_code for answer in said] == [200, 412]


@pytest.mark.parametrize("body", [{"titel": "x"}, {"case": "x"}, {"ref": "x"}, {"version": 9}])
def test_what_may_not_be_changed_is_named(program, there, body):
    answer = program.patch(there, body, format="json", headers={"If-Match": '"1"'})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == set(body)
