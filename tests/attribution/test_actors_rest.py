"""Actors, assertions and their matrix through REST: the same rules as on the pages."""

import pytest

from attribution.models import Actor, Assertion
from tests.attribution.test_assertions import hold
from tests.comparison.conftest import component_of, gyros, link, reference

__all__ = ["component_of", "gyros", "link", "reference"]
ACTORS, ASSERTIONS, MATRIX = "/api/v1/actors/", "/api/v1/assertions/", "/api/v1/actor-matrix/"


@pytest.fixture
def program(amal, as_program):
    """A program of Amal's."""
    return as_program(amal)


def test_an_actor_is_entered_named_and_placed_over_time(program, night_raid, brigade):
    body = {"case": str(night_raid.pk), "name": "Heron Cell", "kind": "cell"}
    entered = program.post(ACTORS, body, format="json")
    assert entered.status_code == 201, entered.json()
    there = f"{ACTORS}{entered.json()['id']}/"
    name = {"text": "خلية مالك الحزين", "transliteration": "Khaliyat Malik al-Hazin", "kind": "own"}
    named = program.post(f"{there}names/", name, format="json").json()
    assert named["names"][0]["script"] == "arabic"
    tie = {"parent": str(brigade.pk), "since": "2024-01-01"}
    placed = program.post(f"{there}parents/", tie, format="json").json()
    ended = {"tie": placed["parents"][0]["id"], "until": "2024-12-31"}
    after = program.post(f"{there}end-parent/", ended, format="json").json()
    assert after["parents"][0]["until"] == "2024-12-31"
    struck = program.post(f"{there}strike-name/", {"name": named["names"][0]["id"]}, format="json")
    assert struck.json()["names"] == []


def test_a_name_of_another_actor_is_not_struck_here(program, night_raid, brigade):
    other = program.post(
        ACTORS, {"case": str(night_raid.pk), "name": "Heron", "kind": "cell"}, format="json"
    ).json()
    body = {"name": str(brigade.names.get().pk)}
    answer = program.post(f"{ACTORS}{other['id']}/strike-name/", body, format="json")
    assert answer.status_code == 422
    assert brigade.names.count() == 1


def test_an_assertion_is_entered_amended_and_withdrawn(program, night_raid, brigade, claim, gyro):
    body = {"case": str(night_raid.pk), "actor": str(brigade.pk), "dimension": "motive",
            "statement": "They said so.", "value": "possible",
            "claims": [str(claim.pk)]}  # fmt: skip
    entered = program.post(ASSERTIONS, body, format="json")
    assert entered.status_code == 201, entered.json()
    assert (entered.json()["reliability"], entered.json()["credibility"]) == ("F", "6")
    there = f"{ASSERTIONS}{entered.json()['id']}/"
    match = {"If-Match": entered.headers["ETag"]}
    amended = program.patch(there, {"value": "likely"}, format="json", headers=match)
    assert [row["claim"] for row in amended.json()["evidence"]] == [str(claim.pk)]
    match = {"If-Match": amended.headers["ETag"]}
    again = program.patch(there, {"items": [str(gyro.pk)]}, format="json", headers=match)
    assert [row["item"] for row in again.json()["evidence"]] == [str(gyro.pk)]
    gone = program.post(f"{there}withdraw/", {"reason": "Mistaken."}, format="json")
    assert gone.json()["withdrawn_reason"] == "Mistaken."


def test_without_evidence_it_is_refused(program, night_raid, brigade):
    body = {"case": str(night_raid.pk), "actor": str(brigade.pk), "dimension": "motive",
            "statement": "They said so."}  # fmt: skip
    answer = program.post(ASSERTIONS, body, format="json")
    assert (answer.status_code, Assertion.objects.count()) == (422, 0)
    assert "Cite at least one" in answer.json()["detail"]


def test_the_matrix_is_words_by_actor_and_dimension_and_no_figure(
    program, night_raid, brigade, claim, amal
):
    held = hold(night_raid, amal, brigade, [claim])
    told = program.get(f"{MATRIX}{night_raid.pk}/").json()
    line = next(line for line in told["lines"] if line["dimension"] == "presence")
    assert line["cells"] == [{"actor": str(brigade.pk), "held": [str(held.pk)], "against": []}]
    assert set(told) == {"actors", "lines", "overall", "assertions", "signatures"}


def test_outsiders_learn_of_nothing(night_raid, brigade, claim, amal, omar, as_program):
    held = hold(night_raid, amal, brigade, [claim])
    stranger = as_program(omar)
    assert stranger.get(ACTORS).json()["results"] == []
    assert stranger.get(f"{ASSERTIONS}{held.pk}/").status_code == 404
    assert stranger.get(f"{MATRIX}{night_raid.pk}/").status_code == 404
    assert Actor.objects.count() == 1
