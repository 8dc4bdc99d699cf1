"""The reference library through REST: read by everybody, entered, and checked by curators."""

import pytest

from catalogue import services
from catalogue.models import Country, Laboratory, Term, Theatre, VariantLink, Vocabulary
from tests.conftest import person

MODELS, LABORATORIES = "/api/v1/weapon-models/", "/api/v1/laboratories/"


@pytest.fixture
def program(omar, catalogue, as_program):
    """A program of Omar's, who is on no case."""
    return as_program(omar)


@pytest.fixture
def curator(admin, as_program):
    """A program of somebody who may change what everybody relies on."""
    return as_program(admin)


def results(answer):
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"]


def test_a_model_is_entered_found_by_any_spelling_and_checked_as_it_was_read(program, curator):
    maker = services.enter_maker("Kestrel Works", by=person("clerk"))
    body = {"name": "Samad-3", "aliases": ["صماد"], "type": "one-way-attack-uav",
            "design_country": "YE", "maker": str(maker.pk),
            "references": ["https://example.org/samad"]}  # fmt: skip
    entered = program.post(MODELS, body, format="json")
    assert entered.status_code == 201, entered.json()
    there, told = entered.headers["Location"], entered.json()
    assert (told["review_status"], told["range_km_max"]) == ("unreviewed-entry", None)
    for query in ("name=samad 3", "country=YE", f"maker={maker.pk}&type=one-way-attack-uav"):
        assert [row["id"] for row in results(program.get(f"{MODELS}?{query}"))] == [told["id"]]
    assert results(program.get(f"{MODELS}?country=ZZ")) == []
    assert program.post(MODELS, {"name": "SAMAD 3"}, format="json").status_code == 422
    assert program.post(f"{there}review/", {"version": 1}, format="json").status_code == 403
    assert curator.post(f"{there}review/", {"version": 7}, format="json").status_code == 409
    checked = curator.post(f"{there}review/", {"version": 1}, format="json").json()
    assert (checked["review_status"], checked["version"]) == ("reviewed", 2)
    expanded = program.get(f"{there}?expand=maker&fields=maker").json()
    assert expanded["maker"]["name"] == "Kestrel Works"


def test_what_is_no_web_address_is_no_reference(program):
    body = {"name": "Petrel", "references": ["javascript:alert(1)"]}
    answer = program.post(MODELS, body, format="json")
    assert answer.status_code == 422 and "references/0" in answer.json()["errors"]


def test_a_laboratory_is_entered_amended_as_it_was_read_and_checked(program, curator):
    entered = program.post(
        LABORATORIES, {"name": "Harbour Institute", "country": "YE"}, format="json"
    )
    assert entered.status_code == 201, entered.json()
    there = entered.headers["Location"]
    changes = {"accreditation_no": "L-7", "accredited_until": "2199-01-31"}
    assert program.patch(there, changes, format="json").status_code == 428
    match = {"If-Match": entered.headers["ETag"]}
    amended = program.patch(there, changes, format="json", headers=match).json()
    assert (amended["is_accredited"], amended["version"]) == (True, 2)
    assert program.patch(there, changes, format="json", headers=match).status_code == 412
    assert program.post(f"{there}review/").status_code == 403
    assert curator.post(f"{there}review/").json()["review_status"] == "reviewed"
    late = program.patch(there, {"scope": "Metals"}, format="json", headers={"If-Match": '"3"'})
    assert late.status_code == 403 and Laboratory.objects.get().scope == ""


def test_places_kinds_and_words_are_read_by_what_they_are_called(program, omar):
    yemen, iraq = Country.objects.get(code="YE"), Country.objects.get(code="IQ")
    Theatre.objects.get(name="Yemen").countries.set([yemen])
    words = Vocabulary.objects.create(
        key="weather", version=1, title="Weather", source="Invented", licence="CC0-1.0"
    )
    Term.objects.create(vocabulary=words, code="rain", label="rain", percent_min=5, percent_max=20)
    (country,) = results(program.get("/api/v1/countries/?code=YE"))
    assert (country["id"], country["iso3"]) == (str(yemen.pk), "YEM")
    (theatre,) = results(program.get("/api/v1/theatres/?country=YE"))
    assert (theatre["name"], theatre["countries"]) == ("Yemen", ["YE"])
    assert results(program.get("/api/v1/theatres/?country=IQ")) == []
    (kind,) = results(program.get("/api/v1/component-categories/?code=pcb"))
    assert (kind["name"], kind["group"]) == ("circuit board", "other")
    (term,) = results(program.get(f"/api/v1/terms/?vocabulary={words.pk}&expand=vocabulary"))
    assert (term["code"], term["vocabulary"]["title"]) == ("rain", "Weather")
    services.enter_maker("Tigris Works", by=omar, country=iraq)
    assert [row["name"] for row in results(program.get("/api/v1/makers/?country=IQ"))] == [
        "Tigris Works"
    ]
    assert program.post("/api/v1/makers/", {"name": "Other"}, format="json").status_code == 405


def test_how_models_relate_is_told_with_who_says_so(program, admin):
    one, like = (services.enter_weapon_model(name, by=admin) for name in ("Petrel", "Petrel 2"))
    services.relate_models(like, to=one, kind=VariantLink.Kind.VARIANT, source="A report", by=admin)
    (link,) = results(program.get(f"/api/v1/weapon-model-links/?other={one.pk}"))
    assert (link["kind"], link["source"]) == ("variant-of", "A report")
    assert link["model"] == str(like.pk)
