"""Review: by somebody who wrote none of it, on nine standards, with dissent kept."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from attribution import services
from attribution.models import Review
from attribution.models.vocabulary import Standard
from core.errors import Refused
from core.markings import Handling
from investigations.models import Label
from tests.attribution.conftest import WRITTEN, approve, hand_in_and_approve


@pytest.fixture
def handed_in(finding, amal):
    return services.submit_finding(finding, by=amal)


def test_a_reviewer_approves_on_all_nine(handed_in, rami):
    approve(handed_in, by=rami)
    handed_in.refresh_from_db()
    assert handed_in.status == "approved"


def test_eight_of_nine_do_not_approve(handed_in, rami):
    with pytest.raises(Refused, match="open"):
        services.review_finding(
            handed_in, by=rami, verdict="approve", standards_met=Standard.values[:8]
        )


def test_the_database_knows_the_nine_as_well(handed_in, rami):
    approve(handed_in, by=rami)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.update(standards_met=[])


def test_returning_needs_a_comment(handed_in, rami):
    with pytest.raises(Refused, match="mend"):
        services.review_finding(handed_in, by=rami, verdict="return")


def test_analysts_and_outsiders_do_not_review(handed_in, amal, farid, soraya, omar):
    for somebody in (amal, farid, soraya, omar):
        with pytest.raises(PermissionDenied):
            approve(handed_in, by=somebody)


def test_whoever_is_not_shown_the_newest_version_judges_no_older_one(finding, amal, rami, client):
    services.submit_finding(finding, by=amal)
    services.review_finding(finding, by=rami, verdict="return", comment="Say which lot.")
    services.submit_finding(finding, by=amal)
    newest = finding.submissions.visible_to(amal).latest("number")
    newest.label = Label.for_handling(Handling(compartments=frozenset({"NORTH"})))
    newest.save(update_fields=["label"])

    with pytest.raises(PermissionDenied, match="newest version"):
        approve(finding, by=rami)
    client.force_login(rami)
    assert client.get(reverse("attribution:finding_detail", args=[finding.pk])).status_code == 200


def test_versions_are_counted_also_where_one_is_hidden(finding, amal, rami):
    services.submit_finding(finding, by=amal)
    first = finding.submissions.visible_to(amal).get()
    services.review_finding(finding, by=rami, verdict="return", comment="Say which lot.")
    first.label = Label.for_handling(Handling(compartments=frozenset({"NORTH"})))
    first.save(update_fields=["label"])
    services.submit_finding(finding, by=amal)
    assert finding.submissions.visible_to(amal).get().number == 2


def test_an_author_never_reviews_whatever_their_roles(hypothesis, report, hala):
    own = services.draft_finding(hypothesis, by=hala, **WRITTEN)
    services.cite(own, report, by=hala, stance="supports")
    services.submit_finding(own, by=hala)
    with pytest.raises(Refused, match="does not review their own"):
        approve(own, by=hala)


@pytest.mark.parametrize("deed", ["amend", "cite", "uncite", "submit", "admit"])
def test_whoever_touched_it_is_an_author(finding, amal, hala, soraya, gyro, deed):
    if deed == "amend":
        services.amend_finding(finding, by=hala, version=1, limits="None known.")
    elif deed == "cite":
        services.cite(finding, gyro, by=hala, stance="supports")
    elif deed == "uncite":
        services.cite(finding, gyro, by=amal, stance="supports")
        services.remove_citation(finding.citations.get(item=gyro), by=hala)
    elif deed == "admit":
        services.admit_author(finding, hala, by=amal)
    services.submit_finding(finding, by=hala if deed == "submit" else amal)
    with pytest.raises(Refused, match="does not review their own"):
        approve(finding, by=hala)


def test_nobody_reviews_a_draft(finding, rami):
    with pytest.raises(Refused, match="handed in"):
        approve(finding, by=rami)


def test_one_reviewer_has_one_verdict_on_one_version(handed_in, rami):
    approve(handed_in, by=rami)
    with pytest.raises(Refused, match="already"):
        approve(handed_in, by=rami)


def test_a_second_reviewer_may_still_return_what_the_first_approved(handed_in, rami, hala, dana):
    approve(handed_in, by=rami)
    proposal = services.release_finding(handed_in, by=dana, audience="team", tlp="red")
    services.review_finding(handed_in, by=hala, verdict="return", comment="The dates differ.")

    handed_in.refresh_from_db()
    proposal.refresh_from_db()
    assert (handed_in.status, proposal.state) == ("returned", "withdrawn")


def test_dissent_stays_once_review_has_begun(finding, amal, lena):
    early = services.record_dissent(finding, by=amal, text="Too soon.", likelihood="unlikely")
    services.take_back_dissent(early, by=amal)
    kept = services.record_dissent(finding, by=amal, text="Too soon indeed.", likelihood="unlikely")
    services.submit_finding(finding, by=amal)
    late = services.record_dissent(
        finding, by=lena, text="The gyroscope is common.", likelihood="likely", confidence="low"
    )
    for dissent in (kept, late):
        with pytest.raises(Refused, match="stays in the record"):
            services.take_back_dissent(dissent, by=dissent.author)


def test_a_dissent_states_its_own_likelihood_and_an_older_one_is_told_to_lack_it(
    client, finding, amal
):
    with pytest.raises(ValidationError, match="likelihood"):
        services.record_dissent(finding, by=amal, text="Too soon.", likelihood="")
    services.record_dissent(finding, by=amal, text="Too soon.", likelihood="unlikely")
    finding.dissents.update(likelihood="")
    client.force_login(amal)
    page = client.get(reverse("attribution:finding_detail", args=[finding.pk])).content.decode()
    assert "Own likelihood: not stated" in page


def test_nobody_takes_back_the_dissent_of_another(finding, amal, soraya):
    dissent = services.record_dissent(finding, by=amal, text="Too soon.", likelihood="unlikely")
    with pytest.raises(PermissionDenied):
        services.take_back_dissent(dissent, by=soraya)


def test_dissent_is_of_the_team_and_before_release(finding, released, amal, omar):
    with pytest.raises(PermissionDenied):
        services.record_dissent(finding, by=omar, text="No.", likelihood="unlikely")
    with pytest.raises(Refused, match="successor"):
        services.record_dissent(released, by=amal, text="No.", likelihood="unlikely")


def test_dissent_survives_release(technical, amal, rami, dana):
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    words = {"text": "The lot code may be false.", "likelihood": "roughly-even-chance"}
    services.record_dissent(technical, by=rami, **words)
    services.release_finding(technical, by=dana, audience="public", tlp="amber")
    assert technical.dissents.get().text == "The lot code may be false."
