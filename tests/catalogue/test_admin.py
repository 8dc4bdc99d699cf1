"""The administration of the catalogue: complete, searchable, and never silent."""

import pytest
from django.contrib import admin as site
from django.urls import reverse

from accounts.models import User
from catalogue import services
from catalogue.models import Country, Maker, ReviewStatus, Theatre, WeaponModel
from ledger.models import Entry

pytestmark = pytest.mark.django_db
KINDS = sorted(
    model._meta.model_name for model in site.site._registry if model._meta.app_label == "catalogue"
)


@pytest.fixture
def curator(client, loaded: None, admin: User) -> User:
    client.force_login(admin)
    return admin


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_listed_and_searched(client, curator, kind):
    address = reverse(f"admin:catalogue_{kind}_changelist")

    assert client.get(address).status_code == 200
    assert client.get(address, {"q": "samad"}).status_code == 200


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "dataload"])
def test_every_kind_can_be_entered_and_opened(client, curator, kind):
    assert client.get(reverse(f"admin:catalogue_{kind}_add")).status_code == 200
    model = site.site._registry
    row = next(one for one in model if one._meta.label_lower == f"catalogue.{kind}").objects.first()
    if row is not None:
        address = reverse(f"admin:catalogue_{kind}_change", args=[row.pk])
        assert client.get(address).status_code == 200


def test_search_folds_what_is_typed(client, curator):
    address = reverse("admin:catalogue_weaponmodel_changelist")
    answer = client.get(address, {"q": "SAMMAD\u20113"})

    assert "Samad-3" in answer.text
    assert "1 weapon model" in answer.text


def test_an_edit_leaves_a_line_and_keeps_commas_in_addresses(client, curator):
    model = WeaponModel.objects.get(folded_name="st35silentthunder")
    assert any("," in address for address in model.references)
    address = reverse("admin:catalogue_weaponmodel_change", args=[model.pk])
    form = client.get(address).context["adminform"].form
    fields = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in fields.items() if value not in (None, False)}
    typed["references"] = "\n".join(model.references)
    typed["aliases"] = "\n".join(model.aliases)
    typed["stated_operators"] = "\n".join(model.stated_operators)
    typed["stated_countries"] = ",".join(model.stated_countries)
    typed["initial-stated_countries"] = typed["stated_countries"]
    inline = {"links-TOTAL_FORMS": 0, "links-INITIAL_FORMS": 0}
    answer = client.post(address, {**typed, **inline, "powerplant": "electric motor, two blades"})

    assert answer.status_code == 302, answer.context["errors"]
    after = WeaponModel.objects.get(pk=model.pk)
    assert after.powerplant == "electric motor, two blades"
    assert after.references == model.references
    assert after.version == 2
    line = Entry.objects.about(model).get()
    assert (line.act, line.facts["fields"]) == ("catalogue.weaponmodel_edited", ["powerplant"])


def test_a_theatre_entered_here_is_found_and_recorded(client, curator):
    countries = [Country.objects.get(code=code).pk for code in ("IQ", "SY")]
    answer = client.post(
        reverse("admin:catalogue_theatre_add"), {"name": "Levant", "countries": countries}
    )
    theatre = Theatre.objects.get(name="Levant")

    assert answer.status_code == 302
    assert theatre.countries.count() == 2
    assert Entry.objects.about(theatre).get().act == "catalogue.theatre_entered"


def test_reviewing_many_at_once_leaves_a_line_each(client, curator):
    chosen = Maker.objects.all()[:3]
    client.post(
        reverse("admin:catalogue_maker_changelist"),
        {"action": "review", "_selected_action": [maker.pk for maker in chosen]},
    )
    assert Maker.objects.filter(review_status=ReviewStatus.REVIEWED).count() == 3
    assert Entry.objects.filter(act="catalogue.maker_reviewed").count() == 3


def test_removing_leaves_a_line_and_what_is_in_use_stays(client, curator):
    maker = services.enter_maker("Nobody Ltd", by=curator)
    client.post(reverse("admin:catalogue_maker_delete", args=[maker.pk]), {"post": "yes"})
    used = WeaponModel.objects.exclude(maker=None).first().maker
    client.post(reverse("admin:catalogue_maker_delete", args=[used.pk]), {"post": "yes"})

    assert not Maker.objects.filter(pk=maker.pk).exists()
    assert Maker.objects.filter(pk=used.pk).exists()
    assert Entry.objects.filter(act="catalogue.maker_removed").count() == 1
