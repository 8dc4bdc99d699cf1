"""The activity of a case: in words, by the day, and nothing of what is not the reader's to see."""

from django.urls import reverse

from attribution import services as attribution
from core.markings import Handling
from investigations import services
from investigations.services.label import mark_more_strictly
from tests.attribution.conftest import WRITTEN, supposed


def feed_of(client, user, case, **asked):
    client.force_login(user)
    return client.get(reverse("workspace:case_activity", args=[case.pk]), asked)


def test_deeds_are_told_in_words_with_the_way_to_what_they_are_about(
    client, night_raid, strike, amal
):
    services.amend_incident(strike, by=amal, version=1, title="Drone attack on the old residence")
    page = feed_of(client, amal, night_raid)
    told = page.content.decode()
    assert "entered an incident" in told and "amended an incident" in told
    assert reverse("investigations:incident_detail", args=[strike.pk]) in told
    (amended,) = [line for line in page.context["lines"] if line.act.endswith("amended")]
    assert amended.fields == ["title"]
    assert page.context["lines"][0].position > page.context["lines"][-1].position


def test_nothing_is_told_of_what_a_label_keeps_from_the_reader(
    client, night_raid, strike, soraya, amal
):
    soraya.clearance = 3
    soraya.save()
    mark_more_strictly(strike, Handling(clearance=2), by=soraya, reason="A source is named.")
    assert strike.ref in feed_of(client, soraya, night_raid).content.decode()
    page = feed_of(client, amal, night_raid)
    assert strike.ref not in page.content.decode() and page.context["left_out"]


def test_a_draft_of_others_is_not_told_of_to_colleagues(client, night_raid, amal, rami, lena):
    making = supposed(night_raid, amal, "The unit was made by Kestrel Instruments.", level=3)
    attribution.draft_finding(making, by=amal, **WRITTEN)
    drafted = "drafted a finding"
    assert drafted in feed_of(client, rami, night_raid).content.decode()
    assert drafted not in feed_of(client, lena, night_raid).content.decode()


def test_the_feed_is_paged_narrowed_and_for_the_team_alone(
    client, night_raid, soraya, amal, omar, django_assert_max_num_queries
):
    for number in range(60):
        services.write_note(night_raid, by=amal, text=f"Note {number}")
    here = feed_of(client, amal, night_raid).request["PATH_INFO"]
    with django_assert_max_num_queries(24):
        page = client.get(here)
    assert len(page.context["lines"]) == 50 and page.context["page"].next_url
    mine = feed_of(client, amal, night_raid, actor=soraya.pk).context["lines"]
    assert {line.actor for line in mine} == {soraya}
    assert feed_of(client, omar, night_raid).status_code == 404
