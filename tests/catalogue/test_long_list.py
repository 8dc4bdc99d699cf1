"""The library in full: pages that lose nothing, and what is said of an imported model."""

import pytest
from django.urls import reverse

from catalogue.models import WeaponModel

pytestmark = pytest.mark.django_db


def test_the_list_is_cut_into_pages_that_lose_no_model(client, loaded, omar):
    client.force_login(omar)
    address, seen = reverse("catalogue:weapon_list"), []
    for order in ("folded_name", "-endurance_h_max", "design_country__name"):
        seen, query = [], f"?sort={order}"
        while query:
            page = client.get(address + query).context["page"]
            seen += [model.pk for model in page.rows]
            query = page.next_url
        assert len(seen) == len(set(seen)) == 855


def test_a_long_list_costs_a_fixed_number_of_queries(
    client, loaded, omar, django_assert_max_num_queries
):
    client.force_login(omar)
    client.get(reverse("catalogue:weapon_list"))  # the first page writes the session down
    with django_assert_max_num_queries(6):
        client.get(reverse("catalogue:weapon_list"))


def test_the_page_says_plainly_that_a_model_was_imported_and_not_reviewed(client, loaded, omar):
    client.force_login(omar)
    there = reverse("catalogue:weapon_detail", args=[WeaponModel.objects.get(name="Samad-3").pk])
    text = client.get(there).text

    assert "Imported, not reviewed" in text
    assert "1200–1500" in text
    assert 'rel="noreferrer noopener nofollow"' in text
    assert "Sammad-3" in text
