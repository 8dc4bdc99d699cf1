"""Comparisons as evidence: confirmed ones only, and never for who used a weapon."""

import pytest

from attribution import services
from attribution.models import Citation
from comparison.models import Link
from core.errors import Refused
from tests.attribution.conftest import WRITTEN
from tests.comparison.conftest import component_of, gyros, link, reference

__all__ = ["component_of", "gyros", "link", "reference"]


@pytest.fixture
def confirmed(link: Link) -> Link:
    """The two gyroscopes, as the examiners confirmed them."""
    Link.objects.filter(pk=link.pk).update(state="confirmed")
    link.refresh_from_db()
    return link


def test_a_proposal_of_the_machine_is_no_evidence(technical, link, amal):
    with pytest.raises(Refused, match="two examiners have confirmed"):
        services.cite(technical, link, by=amal, stance="supports")


def test_a_confirmed_comparison_supports_where_a_thing_was_made(making, confirmed, amal):
    words = {**WRITTEN, "statement": "Both gyroscopes were made by Aerotek."}
    draft = services.draft_finding(making, by=amal, **words)
    services.cite(draft, confirmed, by=amal, stance="supports")
    submitted = services.submit_finding(draft, by=amal)
    told = submitted.submissions.get().text["supporting"]
    assert len(told) == 1
    assert "EV-0001" in told[0]
    assert "EV-0002" in told[0]


def test_likeness_alone_never_says_who_used_it(hypothesis, confirmed, report, amal):
    draft = services.draft_finding(hypothesis, by=amal, **WRITTEN)
    services.cite(draft, confirmed, by=amal, stance="supports")
    with pytest.raises(Refused, match="not who used them"):
        services.submit_finding(draft, by=amal)
    services.cite(draft, report, by=amal, stance="supports")
    services.submit_finding(draft, by=amal)


def test_a_finding_is_not_handed_in_on_a_comparison_that_no_longer_stands(
    hypothesis, confirmed, report, amal
):
    draft = services.draft_finding(hypothesis, by=amal, **WRITTEN)
    services.cite(draft, report, by=amal, stance="supports")
    cited = services.cite(draft, confirmed, by=amal, stance="supports")
    Link.objects.filter(pk=confirmed.pk).update(state="disputed")
    with pytest.raises(Refused, match="no longer stands"):
        services.submit_finding(draft, by=amal)
    services.remove_citation(cited, by=amal)
    services.submit_finding(draft, by=amal)


def test_a_successor_keeps_the_comparisons_cited(released, confirmed, amal):
    Citation.objects.create(case=released.case, finding=released, stance="supports", link=confirmed)
    assert services.supersede_finding(released, by=amal).citations.filter(link=confirmed).exists()


def test_the_page_cites_and_shows_it(client, technical, confirmed, amal):
    client.force_login(amal)
    cited = {"link-thing": str(confirmed.pk), "link-stance": "contrary"}
    answer = client.post(f"/findings/{technical.pk}/cite-link/", cited, follow=True)
    assert "Aerotek V10-A" in answer.content.decode()
