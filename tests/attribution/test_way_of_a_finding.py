"""The pages on the way of a finding lead from one to the next, before and after it stands."""

import pytest
from django.urls import reverse

from accounts.models import User
from attribution import services
from attribution.models import Finding
from investigations import services as investigations
from investigations.models import Case
from tests.attribution.conftest import hand_in_and_approve, supposed
from tests.attribution.test_measures import announce


def at(name, *args):
    return reverse(f"attribution:{name}", args=args)


@pytest.fixture
def elsewhere(soraya: User) -> Case:
    """A second case of Soraya's, of which nothing belongs beside the first."""
    return investigations.open_case(
        soraya, title="Pipeline", public_title="Incident at the pipeline", mandate="Article 4"
    )


def succeed(finding: Finding, *, amal: User, rami: User, dana: User) -> Finding:
    """A successor, released as its predecessor was."""
    successor = services.supersede_finding(finding, by=amal)
    hand_in_and_approve(successor, author=amal, reviewer=rami)
    services.release_finding(successor, by=dana, audience="partners", tlp="amber")
    return Finding.objects.get(pk=successor.pk)


@pytest.mark.parametrize("name", ["hypothesis_list", "finding_list"])
def test_from_the_page_of_a_case_only_what_is_of_that_case_is_listed(
    client, finding, elsewhere, soraya, name
):
    other = supposed(elsewhere, soraya, "Somebody opened the valve.", level=4)
    services.draft_finding(other, by=soraya, statement="The valve was opened by hand.")
    client.force_login(soraya)
    listed = f"{at(name)}?case={elsewhere.pk}"
    case_page = client.get(reverse("investigations:case_detail", args=[elsewhere.pk]))
    assert listed in case_page.content.decode()
    page = client.get(listed).content.decode()
    assert "valve" in page and "Cormorant" not in page
    assert reverse("investigations:case_detail", args=[elsewhere.pk]) in page
    everything = client.get(f"{at(name)}?case=nonsense").content.decode()
    assert "valve" in everything and "Cormorant" in everything


def test_a_superseded_finding_says_so_on_top_and_leads_to_what_took_its_place(
    client, released, amal, rami, dana
):
    second = succeed(released, amal=amal, rami=rami, dana=dana)
    client.force_login(amal)
    page = client.get(at("finding_detail", released.pk)).content.decode()
    assert "This finding no longer stands." in page
    assert at("finding_detail", second.pk) in page
    assert "No attribution until concluded" not in page
    assert "no longer stands" not in client.get(at("finding_detail", second.pk)).content.decode()


def test_a_chain_of_successors_is_followed_from_its_first_finding_and_its_measure(
    client, released, amal, rami, dana
):
    measure = announce(released, by=amal)
    second = succeed(released, amal=amal, rami=rami, dana=dana)
    third = succeed(second, amal=amal, rami=rami, dana=dana)
    client.force_login(amal)
    for there in (at("finding_detail", released.pk), at("measure_detail", measure.pk)):
        page = client.get(there)
        assert page.context["successor"] == second, there
        assert at("finding_detail", second.pk) in page.content.decode()
    assert client.get(at("finding_detail", second.pk)).context["successor"] == third


def test_a_successor_that_was_given_up_before_its_release_makes_room_for_another(
    client, released, amal
):
    successor = services.supersede_finding(released, by=amal)
    client.force_login(amal)
    there = at("finding_detail", released.pk)
    assert client.get(there).context["successor"] == successor
    services.withdraw_finding(successor, by=amal, reason="It says nothing new.")
    page = client.get(there)
    assert page.context["successor"] is None
    assert at("finding_supersede", released.pk) in page.content.decode()
