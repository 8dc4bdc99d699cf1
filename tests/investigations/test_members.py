"""Whom a lead may choose from: agencies don't learn of one another's people."""

import pytest
from django.urls import reverse

from accounts.models import Agency
from investigations.models import Membership, Role
from tests.conftest import person


@pytest.fixture
def nadia(db):
    """Of the partner agency, and on no case of the mission."""
    partner = Agency.objects.create(name="Coast Guard", short_name="CG", kind="partner")
    return person("nadia", display_name="Nadia Saleh", agency=partner)


@pytest.fixture
def team_of(client, soraya, night_raid):
    """The lead's page of the case, and the address at which people are admitted to it."""
    client.force_login(soraya)
    page = reverse("investigations:case_detail", args=[night_raid.pk])
    return client, page, reverse("investigations:member_admit", args=[night_raid.pk])


def test_people_of_ones_own_agency_are_listed_and_those_of_another_are_not(team_of, omar, nadia):
    client, page, _admit = team_of
    told = client.get(page).content.decode()
    assert "Omar Aziz" in told
    assert "Nadia Saleh" not in told and "nadia" not in told


def test_somebody_of_another_agency_is_admitted_by_exact_user_name(team_of, night_raid, nadia):
    client, _page, admit = team_of
    client.post(admit, {"username": "nadia", "roles": [Role.PARTNER]})
    assert Membership.objects.filter(case=night_raid, user=nadia).exists()


def test_once_on_the_team_they_are_known(team_of, night_raid, nadia):
    client, page, admit = team_of
    client.post(admit, {"username": "nadia", "roles": [Role.PARTNER]})
    assert "Nadia Saleh" in client.get(page).content.decode()


@pytest.mark.parametrize("named", ["nadi", "nobody", "nadia@cg.example"])
def test_a_name_that_is_not_exact_is_refused_and_what_was_typed_stays(team_of, nadia, named):
    client, _page, admit = team_of
    answer = client.post(admit, {"username": named, "roles": [Role.PARTNER]})
    assert answer.status_code == 422
    assert f'value="{named}"' in answer.content.decode()


def test_somebody_not_listed_cannot_be_chosen_by_key(team_of, nadia):
    client, _page, admit = team_of
    answer = client.post(admit, {"user": str(nadia.pk), "roles": [Role.PARTNER]})
    assert answer.status_code == 422
    assert not Membership.objects.filter(user=nadia).exists()


def test_nobody_at_all_is_refused(team_of):
    client, _page, admit = team_of
    assert client.post(admit, {"roles": [Role.PARTNER]}).status_code == 422
