"""Sources, reports, casualties and teams through REST: by the rules of the pages, and no names."""

import pytest
from rest_framework.test import APIClient

from accounts.models import Compartment
from investigations import services
from investigations.models import CasualtyCount, Request, RequestKind
from tests.investigations.test_sources import NAME, ZUBAYDAH, facts_of

pytestmark = pytest.mark.django_db
SOURCES, REPORTS, COUNTS = "/api/v1/sources/", "/api/v1/source-reports/", "/api/v1/casualties/"
TEAMS = "/api/v1/memberships/"


@pytest.fixture
def program(amal, as_program):
    """A program of Amal's."""
    return as_program(amal)


@pytest.fixture
def witness(night_raid, soraya):
    """A witness whose identity is written down."""
    source = services.enter_source(night_raid, by=soraya, kind="witness", remarks="Saw it")
    return services.write_identity(source, ZUBAYDAH, by=soraya, version=1)


def send(client: APIClient, there: str, body: dict, **headers: str):
    return client.post(there, body, format="json", headers=headers)


def change(client: APIClient, there: str, body: dict, etag: str = ""):
    return client.patch(there, body, format="json", headers={"If-Match": etag} if etag else {})


def test_a_source_is_entered_by_pseudonym_and_once_by_its_key(program, night_raid):
    body = {"case": str(night_raid.pk), "kind": "detainee", "protection": "requested"}
    made = send(program, SOURCES, body, **{"Idempotency-Key": "first"})
    told = made.json()
    assert (made.status_code, told["pseudonym"]) == (201, "D-01"), told
    assert told["needs_second_person"] is True
    assert (told["identity_at"], told["consent_scopes"]) == (None, [])
    assert made.headers["Location"] == f"{SOURCES}{told['id']}/"
    assert send(program, SOURCES, body, **{"Idempotency-Key": "first"}).json() == told
    listed = program.get(f"{SOURCES}?case={night_raid.pk}&kind=detainee&fields=pseudonym").json()
    assert listed["results"] == [{"id": told["id"], "pseudonym": "D-01"}]


def test_consent_is_withdrawn_by_whoever_read_the_source_last(program, witness):
    there = f"{SOURCES}{witness.pk}/"
    given = {"informed_consent": True, "consent_scopes": ["court"]}
    assert change(program, there, given).status_code == 428
    read = program.get(there).headers["ETag"]
    told = change(program, there, given, read)
    assert (told.status_code, told.json()["consent_scopes"]) == (200, ["court"])
    uninformed = change(program, there, {"informed_consent": False}, told.headers["ETag"])
    assert uninformed.status_code == 422
    withdrawn = {"informed_consent": False, "consent_scopes": []}
    assert change(program, there, withdrawn, read).status_code == 412
    told = change(program, there, withdrawn, told.headers["ETag"])
    assert (told.status_code, told.json()["consent_scopes"]) == (200, [])
    eased = change(program, there, {"needs_second_person": False}, told.headers["ETag"])
    assert "cannot be taken back" in eased.json()["detail"]


def test_no_program_is_told_who_a_source_is(witness, soraya, as_program):
    lead = as_program(soraya)
    told = lead.get(f"{SOURCES}{witness.pk}/")
    assert told.json()["identity_at"]
    assert NAME.split()[0] not in told.content.decode()
    for word in ("name", "contact", "identity"):
        answer = change(lead, f"{SOURCES}{witness.pk}/", {word: NAME}, told.headers["ETag"])
        assert (answer.status_code, set(answer.json()["errors"])) == (422, {word})
    for deed in ("open", "identity", "ask"):
        assert send(lead, f"{SOURCES}{witness.pk}/{deed}/", {}).status_code == 404


def test_the_lead_asks_for_an_identity_to_be_erased_and_a_second_person_agrees_elsewhere(
    program, witness, soraya, as_program
):
    lead, there = as_program(soraya), f"{SOURCES}{witness.pk}/ask-to-erase/"
    assert send(program, there, {"reason": "She asked for it"}).status_code == 403
    named = send(lead, there, {"reason": f"{NAME} asked for it"})
    assert (named.status_code, named.json()["code"]) == (422, "refused")
    assert send(lead, there, {"reason": "She asked for it"}).status_code == 200
    waiting = Request.objects.visible_to(soraya).about(witness).waiting().get()
    assert waiting.kind == RequestKind.ERASE_IDENTITY
    witness.refresh_from_db()
    assert witness.has_identity


def test_only_readers_in_its_compartment_know_of_a_source(night_raid, amal, lena, as_program):
    Compartment.objects.get_or_create(code="WITNESS", defaults={"name": "Witnesses"})
    body = {"case": str(night_raid.pk), "kind": "victim", "compartments": ["WITNESS"]}
    shut_out = send(as_program(amal), SOURCES, body)
    assert "You could no longer read it yourself" in shut_out.json()["detail"]
    amal.compartments = ["WITNESS"]
    amal.save()
    made = send(as_program(amal), SOURCES, body)
    assert (made.status_code, made.json()["handling"]["compartments"]) == (201, ["WITNESS"])
    examiner = as_program(lena)
    assert examiner.get(f"{SOURCES}{made.json()['id']}/").status_code == 404
    assert examiner.get(SOURCES).json()["results"] == []


def test_a_report_is_cited_with_two_grades_and_told_with_its_source_in_place(
    program, strike, witness
):
    body = {"incident": str(strike.pk), "citation": "Her account", "reliability": "B",
            "credibility": "2", "source": str(witness.pk)}  # fmt: skip
    made = send(program, REPORTS, body)
    told = made.json()
    assert (made.status_code, told["pseudonym"], told["source"]) == (201, "W-01", str(witness.pk))
    bare = send(program, REPORTS, {"incident": str(strike.pk), "citation": "A daily"}).json()
    assert (bare["reliability"], bare["credibility"], bare["pseudonym"]) == ("F", "6", "")
    found = program.get(f"{REPORTS}?incident={strike.pk}&reliability=B&expand=source").json()
    assert [row["source"]["pseudonym"] for row in found["results"]] == ["W-01"]


def test_a_report_is_graded_anew_by_whoever_read_it_last(program, strike, amal):
    report = services.cite_source(
        strike, by=amal, citation="A guard", reliability="B", credibility="2"
    )
    there = f"{REPORTS}{report.pk}/"
    assert change(program, there, {"reliability": "D"}).status_code == 428
    read = program.get(there).headers["ETag"]
    anew = change(program, there, {"reliability": "D", "credibility": "5"}, read)
    assert (anew.status_code, anew.json()["reliability"], anew.json()["version"]) == (200, "D", 2)
    assert change(program, there, {"reliability": "A"}, read).status_code == 412
    moved = change(program, there, {"source": None}, anew.headers["ETag"])
    assert (moved.status_code, set(moved.json()["errors"])) == (422, {"source"})
    (line,) = [facts for facts in facts_of(strike) if "report" in facts]
    assert line["report"] == str(report.pk)
    assert set(line["changes"]) == {"reliability", "credibility"}


def test_a_report_takes_no_source_of_another_case(strike, soraya, as_program, program):
    other = services.open_case(soraya, title="T", public_title="P", mandate="M")
    source = services.enter_source(other, by=soraya, kind="expert")
    body = {"incident": str(strike.pk), "citation": "An expert", "source": str(source.pk)}
    refused = send(as_program(soraya), REPORTS, body)
    assert (refused.status_code, refused.json()["code"]) == (422, "refused")
    unknown = send(program, REPORTS, body)
    assert (unknown.status_code, set(unknown.json()["errors"])) == (422, {"source"})


def test_casualties_are_counted_once_and_corrected_by_whoever_read_them_last(
    program, strike, night_raid
):
    body = {"incident": str(strike.pk), "harm": "killed", "group": "civilian", "at_least": 2}
    made = send(program, COUNTS, body)
    assert (made.status_code, made.json()["at_most"]) == (201, None), made.json()
    twice = send(program, COUNTS, body)
    assert "counted already" in twice.json()["detail"]
    there, read = f"{COUNTS}{made.json()['id']}/", made.headers["ETag"]
    assert change(program, there, {"at_most": 4}).status_code == 428
    corrected = change(program, there, {"at_most": 4}, read)
    assert (corrected.json()["at_least"], corrected.json()["version"]) == (2, 2)
    assert change(program, there, {"at_most": 5}, read).status_code == 412
    wrong = change(program, there, {"at_most": 1}, corrected.headers["ETag"])
    assert wrong.status_code == 422
    told = [facts["after"] for facts in facts_of(strike) if "after" in facts]
    assert told == ["2–None", "2–4"]


def test_the_page_corrects_what_a_program_has_counted(strike, amal, program):
    body = {"incident": str(strike.pk), "harm": "missing", "as_of": "2026-03-14T06:00:00Z"}
    made = send(program, COUNTS, body).json()
    assert (made["group"], made["at_least"]) == ("unknown", None)
    services.count_casualties(
        strike, by=amal, harm="missing", group="unknown", at_least=1, at_most=3
    )
    count = CasualtyCount.objects.visible_to(amal).get()
    assert (str(count.pk), count.version, count.at_most) == (made["id"], 2, 3)


def test_who_only_reads_may_not_and_outsiders_learn_of_nothing(
    witness, strike, night_raid, rami, omar, as_program
):
    bodies = {
        SOURCES: {"case": str(night_raid.pk), "kind": "witness"},
        REPORTS: {"incident": str(strike.pk), "citation": "x"},
        COUNTS: {"incident": str(strike.pk), "harm": "killed"},
    }
    for there, body in bodies.items():
        assert send(as_program(rami), there, body).status_code == 403
        assert send(as_program(omar), there, body).status_code == 422
        assert as_program(omar).get(there).json()["results"] == []
    assert as_program(rami).get(f"{SOURCES}{witness.pk}/").status_code == 200
    assert as_program(omar).get(f"{SOURCES}{witness.pk}/").status_code == 404


def test_the_team_is_told_and_a_place_on_it_ended(night_raid, soraya, amal, rami, omar, as_program):
    lead, colleague = as_program(soraya), as_program(amal)
    found = colleague.get(f"{TEAMS}?case={night_raid.pk}&user=rami&has_ended=false").json()
    (place,) = found["results"]
    assert (place["roles"], place["ended_at"]) == (["reviewer"], None)
    assert colleague.post(f"{TEAMS}{place['id']}/end/").status_code == 403
    assert lead.post(f"{TEAMS}{place['id']}/end/").json()["ended_at"]
    (gone,) = lead.get(f"{TEAMS}?has_ended=true").json()["results"]
    assert gone["user"] == "rami"
    (own,) = lead.get(f"{TEAMS}?user=soraya").json()["results"]
    kept = lead.post(f"{TEAMS}{own['id']}/end/")
    assert "The lead cannot leave the case." in kept.json()["detail"]
    assert as_program(omar).get(TEAMS).json()["results"] == []
