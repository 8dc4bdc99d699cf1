"""Statements and claims through REST: the same rules as on the pages, and nobody's name."""

from attribution.models import Claim
from tests.attribution.conftest import SAID, said

STATEMENTS, CLAIMS = "/api/v1/statements/", "/api/v1/claims/"


def test_a_statement_is_taken_and_read_under_the_pseudonym(guard, amal, as_program):
    program = as_program(amal)
    taken = program.post(STATEMENTS, {**SAID, "source": str(guard.pk)}, format="json")
    assert taken.status_code == 201, taken.json()
    assert (taken.json()["ref"], taken.json()["pseudonym"]) == ("ST-01", "W-01")
    (listed,) = program.get(f"{STATEMENTS}?source={guard.pk}").json()["results"]
    assert listed["id"] == taken.json()["id"]


def test_a_claim_is_entered_narrowed_down_and_taken_over(
    night_raid, strike, claim, amal, as_program
):
    program = as_program(amal)
    body = {"case": str(night_raid.pk), "incident": str(strike.pk), "text": "It was at 02:40.",
            "citation": "Daily", "fact": "time", "rests_on": [str(claim.pk)]}  # fmt: skip
    entered = program.post(CLAIMS, body, format="json")
    assert entered.status_code == 201, entered.json()
    assert entered.json()["rests_on"] == [str(claim.pk)]
    assert (entered.json()["reliability"], entered.json()["credibility"]) == ("F", "6")
    narrowed = program.get(f"{CLAIMS}?fact=time&credibility=2&incident={strike.pk}").json()
    assert [row["ref"] for row in narrowed["results"]] == ["CL-0001"]
    assert narrowed["results"][0]["told_by"] == "W-01"


def test_a_circular_citation_is_refused(night_raid, strike, claim, amal, as_program):
    repeated = said(night_raid, amal, incident=strike, citation="Daily", rests_on=[claim])
    program = as_program(amal)
    read = program.get(f"{CLAIMS}{claim.pk}/")
    answer = program.patch(
        f"{CLAIMS}{claim.pk}/",
        {"rests_on": [str(repeated.pk)]},
        format="json",
        headers={"If-Match": read.headers["ETag"]},
    )
    assert answer.status_code == 422
    assert "circular citation" in answer.json()["detail"]


def test_a_change_needs_the_version_that_was_read(claim, amal, as_program):
    program, here = as_program(amal), f"{CLAIMS}{claim.pk}/"
    assert program.patch(here, {"channel": "Radio"}, format="json").status_code == 428
    changed = program.patch(here, {"channel": "Radio"}, format="json", headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)


def test_a_claim_is_set_aside_with_a_reason(claim, amal, as_program):
    program, here = as_program(amal), f"{CLAIMS}{claim.pk}/set-aside/"
    assert program.post(here, {}, format="json").status_code == 422
    assert program.post(here, {"reason": "Another night."}, format="json").status_code == 200
    assert Claim.objects.get().set_aside_reason == "Another night."


def test_what_is_claimed_stands_side_by_side_and_one_origin_counts_once(
    night_raid, strike, claim, amal, omar, as_program
):
    daily = said(night_raid, amal, incident=strike, citation="Daily", fact="time", value="02:40",
                 rests_on=[claim])  # fmt: skip
    radio = said(night_raid, amal, incident=strike, citation="Radio", fact="time", value="05:00")
    program, here = as_program(amal), f"/api/v1/claim-accounts/{night_raid.pk}/"
    told = program.get(here).json()
    (account,) = told["accounts"]
    assert (account["about_kind"], account["about"]) == ("incident", str(strike.pk))
    assert (account["fact"], account["is_contested"], account["origins"]) == ("time", True, 2)
    sides = {side["says"]: (side["origins"], set(side["claims"])) for side in account["sides"]}
    repeated = {str(claim.pk), str(daily.pk)}
    assert sides == {"02:40": (1, repeated), "05:00": (1, {str(radio.pk)})}
    assert {frozenset(pair) for pair in told["contradictions"]} == {
        frozenset({key, str(radio.pk)}) for key in repeated
    }
    assert as_program(omar).get(here).status_code == 404


def test_outsiders_learn_of_nothing(claim, statement, omar, as_program):
    program = as_program(omar)
    assert program.get(STATEMENTS).json()["results"] == []
    assert program.get(f"{CLAIMS}{claim.pk}/").status_code == 404
