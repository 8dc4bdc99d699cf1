"""Assertions: in words, dated, graded, never without evidence, never a figure, never a blame."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from attribution import services
from attribution.models import Assertion, AssertionEvidence
from comparison.models import Link
from core.errors import Refused, Stale
from core.markings import Handling
from evidence.models import Item
from investigations import services as investigations
from investigations.services.label import mark_more_strictly
from ledger.models import Entry
from tests.attribution.conftest import said
from tests.comparison.conftest import component_of, gyros, link, reference

__all__ = ["component_of", "gyros", "link", "reference"]
HELD = {
    "dimension": "presence",
    "statement": "A team of the brigade was in the Mera valley that night.",
    "value": "possible",
    "reliability": "B",
    "credibility": "3",
    "rationale": "One witness, at night.",
    "valid_from": date(2026, 3, 13),
    "valid_to": date(2026, 3, 14),
}


@pytest.fixture
def assertion(night_raid, brigade, claim, amal):
    """That the brigade was there, which one claim says."""
    return hold(night_raid, amal, brigade, [claim])


@pytest.fixture
def confirmed(link):
    """The two gyroscopes, as the examiners confirmed them."""
    Link.objects.filter(pk=link.pk).update(state="confirmed")
    link.refresh_from_db()
    return link


def hold(case, by, actor, evidence, **facts):
    return services.assert_of_actor(
        case, by=by, evidence=evidence, actor=actor, **{**HELD, **facts}
    )


def test_an_assertion_is_dated_graded_and_cites_what_it_rests_on(assertion, claim, amal):
    assert (assertion.ref, assertion.grade, assertion.author) == ("AA-0001", "B3", amal)
    row = AssertionEvidence.objects.visible_to(amal).get()
    assert (row.cited, row.version_cited, row.has_changed) == (claim, 1, False)


def test_nothing_is_asserted_without_evidence(night_raid, brigade, assertion, amal):
    with pytest.raises(Refused, match="Cite at least one"):
        hold(night_raid, amal, brigade, [])
    with pytest.raises(Refused, match="Cite at least one"):
        services.amend_assertion(assertion, by=amal, version=1, evidence=[])


def test_evidence_that_changes_afterwards_shows_beside_what_was_cited(assertion, claim, amal):
    services.amend_claim(claim, by=amal, version=1, text="It came at dawn.")
    row = AssertionEvidence.objects.visible_to(amal).with_sources().get()
    assert row.has_changed
    assert "So it was." in row.as_cited
    services.amend_assertion(assertion, by=amal, version=1, evidence=[row.claim])
    again = AssertionEvidence.objects.visible_to(amal).with_sources().get()
    assert ("dawn" in again.as_cited, again.has_changed) == (True, False)


def test_a_claim_set_aside_supports_nothing(night_raid, brigade, claim, amal):
    services.set_aside_claim(claim, by=amal, reason="Another night.")
    claim.refresh_from_db()
    with pytest.raises(Refused, match="CL-0001 was set aside"):
        hold(night_raid, amal, brigade, [claim])


def test_an_unconfirmed_comparison_is_no_evidence(night_raid, brigade, claim, link, amal):
    with pytest.raises(Refused, match="two examiners have confirmed"):
        hold(night_raid, amal, brigade, [claim, link])


def test_likeness_of_parts_says_nothing_of_who_was_where(night_raid, brigade, confirmed, amal):
    with pytest.raises(Refused, match="not who used them"):
        hold(night_raid, amal, brigade, [confirmed])
    held = hold(night_raid, amal, brigade, [confirmed], dimension="weapon-access")
    assert "EV-0001" in held.evidence.visible_to(amal).with_sources().get().as_cited


def test_evidence_and_actor_are_of_the_same_case(night_raid, brigade, gyro, soraya):
    other = investigations.open_case(soraya, title="T", public_title="P", mandate="M")
    stranger = services.enter_actor(other, by=soraya, name="Stranger", kind="cell")
    with pytest.raises(Refused, match="evidence of the same case"):
        hold(other, soraya, stranger, [gyro])
    with pytest.raises(Refused, match="belongs to another case"):
        hold(night_raid, soraya, stranger, [gyro])


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"rationale": ""}, "why it is graded"),
        ({"valid_to": date(2026, 3, 1)}, "cannot be before"),
        ({"counters": "motive"}, "Only a counter-indicator"),
        ({"value": "0.9"}, "not a valid choice"),
    ],
)
def test_an_assertion_says_what_it_must_and_no_figure(
    night_raid, brigade, claim, amal, facts, sentence
):
    with pytest.raises(ValidationError, match=sentence):
        hold(night_raid, amal, brigade, [claim], **facts)


def test_a_stale_form_changes_nothing(assertion, amal):
    services.amend_assertion(assertion, by=amal, version=1, value="likely")
    with pytest.raises(Stale):
        services.amend_assertion(assertion, by=amal, version=1, value="demonstrated")


def test_the_ledger_tells_how_far_it_was_established_and_none_of_its_words(assertion, amal):
    services.amend_assertion(assertion, by=amal, version=1, value="likely")
    lines = list(Entry.objects.about(assertion).order_by("position"))
    assert [line.act for line in lines] == [
        "attribution.assertion_entered",
        "attribution.assertion_amended",
    ]
    assert lines[1].facts["value"] == ["possible", "likely"]
    assert not [line for line in lines if "brigade" in line.body or "Cormorant" in line.body]


def test_what_is_withdrawn_stays_readable_and_stands_still(assertion, amal):
    with pytest.raises(Refused, match="Say why"):
        services.withdraw_assertion(assertion, by=amal, reason=" ")
    services.withdraw_assertion(assertion, by=amal, reason="The witness was elsewhere.")
    assert Assertion.objects.visible_to(amal).get().is_withdrawn
    assert not Assertion.objects.visible_to(amal).standing().exists()
    with pytest.raises(Refused, match="was withdrawn"):
        services.amend_assertion(assertion, by=amal, version=2, value="likely")


def test_outsiders_see_nothing_and_examiners_assert_nothing(
    night_raid, brigade, claim, assertion, omar, lena
):
    assert not Assertion.objects.visible_to(omar).exists()
    assert Assertion.objects.visible_to(lena).exists()
    with pytest.raises(PermissionDenied):
        hold(night_raid, lena, brigade, [claim])


def test_an_assertion_is_as_closed_as_what_it_cites(night_raid, brigade, gyro, amal, farid):
    amal.compartments = ["LANTERN"]
    amal.save()
    hold(night_raid, amal, brigade, [gyro])
    closed = Handling(compartments=frozenset({"LANTERN"}))
    mark_more_strictly(Item.objects.get(pk=gyro.pk), closed, by=amal, reason="It is a trap.")
    assert not Assertion.objects.visible_to(farid).exists()
    assert not AssertionEvidence.objects.visible_to(farid).exists()


def test_what_is_cited_later_closes_it_as_well(assertion, night_raid, strike, amal, farid):
    amal.compartments = ["LANTERN"]
    amal.save()
    secret = said(night_raid, amal, incident=strike, citation="Intercept")
    closed = Handling(compartments=frozenset({"LANTERN"}))
    mark_more_strictly(secret, closed, by=amal, reason="A source.")
    secret.refresh_from_db()
    services.amend_assertion(assertion, by=amal, version=1, evidence=[secret])
    assert not Assertion.objects.visible_to(farid).exists()


def test_an_assertion_has_no_score():
    fields = {field.name for field in Assertion._meta.get_fields()}
    assert not fields & {"score", "guilt", "rank", "weight", "probability", "total", "points"}
