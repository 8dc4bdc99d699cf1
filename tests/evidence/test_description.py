"""What is said of an exhibit at the scene, and what it lacks to be described in full."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import Refused
from evidence import services
from evidence.models import Item
from investigations import services as investigations

FOUND = {"recovered_as_stated": "at dawn", "no_in_situ_reason": "Moved by the fire brigade"}


def described(item, by, **facts) -> Item:
    return services.amend_item(item, by=by, version=item.version, **FOUND | facts)


def test_the_place_in_the_grid_and_all_measures_are_kept_with_their_units(client, gyro, amal):
    client.force_login(amal)
    described(
        gyro,
        amal,
        grid_ref="C7",
        bearing_deg=Decimal("271.5"),
        distance_m=Decimal("12.40"),
        burial_depth_cm=Decimal("8.0"),
        diameter_mm=Decimal("36.50"),
        completeness_pct=80,
    )
    page = client.get(reverse("evidence:item_detail", args=[gyro.pk])).content.decode()
    assert "C7 · 12.4 m · 271.5°" in page
    assert "36.5 mm" in page and "8 cm" in page and "80 %" in page


def test_more_than_all_of_it_is_never_there(client, gyro, amal):
    client.force_login(amal)
    there = reverse("evidence:item_edit", args=[gyro.pk])
    answer = client.post(there, {"version": 1, "completeness_pct": 101})
    assert answer.status_code == 422 and "completeness_pct" in answer.context["form"].errors


def test_only_what_was_never_held_is_documented_at_a_site(gyro, amal):
    site = investigations.enter_site(gyro.incident, by=amal, name="Market", kind="impact")
    with pytest.raises(Refused, match="never held"):
        described(gyro, amal, documentation_site=site)
    seen = services.log_item(
        gyro.case,
        by=amal,
        incident=gyro.incident,
        kind=gyro.kind,
        description="Seen on a market",
        acquisition="documented-only",
        documentation_site=site,
    )
    assert seen.documentation_site == site


def test_without_a_photo_in_place_or_a_reason_nothing_is_described_in_full(
    client, gyro, amal, photo
):
    client.force_login(amal)
    there = reverse("evidence:item_detail", args=[gyro.pk])
    assert "A photo taken in place is lacking" in client.get(there).content.decode()
    item = services.amend_item(gyro, by=amal, version=1, recovered_as_stated="at dawn")
    with pytest.raises(Refused, match="photo taken in place"):
        services.complete_description(item, by=amal)

    services.caption_file(photo, by=amal, caption="In the field", in_situ=True)
    assert services.complete_description(item, by=amal).completed_by == amal


def test_what_is_described_in_full_loses_nothing_of_it(gyro, amal):
    item = services.complete_description(described(gyro, amal), by=amal)
    with pytest.raises(Refused, match="described in full"):
        services.amend_item(item, by=amal, version=item.version, no_in_situ_reason="")


def test_an_explosive_hazard_is_cleared_by_a_named_person_first(gyro, amal):
    item = described(gyro, amal, hazards=["live-EO"])
    with pytest.raises(Refused, match="nobody has cleared it"):
        services.complete_description(item, by=amal)
    with pytest.raises(Refused, match="who cleared it"):
        services.assess_safety(item, by=amal, render_safe="rendered-safe", cleared_at=None)

    services.assess_safety(
        item,
        by=amal,
        render_safe="rendered-safe",
        cleared_by="Sgt. Yusuf, 3rd EOD",
        cleared_at=timezone.now(),
    )
    assert services.complete_description(item, by=amal).may_be_touched


def test_nothing_is_cleared_in_the_future(gyro, amal):
    tomorrow = timezone.now() + timedelta(days=1)
    with pytest.raises(Refused, match="future"):
        services.assess_safety(
            gyro, by=amal, render_safe="found-safe", cleared_by="Yusuf", cleared_at=tomorrow
        )


def test_the_pages_assess_and_complete(client, gyro, amal):
    client.force_login(amal)
    there = reverse("evidence:item_assess", args=[gyro.pk])
    refused = client.post(there, {"render_safe": "found-safe"})
    assert refused.status_code == 422 and b"Say who cleared it" in refused.content
    typed = {"render_safe": "found-safe", "cleared_by": "Yusuf", "cleared_at": "2026-03-14T08:00"}
    assert client.post(there, typed).status_code == 302

    complete = reverse("evidence:item_complete", args=[gyro.pk])
    told = client.post(complete, follow=True).content.decode()
    assert "A photo taken in place is lacking" in told
    gyro.refresh_from_db()
    described(gyro, amal)
    assert "Described in full by" in client.post(complete, follow=True).content.decode()
