"""A moment that nobody can mean is refused at every door, and hides no page from anybody."""

import pytest
from django.urls import reverse

from investigations.models import Incident

ENDS = [("9999-12-31T23:59:59Z", "Asia/Tokyo"), ("0001-01-01T00:00:00Z", "America/New_York")]


@pytest.mark.parametrize(("at", "zone"), ENDS)
def test_a_moment_at_the_end_of_time_is_refused(night_raid, strike, amal, as_program, at, zone):
    program = as_program(amal)
    item = {
        "case": str(night_raid.pk),
        "incident": str(strike.pk),
        "kind": "pcb",
        "description": "Board",
        "recovered_at": at,
    }
    refused = program.post("/api/v1/items/", item, format="json")
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["recovered_at"])
    incident = {"case": str(night_raid.pk), "title": "Attack", "occurred_from": at}
    refused = program.post("/api/v1/incidents/", incident, format="json")
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["occurred_from"])


def test_a_form_with_such_a_year_comes_back_with_everything_typed(client, strike, amal):
    client.force_login(amal)
    there = reverse("evidence:item_create", args=[strike.pk])
    typed = {"description": "Board", "recovered_at": "0202-03-01T10:00", "kind": "pcb"}
    answer = client.post(there, typed)
    assert answer.status_code == 422
    assert "0202-03-01T10:00" in answer.content.decode()


@pytest.mark.parametrize(("at", "zone"), ENDS)
def test_a_page_opens_even_where_such_a_moment_was_stored(client, strike, amal, at, zone):
    Incident.objects.filter(pk=strike.pk).update(occurred_from=at, occurred_precision="second")
    amal.time_zone = zone
    amal.save()
    client.force_login(amal)
    assert client.get(reverse("investigations:incident_list")).status_code == 200
    assert (
        client.get(reverse("investigations:incident_detail", args=[strike.pk])).status_code == 200
    )
