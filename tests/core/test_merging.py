"""Two people change one record: nothing typed is lost, and each field is somebody's choice."""

import pytest

from evidence import services
from evidence.models import Item

pytestmark = pytest.mark.django_db


def shown(client, item, **changes):
    """The edit form of an exhibit as a browser sends it, with some fields changed."""
    from tests.access.walking import sent_by

    form = client.get(f"/items/{item.pk}/edit/").context["form"]
    typed = {bound.html_name: sent_by(bound) for bound in form}
    return {name: value for name, value in typed.items() if value} | changes


@pytest.fixture
def merge_page(client, gyro, amal):
    """Two windows: both changed what it is, each one thing that the other left alone."""
    client.force_login(amal)
    typed = shown(client, gyro, description="Gyroscope, upright", recovered_as_stated="at dawn")
    other = {"description": "Gyroscope, cast housing", "mass_g": 812}
    services.amend_item(gyro, by=amal, version=gyro.version, **other)
    answer = client.post(f"/items/{gyro.pk}/edit/", typed)
    assert answer.status_code == 409
    return answer


def test_the_merge_page_says_who_changed_what(merge_page):
    told = {each.name: each for each in merge_page.context["differences"]}
    assert set(told) == {"description", "recovered_as_stated", "mass_g"}
    assert told["description"].they_changed and told["description"].you_changed
    assert told["mass_g"].they_changed and not told["mass_g"].you_changed
    assert told["recovered_as_stated"].you_changed and not told["recovered_as_stated"].they_changed
    assert (told["description"].stored, told["description"].typed) == (
        "Gyroscope, cast housing",
        "Gyroscope, upright",
    )


def test_what_one_left_alone_is_kept_from_the_other(merge_page):
    ticked = {each.name: each.keeps_theirs for each in merge_page.context["differences"]}
    assert ticked == {"description": False, "recovered_as_stated": False, "mass_g": True}


def test_each_field_is_somebodys_choice(client, gyro, merge_page):
    form = merge_page.context["form"]
    typed = {name: values[-1] for name, values in form.data.lists()}
    typed |= {
        "keep-description": "theirs",
        "keep-recovered_as_stated": "mine",
        "keep-mass_g": "theirs",
    }
    assert client.post(f"/items/{gyro.pk}/edit/", typed).status_code == 302
    item = Item.objects.get(pk=gyro.pk)
    assert (item.description, item.recovered_as_stated) == ("Gyroscope, cast housing", "at dawn")
    assert item.mass_g == 812


def test_a_third_change_meanwhile_is_a_merge_again(client, gyro, amal, merge_page):
    typed = {name: values[-1] for name, values in merge_page.context["form"].data.lists()}
    typed |= {
        "keep-description": "theirs",
        "keep-recovered_as_stated": "mine",
        "keep-mass_g": "theirs",
    }
    services.amend_item(gyro, by=amal, version=2, description="Gyroscope, third words")
    answer = client.post(f"/items/{gyro.pk}/edit/", typed)
    assert answer.status_code == 409
    assert Item.objects.get(pk=gyro.pk).recovered_as_stated == ""


def test_a_refused_merge_keeps_what_was_chosen(client, gyro, merge_page):
    typed = {name: values[-1] for name, values in merge_page.context["form"].data.lists()}
    typed |= {"keep-mass_g": "theirs", "keep-description": "mine", "description": ""}
    answer = client.post(f"/items/{gyro.pk}/edit/", typed)
    assert answer.status_code == 422
    assert str(answer.context["form"]["mass_g"].value()) in ("812", "812.000", "812.0")


def test_a_form_with_its_memory_tampered_with_still_merges(client, gyro, amal):
    client.force_login(amal)
    typed = shown(client, gyro, description="Mine", as_read="[not json")
    services.amend_item(gyro, by=amal, version=gyro.version, description="Theirs")
    answer = client.post(f"/items/{gyro.pk}/edit/", typed)
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
