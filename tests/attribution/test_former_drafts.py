"""What a finding said as a draft stays with those who read drafts, also once it was handed in."""

from django.urls import reverse

from attribution import services
from tests.attribution.conftest import WRITTEN

HALF_MADE = "The Heron Cell launched the drone."


def test_half_made_blame_is_not_read_in_the_past_either(client, finding, amal, rami, farid):
    version = finding.version
    services.amend_finding(finding, by=amal, version=version, statement=HALF_MADE)
    services.amend_finding(finding, by=amal, version=version + 1, statement=WRITTEN["statement"])
    there = reverse("workspace:history", args=["attribution.finding", finding.pk])
    client.force_login(farid)
    assert client.get(there).status_code == 404
    services.submit_finding(finding, by=amal)
    page = client.get(there)
    assert page.status_code == 200 and HALF_MADE not in page.content.decode()
    for reader in (amal, rami):
        client.force_login(reader)
        assert HALF_MADE in client.get(there).content.decode()


def test_a_page_of_a_record_leads_to_its_history(client, hypothesis, finding, amal):
    client.force_login(amal)
    for kind, row in (("finding", finding), ("hypothesis", hypothesis)):
        page = client.get(reverse(f"attribution:{kind}_detail", args=[row.pk]))
        there = reverse("workspace:history", args=[f"attribution.{kind}", row.pk])
        assert f'href="{there}"' in page.content.decode()
