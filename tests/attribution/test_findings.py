"""Findings: one rung, two measures, private until handed in, still once handed in."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from attribution import services
from attribution.models import Citation, Finding
from attribution.models.vocabulary import BANDS, Likelihood
from core.errors import Refused, Stale
from tests.attribution.conftest import WRITTEN


def readers(finding, *people):
    return {
        user.username
        for user in people
        if Finding.objects.visible_to(user).filter(pk=finding.pk).exists()
    }


def test_a_draft_is_for_authors_lead_reviewers_and_authorities(
    finding, amal, soraya, rami, dana, farid, lena, omar
):
    cast = (amal, soraya, rami, dana, farid, lena, omar)
    assert readers(finding, *cast) == {"amal", "soraya", "rami", "dana"}


def test_once_handed_in_the_whole_team_reads_it_and_outsiders_never(
    finding, amal, farid, lena, omar
):
    services.submit_finding(finding, by=amal)
    assert readers(finding, amal, farid, lena, omar) == {"amal", "farid", "lena"}


def test_a_returned_finding_is_private_again(finding, amal, rami, farid):
    services.submit_finding(finding, by=amal)
    services.review_finding(finding, by=rami, verdict="return", comment="Name the sources.")
    assert readers(finding, amal, farid, rami) == {"amal", "rami"}


def test_a_draft_that_was_given_up_stays_private(finding, amal, farid):
    services.withdraw_finding(finding, by=amal, reason="Wrong question.")
    assert readers(finding, amal, farid) == {"amal"}


def test_what_hangs_on_a_draft_is_as_private_as_the_draft(finding, amal, farid):
    view = {"text": "I doubt the second source.", "likelihood": "unlikely"}
    services.record_dissent(finding, by=amal, **view)
    for rows in (finding.citations, finding.dissents):
        assert rows.all().visible_to(amal).exists()
        assert not rows.all().visible_to(farid).exists()


def test_a_colleague_writes_in_a_draft_only_once_admitted(finding, amal, farid):
    with pytest.raises(PermissionDenied, match="still with its authors"):
        services.amend_finding(finding, by=farid, version=1, limits="None.")
    services.admit_author(finding, farid, by=amal)
    services.amend_finding(finding, by=farid, version=1, limits="None.")


def test_only_an_analyst_of_the_case_is_admitted(finding, amal, rami, omar):
    for somebody in (rami, omar):
        with pytest.raises(Refused, match="analyst"):
            services.admit_author(finding, somebody, by=amal)


def test_l3_is_no_step_towards_l6(making, amal):
    with pytest.raises(Refused, match="nothing on that rung establishes"):
        services.draft_finding(making, by=amal, **{**WRITTEN, "level": 6})


def test_claiming_less_than_the_hypothesis_needs_a_reason(hypothesis, amal):
    with pytest.raises(Refused, match="Say why"):
        services.draft_finding(hypothesis, by=amal, **{**WRITTEN, "level": 3})
    services.draft_finding(
        hypothesis, by=amal, **{**WRITTEN, "level": 3, "level_reason": "Only the make is known."}
    )


@pytest.mark.parametrize("field", ["statement", "confidence_basis"])
@pytest.mark.parametrize(
    "sentence",
    [
        "We judge with high confidence that they very likely did it.",
        "There is a 70 % chance; confidence in this chance is low.",
        "نرجح بثقة عالية أنه من المحتمل أنهم فعلوا ذلك.",
    ],
)
def test_likelihood_and_confidence_never_share_a_sentence(hypothesis, amal, field, sentence):
    with pytest.raises(ValidationError, match="Make it two sentences"):
        services.draft_finding(hypothesis, by=amal, **{**WRITTEN, field: sentence})


def test_they_may_stand_side_by_side(hypothesis, amal):
    words = "They very likely did it. Confidence rests on two sources."
    services.draft_finding(hypothesis, by=amal, **{**WRITTEN, "statement": words})


def test_each_of_the_seven_terms_has_its_band():
    assert list(BANDS) == list(Likelihood.values)
    assert BANDS["likely"] == "55–80 %"


@pytest.mark.parametrize(
    "gap",
    [
        "likelihood",
        "confidence",
        "confidence_basis",
        "key_assumptions",
        "alternatives_considered",
        "indicators_of_change",
        "limits",
    ],
)
def test_nothing_is_handed_in_with_a_gap(finding, amal, gap):
    services.amend_finding(finding, by=amal, version=1, **{gap: ""})
    with pytest.raises(Refused, match="Still to be written"):
        services.submit_finding(finding, by=amal)


def test_nothing_is_handed_in_without_supporting_evidence(finding, amal):
    services.remove_citation(finding.citations.get(), by=amal)
    with pytest.raises(Refused, match="supports"):
        services.submit_finding(finding, by=amal)


def test_contrary_evidence_is_cited_or_its_absence_explained(finding, amal, gyro):
    services.amend_finding(finding, by=amal, version=1, no_contrary_reason="")
    with pytest.raises(Refused, match="what speaks against it"):
        services.submit_finding(finding, by=amal)
    services.cite(finding, gyro, by=amal, stance=Citation.Stance.CONTRARY)
    services.submit_finding(finding, by=amal)


def test_a_thing_is_cited_once(finding, report, amal):
    with pytest.raises(ValidationError):
        services.cite(finding, report, by=amal, stance=Citation.Stance.CONTRARY)


def test_once_handed_in_the_text_stands_still(finding, amal, report, gyro):
    services.submit_finding(finding, by=amal)
    finding.refresh_from_db()
    with pytest.raises(Refused, match="stands as it is"):
        services.amend_finding(finding, by=amal, version=finding.version, limits="None.")
    with pytest.raises(Refused, match="stands as it is"):
        services.cite(finding, gyro, by=amal, stance=Citation.Stance.SUPPORTS)
    with pytest.raises(Refused, match="stands as it is"):
        services.remove_citation(finding.citations.get(), by=amal)


def test_a_stale_draft_changes_nothing(finding, amal):
    services.amend_finding(finding, by=amal, version=1, limits="first")
    with pytest.raises(Stale):
        services.amend_finding(finding, by=amal, version=1, limits="second")


def test_every_version_handed_in_is_kept_as_it_was(finding, amal, rami):
    services.submit_finding(finding, by=amal)
    services.review_finding(finding, by=rami, verdict="return", comment="Say more.")
    finding.refresh_from_db()
    services.amend_finding(finding, by=amal, version=finding.version, limits="No radar either.")
    services.submit_finding(finding, by=amal)

    first, second = finding.submissions.all()
    assert (first.number, second.number) == (1, 2)
    assert first.text["limits"] == WRITTEN["limits"]
    assert second.text["limits"] == "No radar either."
    assert first.sha256 != second.sha256
    assert first.text["supporting"] == ["B2 Statement of the guard: He saw them."]


def test_what_was_rewritten_and_given_up_stays_with_its_authors(finding, amal, farid, rami, lena):
    services.submit_finding(finding, by=amal)
    assert Finding.objects.visible_to(farid).exists()
    services.review_finding(finding, by=rami, verdict="return", comment="Mend the limits.")
    finding.refresh_from_db()
    words = "The Heron Cell did it after all."
    services.amend_finding(finding, by=amal, version=finding.version, statement=words)
    services.withdraw_finding(finding, by=amal, reason="Nothing supports it.")
    for colleague in (farid, lena):
        assert not Finding.objects.visible_to(colleague).exists()
    for reader in (amal, rami):
        assert Finding.objects.visible_to(reader).exists()
