"""Search: across all that one may see, by words and by what is written on a part."""

import pytest
from django.urls import reverse

from catalogue.models import WeaponModel
from evidence import services as evidence
from investigations import services

SEARCH = reverse("workspace:search")


@pytest.fixture
def as_(client):
    """A browser in which this person has signed in."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def part(gyro, amal):
    """The gyroscope, with a number that is easily misread."""
    return evidence.describe_component(
        gyro,
        by=amal,
        category=gyro.kind,
        model_name="V10",
        part_number="40-10O/B",
        serial_number="73-1O42 I",
    )


def found(browser, words):
    groups = browser.get(SEARCH, {"q": words}).context["groups"]
    return {str(group.label): [hit.ref or hit.title for hit in group.hits] for group in groups}


def test_nothing_is_asked_and_nothing_is_found_teach_how_to_ask(as_, night_raid, amal):
    assert "Search all your cases at once" in as_(amal).get(SEARCH).content.decode()
    nothing = as_(amal).get(SEARCH, {"q": "zeppelin"})
    assert "Nothing you may see answers to this" in nothing.content.decode()


def test_cases_incidents_and_exhibits_answer_to_words_in_any_order(
    as_, night_raid, strike, gyro, amal
):
    assert found(as_(amal), "residence raid") == {"Cases": [night_raid.ref]}
    assert found(as_(amal), "RESIDENCE drone") == {"Incidents": [strike.ref]}
    assert found(as_(amal), "gyroscope housing")["Exhibits"] == [gyro.exhibit_no]


@pytest.mark.parametrize("words", ["73-1042", "73 1o42", "731042I", "7310421", "1o42i"])
def test_a_marking_is_found_however_it_was_read(as_, part, gyro, amal, words):
    assert found(as_(amal), words)["Components and markings"] == [gyro.exhibit_no]


def test_a_marking_on_its_own_is_found_too(as_, part, gyro, amal):
    evidence.record_marking(
        part, by=amal, kind="handwriting", state="present-legible", as_seen="LOT QX-7"
    )
    assert found(as_(amal), "lotqx7")["Components and markings"] == [gyro.exhibit_no]


def test_two_letters_of_a_marking_are_too_few(as_, part, amal):
    assert found(as_(amal), "73") == {}


def test_nothing_of_another_case_is_found_not_even_its_number_of_hits(as_, part, strike, omar):
    for words in ("gyroscope", "73-1042", "residence", strike.ref):
        page = as_(omar).get(SEARCH, {"q": words})
        assert page.context["groups"] == [] and page.context["marking"] is None


def test_weapon_models_are_open_to_everybody(as_, omar):
    WeaponModel.objects.create(name="Samad-3", folded_name="samad3", folded_names="samad3")
    assert found(as_(omar), "samad 3") == {"Weapon models": ["Samad-3"]}


def test_a_kind_shows_ten_and_says_that_there_are_more(as_, night_raid, amal):
    for number in range(11):
        services.enter_incident(night_raid, by=amal, title=f"Attack {number}")
    page = as_(amal).get(SEARCH, {"q": "attack"})
    (group,) = page.context["groups"]
    assert (len(group.hits), group.more) == (10, True)
    assert "the first ten" in page.content.decode()


@pytest.mark.parametrize("words", ["\x00", "%", "_", "' OR 1=1", "x" * 101, "؟؟؟", "???", "  "])
def test_strange_words_find_nothing_and_break_nothing(as_, part, amal, words):
    page = as_(amal).get(SEARCH, {"q": words})
    assert page.status_code == 200
    assert page.context["groups"] == []


def test_a_search_asks_a_fixed_number_of_questions(
    as_, part, strike, amal, django_assert_max_num_queries
):
    browser = as_(amal)
    browser.get(SEARCH)
    with django_assert_max_num_queries(12):
        browser.get(SEARCH, {"q": "residence"})
