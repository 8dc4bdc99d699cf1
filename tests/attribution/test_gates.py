"""Release gates: all that stands against a release is told at once, with where it is mended."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency
from attribution import services
from attribution.models import Finding
from core.errors import Barred, Refused
from core.markings import Handling
from evidence import services as evidence
from investigations import services as investigations
from investigations.models import Case, Particulars, Role
from investigations.services.label import mark_more_strictly
from ledger.models import Entry
from tests.attribution.conftest import WRITTEN, hand_in_and_approve
from tests.conftest import person
from tests.evidence.test_gaps import resealed
from tests.evidence.test_traces import offered

__all__ = ["resealed"]
LIVING = "Yusuf Halabi Qasim"


def let_go(finding, *, by, audience="partners"):
    return services.release_finding(finding, by=by, audience=audience, tlp="amber")


def barred(finding, *, by, audience="partners"):
    """Why a release is refused: the words and the page of each reason."""
    with pytest.raises(Barred) as refusal:
        let_go(finding, by=by, audience=audience)
    assert not Finding.objects.released().filter(pk=finding.pk).exists()
    return {reason.words: reason.url for reason in refusal.value.reasons}


def kinds(finding):
    return [gate.kind for gate in services.open_gates(finding)]


@pytest.fixture
def ready(technical, amal, rami):
    """A finding on the making of the unit, approved, with nothing against it."""
    return hand_in_and_approve(technical, author=amal, reviewer=rami)


@pytest.fixture
def witness(night_raid, amal, soraya):
    """A protected witness, whose name is written down and sealed."""
    source = investigations.enter_source(
        night_raid, by=amal, kind="witness", protection="protected"
    )
    told = Particulars(name=LIVING, native_name="يوسف حلبي قاسم")
    return investigations.write_identity(source, told, by=soraya, version=source.version)


def test_with_nothing_against_it_no_gate_is_open(ready, dana):
    assert kinds(ready) == []
    let_go(ready, by=dana)


def test_a_draft_is_told_that_it_lacks_approval(technical):
    assert kinds(technical) == ["review"]


def test_a_custody_gap_bars_until_a_second_person_has_waived_it(
    technical, resealed, amal, rami, dana, soraya
):
    services.cite(technical, resealed, by=amal, stance="supports")
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    ((words, url),) = barred(technical, by=dana).items()
    assert resealed.exhibit_no in words
    assert "neither explained nor waived" in words
    assert url == reverse("evidence:item_detail", args=[resealed.pk]) + "#custody"

    (gap,) = evidence.gaps_of(resealed)
    note = evidence.explain_gap(resealed, gap=gap.gap.key, words="Repacked", by=soraya)
    assert "not waived yet" in next(iter(barred(technical, by=dana)))
    evidence.waive_gap(note, by=rami, words="The bag log agrees")
    let_go(technical, by=dana)


def test_words_of_a_protected_witness_go_as_far_as_the_consent(
    technical, witness, strike, amal, rami, dana
):
    cited = investigations.cite_source(
        strike,
        by=amal,
        citation="Interview of W-01",
        reliability="B",
        credibility="2",
        source=witness,
    )
    services.cite(technical, cited, by=amal, stance="supports")
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    source_page = reverse("investigations:source_detail", args=[witness.pk])
    assert list(barred(technical, by=dana, audience="team").values()) == [source_page]

    witness.refresh_from_db()
    investigations.amend_source(
        witness,
        by=amal,
        version=witness.version,
        informed_consent=True,
        consent_scopes=["internal"],
    )
    assert list(barred(technical, by=dana, audience="public").values()) == [source_page]
    let_go(technical, by=dana, audience="team")


@pytest.mark.parametrize("name", [LIVING, "يوسف حلبي قاسم"])
def test_the_whole_name_of_a_protected_person_bars_the_deed_and_is_shown_to_nobody_before(
    technical, witness, amal, rami, dana, name
):
    words = f"Only {name} saw the second launch."
    services.amend_finding(technical, by=amal, version=1, limits=words)
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    assert kinds(technical) == [], "whoever writes in a draft could guess names with it"
    (words,) = barred(technical, by=dana)
    assert "names a person who is protected" in words
    assert LIVING not in words
    assert witness.pseudonym not in words


def test_a_company_is_named_only_after_it_could_answer(technical, night_raid, amal, rami, dana):
    services.enter_actor(night_raid, by=amal, name="Kestrel Instruments", kind="company")
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    ((words, url),) = barred(technical, by=dana).items()
    assert words == "Kestrel Instruments is named and was not offered to answer."
    assert url == reverse("evidence:rightofreply_create", args=[night_raid.pk])

    offer = offered(night_raid, amal, company="Kestrel Instruments Ltd.")
    ((words, url),) = barred(technical, by=dana).items()
    assert "may still answer" in words
    assert url == reverse("evidence:rightofreply_detail", args=[offer.pk])
    evidence.settle_offer(offer, by=amal, state="declined")
    let_go(technical, by=dana)


def test_a_company_that_is_not_named_needs_no_offer(ready, night_raid, amal):
    services.enter_actor(night_raid, by=amal, name="Gulf Trade", kind="company")
    assert kinds(ready) == []


@pytest.fixture
def coast_guard(db):
    return Agency.objects.create(name="Coast Guard", short_name="CG", kind="partner")


@pytest.fixture
def controlled(technical, gyro, coast_guard, amal, rami, soraya):
    """An approved finding that rests on what another agency gave and keeps control of."""
    kept = Handling(originators=frozenset({coast_guard.pk}))
    mark_more_strictly(gyro, kept, by=soraya, reason="It came from the Coast Guard.")
    gyro.refresh_from_db()
    services.cite(technical, gyro, by=amal, stance="supports")
    return hand_in_and_approve(technical, author=amal, reviewer=rami)


def test_an_originator_consents_to_the_very_version(controlled, coast_guard, amal, rami, dana):
    (words,) = barred(controlled, by=dana)
    assert words.startswith("Coast Guard keeps control")
    services.record_consent(controlled, by=dana, agency=coast_guard, words="By letter 14.")
    assert kinds(controlled) == []

    services.review_finding(
        controlled, by=person_who_reviews(controlled), verdict="return", comment="More."
    )
    services.submit_finding(controlled, by=amal)
    controlled.refresh_from_db()
    assert "originator" in kinds(controlled), "another version is put to the agency anew"


def person_who_reviews(finding):
    """A second reviewer of the case."""
    user = person("samir")
    case = finding.case
    investigations.admit_member(case, user, roles=[Role.REVIEWER], by=case.lead)
    return user


def test_consent_is_entered_by_authorities_the_lead_or_the_agency_itself(
    controlled, coast_guard, mission, amal, lena, soraya, dana, omar
):
    said = {"agency": coast_guard, "words": "By letter 14."}
    for somebody in (amal, lena, omar):
        with pytest.raises(PermissionDenied):
            services.record_consent(controlled, by=somebody, **said)
    with pytest.raises(Refused, match="keeps no control"):
        services.record_consent(controlled, by=soraya, agency=mission, words="Us.")
    guest = person("nura", agency=coast_guard)
    investigations.admit_member(controlled.case, guest, roles=[Role.EXAMINER], by=soraya)
    services.record_consent(controlled, by=guest, **said)
    with pytest.raises(ValidationError, match="already"):
        services.record_consent(controlled, by=dana, **said)


def test_an_actor_in_the_public_title_bars_and_is_warned_of(
    client, ready, brigade, night_raid, soraya, amal, dana
):
    night_raid.refresh_from_db()
    investigations.amend_case(
        night_raid,
        by=soraya,
        version=night_raid.version,
        public_title="Strike of the CORMORANT-Brigade",
    )
    ready.refresh_from_db()
    edit = reverse("investigations:case_edit", args=[night_raid.pk])
    assert list(barred(Finding.objects.get(pk=ready.pk), by=dana).values()) == [edit]
    case_page = reverse("investigations:case_detail", args=[night_raid.pk])
    client.force_login(soraya)
    assert "The public title names an actor" in client.get(case_page).content.decode()
    client.force_login(amal)
    assert "The public title names an actor" not in client.get(case_page).content.decode()


@pytest.mark.parametrize("status", ["intake", "suspended", "awaiting-assistance"])
def test_a_case_that_rests_concludes_nothing(ready, night_raid, soraya, dana, status):
    investigations.change_case_status(night_raid, status, by=soraya, reason="So it is.")
    (url,) = barred(Finding.objects.get(pk=ready.pk), by=dana).values()
    assert url == reverse("investigations:case_detail", args=[night_raid.pk])


def test_a_concluded_case_is_reopened_before_anything_more_is_released(
    technical, night_raid, soraya, amal, rami, dana
):
    services.conclude_case(night_raid, by=soraya, outcome="not-attributed", reason="No more came.")
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    ((words, url),) = barred(technical, by=dana).items()
    assert "its lead re-opens it" in words
    assert url == reverse("attribution:case_stage", args=[night_raid.pk])
    investigations.reopen_case(night_raid, by=soraya, ground="new-evidence", reason="It came.")
    let_go(technical, by=dana)


def test_a_release_answers_to_each_gate_between_the_stage_of_its_case_and_the_conclusion(
    making, report, night_raid, amal, farid, rami, dana
):
    """Nothing was taken in, and another finding is under review: the case is not concluded."""
    ready, other = (services.draft_finding(making, by=one, **WRITTEN) for one in (amal, farid))
    for draft, author in ((ready, amal), (other, farid)):
        services.cite(draft, report, by=author, stance="supports")
    services.submit_finding(other, by=farid)
    reasons = barred(hand_in_and_approve(ready, author=amal, reviewer=rami), by=dana)
    assert [words.partition("hold: ")[2] for words in reasons] == [
        "An exhibit or a file is taken in.",
        "No other finding is under review.",
    ]
    assert list(reasons.values()) == [
        f"{reverse(route)}?case={night_raid.pk}"
        for route in ("evidence:item_list", "attribution:finding_list")
    ]
    assert Case.objects.get(pk=night_raid.pk).stage == "reported"


def test_findings_that_wait_for_their_release_do_not_bar_each_other(
    ready, finding, night_raid, amal, rami, dana, mira
):
    hand_in_and_approve(finding, author=amal, reviewer=rami)
    proposal = let_go(finding, by=dana)
    let_go(ready, by=dana)
    services.confirm_release(proposal, by=mira)
    assert Finding.objects.filter(case=night_raid).released().count() == 2


def test_what_a_release_leaves_open_at_the_gates_stands_in_the_ledger(ready, night_raid, dana):
    let_go(ready, by=dana)
    line = Entry.objects.about(night_raid).latest("position")
    assert (line.facts["stage"], line.facts["before"]) == ("concluded", "open")
    assert {"no-site: 1", "sheets: 2"} <= set(line.facts["left_open"])


@pytest.fixture
def hindered(ready, night_raid, soraya):
    """An approved finding of a case that is suspended, and under embargo."""
    investigations.change_case_status(night_raid, "suspended", by=soraya, reason="No access.")
    night_raid.refresh_from_db()
    investigations.amend_case(
        night_raid,
        by=soraya,
        version=night_raid.version,
        embargo_until=timezone.now() + timedelta(days=1),
    )
    return Finding.objects.get(pk=ready.pk)


def test_all_reasons_are_told_at_once_and_only_those_of_that_audience(hindered, dana):
    assert len(barred(hindered, by=dana, audience="public")) == 2
    assert len(barred(hindered, by=dana, audience="team")) == 1


def test_the_page_lists_them_as_links_before_and_after_somebody_tries(client, hindered, dana):
    client.force_login(dana)
    here = reverse("attribution:finding_detail", args=[hindered.pk])
    there = reverse("investigations:case_detail", args=[hindered.case_id])
    before = client.get(here).content.decode()
    assert "2 things keep it from being released" in before
    assert f'<a href="{there}"><bdi>' in before
    refused = client.post(
        reverse("attribution:finding_release", args=[hindered.pk]),
        {"audience": "public", "tlp": "amber"},
    )
    assert refused.status_code == 422
    summary = refused.content.decode().partition('id="error-summary"')[2]
    assert f'<li><a href="{there}">' in summary


def test_a_program_is_given_them_as_a_problem_with_links(hindered, dana, as_program):
    program, here = as_program(dana), f"/api/v1/findings/{hindered.pk}"
    told = program.get(f"{here}/gates/").json()
    assert [gate["kind"] for gate in told] == ["case", "embargo"]
    assert told[1]["closes"] == ["partners", "prosecution", "public"]
    body = {"audience": "public", "tlp": "amber"}
    refused = program.post(f"{here}/release/", body, format="json")
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    assert refused.json()["code"] == "barred"
    assert {reason["href"] for reason in refused.json()["reasons"]} == {
        gate["href"] for gate in told
    }


def test_the_second_signature_finds_the_same_gates(
    finding, night_raid, amal, rami, dana, mira, soraya
):
    hand_in_and_approve(finding, author=amal, reviewer=rami)
    proposal = let_go(finding, by=dana)
    investigations.change_case_status(night_raid, "suspended", by=soraya, reason="No access.")
    with pytest.raises(Barred):
        services.confirm_release(proposal, by=mira)
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
