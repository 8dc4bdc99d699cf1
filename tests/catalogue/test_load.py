"""Loading: every row of the source is accounted for, and no person's work is overwritten."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import call_command

from accounts.models import User
from catalogue import services
from catalogue.folding import fold
from catalogue.models import (
    ComponentCategory,
    Country,
    DataLoad,
    Maker,
    ReviewStatus,
    Term,
    Theatre,
    Vocabulary,
    WeaponModel,
)
from catalogue.services.load import FILES, FOLDER
from ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files that a test may alter."""
    return Path(copytree(FOLDER, tmp_path / "data"))


def alter(folder: Path, name: str, **facts: object) -> None:
    """Write other facts into the row called `name` of the weapon models."""
    file = folder / "weapon_models.json"
    sheet = json.loads(file.read_text())
    next(row for row in sheet["rows"] if row["name"] == name).update(facts)
    file.write_text(json.dumps(sheet))


def test_every_model_of_the_source_is_created_or_folded_into_a_named_other(loaded):
    load = DataLoad.objects.get(file="weapon_models.json")

    assert (load.rows_read, load.rows_created, load.rows_folded) == (859, 855, 4)
    assert WeaponModel.objects.count() == 855
    folded = json.loads((FOLDER / "weapon_models.json").read_text())["folded"]
    assert {row["name"]: row["into"] for row in folded} == {
        "HERO 120": "HERO-120",
        "ST-35 Silent Thunder": "ST35 Silent Thunder",
        "SKAT 350M": "SKAT-350M",
        "Sammad-3": "Samad-3",
    }
    for row in folded:
        assert WeaponModel.objects.named(row["name"]).filter(name=row["into"]).exists()


def test_imported_models_wait_for_review(loaded):
    assert not WeaponModel.objects.reviewed().exists()
    assert set(WeaponModel.objects.values_list("review_status", flat=True)) == {
        ReviewStatus.IMPORTED
    }


@pytest.mark.parametrize(
    "spelling", ["Samad-3", "Samad\u20113", "samad 3", "SAMAD3", "sammad-3", "Sammad\u202f3"]
)
def test_samad_3_is_found_however_it_is_typed(loaded, spelling):
    assert [model.name for model in WeaponModel.objects.named(spelling)] == ["Samad-3"]


def test_a_model_is_found_by_its_names_in_other_scripts(loaded):
    for spelling in ("شاهد 136", "Geran-2", "геран 2"):
        assert "Shahed 136" in [model.name for model in WeaponModel.objects.named(spelling)]


def test_an_empty_question_finds_nothing(loaded):
    assert not WeaponModel.objects.named(" - ").exists()


def test_figures_are_ranges_and_keep_the_words_they_were_read_from(loaded):
    shahed = WeaponModel.objects.get(folded_name="shahed136")

    assert (shahed.endurance_h_min, shahed.endurance_h_max) == (Decimal(10), Decimal(16))
    assert shahed.as_stated["endurance_h"] == "10 to 16h"
    assert str(shahed.endurance_h) == "10–16"


def test_a_duplicate_widens_the_ranges_and_leaves_contradictions_undecided(loaded):
    skat = WeaponModel.objects.get(folded_name="skat350m")
    hero = WeaponModel.objects.get(folded_name="hero120")

    assert (skat.range_km_min, skat.range_km_max) == (Decimal(70), Decimal(288))
    assert skat.maker is None
    assert skat.maker_as_stated == "Kalashnikov Concern; IAZ LLC"
    assert hero.design_country is None
    assert hero.stated_countries == ["US", "AR"]


def test_a_model_tied_to_several_countries_is_listed_under_each(loaded):
    generic = WeaponModel.objects.get(name="Generic 10' FPV")

    assert generic.design_country is None
    for code in generic.stated_countries:
        assert generic in WeaponModel.objects.tied_to(Country.objects.get(code=code))
    assert len(generic.stated_countries) == 4


def test_a_maker_of_parts_is_never_called_the_maker_of_an_aircraft(loaded):
    assert Maker.objects.called("Nvidia").exists()
    assert not WeaponModel.objects.filter(maker__in=Maker.objects.called("Nvidia")).exists()


def test_all_names_are_folded_and_none_is_double(loaded):
    for model in WeaponModel.objects.all():
        assert model.folded_name == fold(model.name)
        assert not {"\u2011", "\u202f", "\u00a0"} & set(model.name + model.powerplant)


def test_the_other_files_arrive_whole(loaded):
    assert Country.objects.count() == 250
    assert ComponentCategory.objects.count() == 31
    assert set(Theatre.objects.values_list("name", flat=True)) == {
        *("Iraq", "Yemen", "Saudi Arabia and the Gulf", "Syria and Lebanon"),
        *("Ukraine", "Red Sea", "Sudan", "Sahel"),
    }
    assert all(theatre.countries.exists() for theatre in Theatre.objects.all())
    assert Country.objects.get(code="IQ") in Country.objects.named("al-iraq")


def test_state_responsibility_lost_its_stray_dots_and_class_one_its_wrong_mass(loaded):
    assert not Term.objects.filter(code__endswith=".").exists()
    assert not Term.objects.filter(label__endswith=".").exists()
    small = Term.objects.get(vocabulary__key="nato-uas-class", code="I-small")
    assert "20 to 150 kg" in small.description


def test_likelihood_carries_percentages_and_unknown_grades_carry_none(loaded):
    likely = Term.objects.get(vocabulary__key="likelihood", code="likely")
    unknown = Term.objects.get(vocabulary__key="admiralty-reliability", code="F")

    assert (likely.percent_min, likely.percent_max) == (55, 80)
    assert unknown.percent_min is None


def test_every_file_says_where_it_comes_from():
    for name in FILES:
        sheet = json.loads((FOLDER / f"{name}.json").read_text())
        assert sheet["version"] >= 1
        assert sheet["source"] and sheet["licence"]


def test_loading_twice_changes_nothing_and_says_so(loaded):
    lines = Entry.objects.count()
    said = StringIO()
    call_command("load_catalogue", stdout=said)

    assert said.getvalue().strip() == "unchanged"
    assert Entry.objects.count() == lines == len(FILES)


def test_a_changed_file_refreshes_only_the_rows_that_differ(loaded, folder):
    alter(folder, "Samad-2", powerplant="piston engine")
    [load] = services.load_catalogue(folder)

    assert (load.rows_created, load.rows_changed, load.rows_unchanged) == (0, 1, 854)
    assert WeaponModel.objects.get(name="Samad-2").powerplant == "piston engine"


def test_a_reviewed_an_edited_and_an_entered_model_are_left_alone(loaded, folder, admin: User):
    reviewed = WeaponModel.objects.get(name="Samad-2")
    services.review_weapon_model(reviewed, by=admin, version=1)
    edited = WeaponModel.objects.get(name="Samad-1")
    services.keep_edit(edited, by=admin, fields=["powerplant"])
    for name in ("Samad-1", "Samad-2", "Samad-3"):
        alter(folder, name, powerplant="a rumour")
    [load] = services.load_catalogue(folder)

    assert (load.rows_changed, load.rows_kept) == (1, 2)
    changed = WeaponModel.objects.filter(powerplant="a rumour")
    assert [model.name for model in changed] == ["Samad-3"]


def test_a_newer_vocabulary_stands_beside_the_older_one(loaded, folder):
    file = folder / "vocabularies.json"
    sheet = json.loads(file.read_text())
    sheet["rows"][0]["version"] += 1
    file.write_text(json.dumps(sheet))
    services.load_catalogue(folder)

    key = sheet["rows"][0]["key"]
    assert Vocabulary.objects.filter(key=key).count() == 2
    assert Vocabulary.objects.current().get(key=key).version == sheet["rows"][0]["version"]
