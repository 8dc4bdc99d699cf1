"""The reference library: open to everyone signed in, changed only with a line in the ledger."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from catalogue import services
from catalogue.models import Country, Maker, ReviewStatus, Theatre, VariantLink, WeaponModel
from core.errors import Refused, Stale
from ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def samad(omar: User) -> WeaponModel:
    """A model that a colleague has entered."""
    return services.enter_weapon_model(
        "Samad-3",
        by=omar,
        aliases=["صماد ٣"],
        propulsion="piston",
        references=["https://example.org/samad"],
    )


@pytest.fixture
def kas(omar: User) -> WeaponModel:
    return services.enter_weapon_model("KAS-04", by=omar)


def test_everyone_signed_in_reads_the_library_and_nobody_else(client, samad, omar):
    for address in (reverse("catalogue:weapon_list"), page_of(samad)):
        assert client.get(address).status_code == 302
    client.force_login(omar)
    for address in (reverse("catalogue:weapon_list"), page_of(samad)):
        assert client.get(address).status_code == 200


def page_of(model: WeaponModel) -> str:
    return reverse("catalogue:weapon_detail", args=[model.pk])


@pytest.mark.parametrize("typed", ["samad 3", "SAMAD\u20113", "صماد 3"])
def test_the_list_finds_a_model_however_it_is_typed(client, samad, kas, omar, typed):
    client.force_login(omar)
    answer = client.get(reverse("catalogue:weapon_list"), {"name": typed})

    assert "Samad-3" in answer.text
    assert "KAS-04" not in answer.text


def test_the_list_narrows_by_what_is_asked(client, samad, kas, omar):
    client.force_login(omar)
    here = reverse("catalogue:weapon_list")

    assert "KAS-04" not in client.get(here, {"propulsion": "piston"}).text
    assert "No model of that kind" in client.get(here, {"propulsion": "rocket"}).text
    assert "KAS-04" in client.get(here, {"propulsion": "no such thing"}).text


def test_only_web_addresses_become_links(client, samad, omar):
    samad.references = ["javascript:alert(1)", "https://example.org/a"]
    samad.save()
    client.force_login(omar)
    text = client.get(page_of(samad)).text

    assert 'href="https://example.org/a"' in text
    assert 'href="javascript:' not in text


def test_anyone_may_enter_a_model_that_is_missing_and_it_waits_for_review(client, omar):
    client.force_login(omar)
    address = reverse("catalogue:weapon_enter")
    answer = client.post(
        address,
        {"name": "Hudhud", "type": "uav", "aliases": "هدهد\nHoodhood\n", "references": ""},
    )
    model = WeaponModel.objects.get(name="Hudhud")

    assert answer.status_code == 302
    assert model.aliases == ["هدهد", "Hoodhood"]
    assert model.review_status == ReviewStatus.ENTERED
    assert Entry.objects.about(model).get().act == "catalogue.weapon_model_entered"


def test_a_model_known_under_another_spelling_is_refused_with_everything_typed_kept(
    client, samad, omar
):
    client.force_login(omar)
    address = reverse("catalogue:weapon_enter")
    answer = client.post(address, {"name": "samad 3", "type": "uav", "powerplant": "DLE 170"})

    assert answer.status_code == 422
    assert "The library has a model of this name already." in answer.text
    assert "DLE 170" in answer.text


def test_a_reference_must_be_a_web_address(client, omar):
    client.force_login(omar)
    answer = client.post(
        reverse("catalogue:weapon_enter"),
        {"name": "Waid", "type": "uav", "references": "ftp://example.org"},
    )
    assert answer.status_code == 422
    assert not WeaponModel.objects.exists()


def test_only_a_curator_may_review_and_only_the_version_they_saw(samad, omar, admin):
    with pytest.raises(PermissionDenied):
        services.review_weapon_model(samad, by=omar, version=1)
    with pytest.raises(Stale):
        services.review_weapon_model(samad, by=admin, version=7)
    services.review_weapon_model(samad, by=admin, version=1)
    services.review_weapon_model(samad, by=admin, version=1)

    samad.refresh_from_db()
    assert samad.review_status == ReviewStatus.REVIEWED
    assert Entry.objects.filter(act="catalogue.weapon_model_reviewed").count() == 1


def test_the_review_button_answers_colleagues_403_and_a_stale_page_409(client, samad, omar, admin):
    address = reverse("catalogue:weapon_review", args=[samad.pk])
    client.force_login(omar)
    assert client.post(address, {"version": "1"}).status_code == 403
    client.force_login(admin)
    assert client.post(address, {"version": "nonsense"}).status_code == 409
    page = client.post(address, {"version": "1"}, follow=True)
    assert page.redirect_chain == [(page_of(samad), 302)]
    assert "Somebody has checked this model." in page.text


def test_a_maker_known_by_another_legal_form_is_not_entered_twice(omar):
    maker = services.enter_maker("Futaba Corporation", by=omar)

    assert services.enter_maker("FUTABA Co., Ltd.", by=omar) == maker
    assert Entry.objects.filter(act="catalogue.maker_entered").count() == 1
    with pytest.raises(Refused):
        services.enter_maker(" - ", by=omar)


def test_only_a_curator_may_review_a_maker(omar, admin):
    maker = services.enter_maker("Futaba", by=omar)
    with pytest.raises(PermissionDenied):
        services.review_maker(maker, by=omar)
    services.review_maker(maker, by=admin)

    assert Maker.objects.reviewed().get() == maker


def test_only_a_curator_may_enter_a_theatre_and_only_once(omar, admin, catalogue):
    iraq = Country.objects.get(code="IQ")
    with pytest.raises(PermissionDenied):
        services.enter_theatre("Levant", by=omar)
    theatre = services.enter_theatre("Levant", by=admin, countries=[iraq])
    with pytest.raises(Refused):
        services.enter_theatre("levant", by=admin)

    assert list(theatre.countries.all()) == [iraq]
    assert Theatre.objects.named("LEVANT").get() == theatre


def test_models_are_related_with_a_source_and_shown_on_both_pages(client, samad, kas, admin):
    kind = VariantLink.Kind.DERIVED
    with pytest.raises(Refused):
        services.relate_models(samad, to=kas, kind=kind, source=" ", by=admin)
    with pytest.raises(Refused):
        services.relate_models(samad, to=samad, kind=kind, source="a report", by=admin)
    services.relate_models(samad, to=kas, kind=kind, source="a report", by=admin)
    client.force_login(admin)

    for model in (samad, kas):
        assert "is derived from" in client.get(page_of(model)).text


def test_a_range_has_both_ends_in_order(samad):
    for least, greatest in [(5, 1), (5, None), (-1, 2)]:
        samad.range_km_min, samad.range_km_max = least, greatest
        with pytest.raises(IntegrityError), transaction.atomic():
            samad.save()


def test_a_suspended_account_sees_nothing(samad, omar):
    omar.is_active = False
    assert not WeaponModel.objects.visible_to(omar).exists()
