"""The REST interface as people read it."""

from django.urls import reverse


def test_the_page_lists_every_address_of_the_document(client, amal):
    client.force_login(amal)
    page = client.get("/api/").content.decode()

    document = client.get("/api/v1/openapi.json").json()
    assert len(document["paths"]) > 10
    for path in document["paths"]:
        assert path in page


def test_a_stranger_is_sent_to_the_sign_in_page(client, db):
    assert client.get("/api/").status_code == 302


def test_the_profile_leads_there(client, amal):
    client.force_login(amal)
    keys = reverse("exchange:key_list")
    assert f'href="{keys}"' in client.get("/profile/").content.decode()
    assert 'href="/api/"' in client.get(keys).content.decode()
