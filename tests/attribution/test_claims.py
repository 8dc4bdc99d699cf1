"""Claims: graded twice, told by pseudonym, never resting on themselves."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.utils import IntegrityError

from attribution import services
from attribution.models import Claim, Statement
from core.errors import Refused, Stale
from core.markings import Handling
from investigations import services as investigations
from investigations.services.label import mark_more_strictly
from ledger.models import Entry
from tests.attribution.conftest import said


def test_a_claim_is_taken_from_a_statement_under_the_pseudonym(claim, statement, guard, amal):
    assert claim.told_by == guard.pseudonym == "W-01"
    assert (claim.ref, statement.ref, claim.grade) == ("CL-0001", "ST-01", "B2")
    assert list(Claim.objects.visible_to(amal).about(claim.incident)) == [claim]


def test_beside_a_pseudonym_no_name_is_written(night_raid, statement, strike, amal):
    with pytest.raises(ValidationError, match="pseudonym alone"):
        said(night_raid, amal, statement=statement, incident=strike, made_by="Somebody")


def test_in_a_report_of_a_source_no_name_is_written_either(night_raid, strike, guard, amal):
    report = investigations.cite_source(
        strike, by=amal, citation="Interview", source=guard, reliability="B", credibility="2"
    )
    with pytest.raises(Refused, match="pseudonym alone"):
        said(night_raid, amal, source_report=report, incident=strike, made_by="Somebody")


def test_neither_text_nor_value_reaches_the_ledger(claim, amal):
    services.amend_claim(claim, by=amal, version=1, text="A cormorant flew.", value="cormorant")
    lines = [str(line.body) for line in Entry.objects.about(claim)]
    assert len(lines) == 2
    assert not [line for line in lines if "cormorant" in line or "02:40" in line]


def test_unknown_grades_need_no_reason_and_others_do(night_raid, strike, amal):
    unknown = said(night_raid, amal, incident=strike, citation="Radio", reliability="F",
                   credibility="6", rationale="")  # fmt: skip
    assert unknown.grade == "F6"
    with pytest.raises(ValidationError, match="why it is graded"):
        said(night_raid, amal, incident=strike, citation="Radio", rationale="")


def test_a_new_grade_is_by_whoever_gives_it_and_on_record(claim, farid):
    graded = services.amend_claim(claim, by=farid, version=1, credibility="4", rationale="Dark.")
    assert graded.graded_by == farid
    assert Entry.objects.about(claim).latest("position").facts["grade"] == ["B2", "B4"]


def test_other_changes_leave_the_grade_to_its_author(claim, amal, farid):
    assert services.amend_claim(claim, by=farid, version=1, channel="radio").graded_by == amal


def test_a_stale_form_changes_nothing(claim, amal):
    services.amend_claim(claim, by=amal, version=1, channel="radio")
    with pytest.raises(Stale):
        services.amend_claim(claim, by=amal, version=1, channel="letter")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"stance": "accuses"}, "who is accused"),
        ({"stance": "retracts"}, "which claim is retracted"),
        ({"incident": None}, "what it is about"),
        ({"citation": ""}, "where it stands"),
    ],
)
def test_a_claim_says_what_its_stance_takes(night_raid, strike, amal, facts, sentence):
    with pytest.raises(ValidationError, match=sentence):
        said(night_raid, amal, **{"incident": strike, "citation": "Radio", **facts})


def test_an_assertion_is_directed_at_no_claim(night_raid, strike, claim, amal):
    with pytest.raises(ValidationError, match="Only a denial"):
        said(night_raid, amal, incident=strike, citation="Radio", answers=claim)


def test_only_whoever_made_a_claim_retracts_it(night_raid, strike, claim, statement, amal):
    taken_back = {"stance": "retracts", "answers": claim, "incident": strike}
    with pytest.raises(Refused, match="CL-0001 was made by somebody else"):
        said(night_raid, amal, citation="Radio", made_by="The ministry", **taken_back)
    assert said(night_raid, amal, statement=statement, **taken_back).answers == claim


def test_a_claim_taken_over_from_one_that_rests_on_it_is_refused(night_raid, strike, claim, amal):
    repeated = said(night_raid, amal, incident=strike, citation="Daily", rests_on=[claim])
    again = said(night_raid, amal, incident=strike, citation="Weekly", rests_on=[repeated])
    with pytest.raises(Refused, match="circular citation: CL-0003"):
        services.amend_claim(claim, by=amal, version=1, rests_on=[again])
    with pytest.raises(Refused, match="circular citation"):
        services.amend_claim(claim, by=amal, version=1, rests_on=[claim])


def test_a_claim_names_only_what_is_of_its_case(claim, soraya, strike):
    other = investigations.open_case(soraya, title="T", public_title="P", mandate="M")
    with pytest.raises(Refused, match="of its own case"):
        said(other, soraya, incident=strike, citation="Radio")


def test_a_claim_is_as_closed_as_what_it_was_taken_from(claim, statement, guard, amal, farid):
    amal.compartments = ["LANTERN"]
    amal.save()
    closed = Handling(compartments=frozenset({"LANTERN"}))
    mark_more_strictly(guard, closed, by=amal, reason="He is afraid.")
    assert not Claim.objects.visible_to(farid).exists()
    assert not Statement.objects.visible_to(farid).exists()
    assert Claim.objects.visible_to(amal).get() == claim


def test_what_repeats_a_closed_claim_is_closed_too(night_raid, strike, claim, amal, farid):
    amal.compartments = ["LANTERN"]
    amal.save()
    closed = Handling(compartments=frozenset({"LANTERN"}))
    mark_more_strictly(claim, closed, by=amal, reason="He is afraid.")
    said(night_raid, amal, incident=strike, citation="Daily", rests_on=[claim])
    assert not Claim.objects.visible_to(farid).exists()


def test_outsiders_see_nothing_and_examiners_enter_nothing(claim, night_raid, strike, omar, lena):
    assert not Claim.objects.visible_to(omar).exists()
    with pytest.raises(PermissionDenied):
        said(night_raid, lena, incident=strike, citation="Radio")


def test_what_was_entered_by_mistake_is_set_aside_with_a_reason(claim, amal):
    with pytest.raises(Refused, match="Say why"):
        services.set_aside_claim(claim, by=amal, reason=" ")
    services.set_aside_claim(claim, by=amal, reason="Another night was meant.")
    assert not Claim.objects.visible_to(amal).standing().exists()


def test_the_database_keeps_a_name_away_from_a_statement_by_itself(claim):
    with pytest.raises(IntegrityError, match="pseudonymous"):
        Claim._base_manager.filter(pk=claim.pk).update(made_by="Somebody")
