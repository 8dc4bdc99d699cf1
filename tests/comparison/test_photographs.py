"""Photographs that look alike are found among any number, all within reach and only those seen."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.methods.photographs import LOOKS_ALIKE, ONE_SHOT, tokens_around
from comparison.models import Link
from comparison.services.photographs import index_photographs, near_to, photographs_like
from evidence import services as evidence
from evidence.models import File
from investigations import services as investigations
from investigations.models import Role


def hexed(number):
    return f"{number:064x}"


def apart(code, bits, chance):
    """A hash that differs in exactly so many bits."""
    number = int(code, 16)
    for bit in chance.sample(range(256), bits):
        number ^= 1 << bit
    return hexed(number)


@pytest.fixture
def shown(night_raid, amal):
    """Takes in a file of a case whose picture has this hash."""

    def take(code, name, case=night_raid, by=amal, quality=90):
        file = evidence.receive_file(case, by=by, chunks=[name.encode()], name=name)
        File.objects.filter(pk=file.pk).update(perceptual_hash=code, perceptual_quality=quality)
        file.refresh_from_db()
        return file

    return take


@given(st.integers(0, 2**256 - 1), st.sets(st.integers(0, 255), max_size=LOOKS_ALIKE))
def test_any_hash_within_reach_shares_a_token(number, flipped):
    other = number
    for bit in flipped:
        other ^= 1 << bit
    plain = {place << 16 | int(hexed(other)[place * 4 : place * 4 + 4], 16) for place in range(16)}
    assert plain & set(tokens_around(hexed(number)))


def test_all_within_31_bits_are_found_and_nothing_beyond(shown):
    chance = random.Random(7)  # noqa: S311 - no secret
    code = hexed(chance.getrandbits(256))
    expected = {}
    for bits in (0, 1, 5, 16, 17, 30, 31, 32, 40, 128):
        file = shown(apart(code, bits, chance), f"{bits}.jpg")
        if bits <= LOOKS_ALIKE:
            expected[str(file.pk)] = bits
    index_photographs()
    assert near_to(code) == expected


def test_a_picture_examined_anew_is_found_by_its_new_hash_alone(shown):
    chance = random.Random(8)  # noqa: S311 - no secret
    old, new = (hexed(chance.getrandbits(256)) for _ in range(2))
    file = shown(old, "a.jpg")
    index_photographs()
    File.objects.filter(pk=file.pk).update(perceptual_hash=new)
    index_photographs()
    assert near_to(old) == {}
    assert near_to(new) == {str(file.pk): 0}


def test_a_flat_picture_looks_like_nothing(shown):
    file = shown(hexed(0), "flat.jpg", quality=10)
    index_photographs()
    assert near_to(hexed(0)) == {}
    assert photographs_like(file, file.received_by) == []


def test_one_photograph_under_two_cases_is_an_alarm_to_those_who_see_both(
    shown, amal, soraya, other_case, client
):
    chance = random.Random(9)  # noqa: S311 - no secret
    code = hexed(chance.getrandbits(256))
    here = shown(code, "here.jpg")
    there = shown(apart(code, ONE_SHOT, chance), "there.jpg", case=other_case, by=soraya)
    shown(apart(code, ONE_SHOT + 1, chance), "nearly.jpg", case=other_case, by=soraya)
    index_photographs()

    assert photographs_like(here, amal) == []
    client.force_login(amal)
    address = f"/comparisons/photographs/{here.pk}/"
    page = client.get(address).content.decode()
    assert "there.jpg" not in page
    assert 'id="one-photograph"' not in page

    investigations.admit_member(other_case, amal, roles=[Role.ANALYST], by=soraya)
    first, second = photographs_like(here, amal)
    assert (first.file, first.bits, first.is_alarm) == (there, ONE_SHOT, True)
    assert first.in_words == "perhaps the same photograph, in another case"
    assert (second.is_alarm, second.in_words) == (False, "looks alike")
    page = client.get(address).content.decode()
    assert 'id="one-photograph"' in page
    assert "there.jpg" in page
    assert not Link.objects.exists()


def test_the_exhibits_page_asks_for_them_and_is_answered_with_a_part(shown, gyro, amal, client):
    code = hexed(random.Random(10).getrandbits(256))  # noqa: S311 - no secret
    here, alike = shown(code, "here.jpg"), shown(code, "alike.jpg")
    File.objects.filter(pk=here.pk).update(item=gyro)
    index_photographs()
    client.force_login(amal)
    address = f"/comparisons/photographs/{here.pk}/"
    assert f'hx-get="{address}"' in client.get(f"/items/{gyro.pk}/").content.decode()

    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert alike.name in part
    assert "no evidence and adds to no figure" in part
    assert "<html" not in part
