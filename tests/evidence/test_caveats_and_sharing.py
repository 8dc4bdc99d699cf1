"""What one agency's caveat keeps here is not shown to a further agency by way of a label either."""

from dataclasses import replace

import pytest

from accounts.models import Agency
from core.errors import Refused
from investigations.services import ask_to_lower, lower_label
from tests.evidence.test_caveats import bind, lift, part_of


@pytest.fixture
def bureau(db):
    return Agency.objects.create(name="Federal Bureau", short_name="FB", kind="partner")


@pytest.fixture
def harbour_authority(db):
    return Agency.objects.create(name="Harbour Authority", short_name="HA", kind="partner")


@pytest.fixture(autouse=True)
def told_of_the_attack(strike, amal, soraya, bureau, harbour_authority):
    """Both agencies are shown the attack that the exhibit is of."""
    show(strike, bureau, harbour_authority, asks=amal, agrees=soraya)


def ask_to_show(row, *agencies, by):
    row.refresh_from_db()
    wanted = replace(row.own_handling, shared_with=frozenset(agency.pk for agency in agencies))
    return ask_to_lower(row, wanted, by=by, reason="They work on it with us.")


def show(row, *agencies, asks, agrees):
    lower_label(ask_to_show(row, *agencies, by=asks), by=agrees)
    row.refresh_from_db()


@pytest.mark.parametrize("kind", ["originator-control", "no-onward-release", "laboratory-use-only"])
def test_it_is_not_shown_to_a_further_agency(gyro, amal, bureau, harbour_authority, kind):
    bind(gyro, amal, bureau, kind)
    with pytest.raises(Refused, match="EV-0001"):
        ask_to_show(gyro, harbour_authority, by=amal)


def test_nor_are_its_parts_where_the_whole_was_shown_before(
    gyro, amal, soraya, bureau, harbour_authority
):
    show(gyro, harbour_authority, asks=amal, agrees=soraya)
    bind(gyro, amal, bureau)
    with pytest.raises(Refused, match="EV-0001"):
        ask_to_show(part_of(gyro, amal), harbour_authority, by=amal)


def test_a_caveat_that_comes_between_the_two_people_keeps_it_too(
    gyro,
    amal,
    soraya,
    bureau,
    harbour_authority,
):
    request = ask_to_show(gyro, harbour_authority, by=amal)
    bind(gyro, amal, bureau)
    with pytest.raises(Refused, match="EV-0001"):
        lower_label(request, by=soraya)
    gyro.refresh_from_db()
    assert not gyro.own_handling.shared_with


def test_the_agency_whose_caveat_it_is_may_be_shown_it(gyro, amal, soraya, bureau):
    bind(gyro, amal, bureau)
    show(gyro, bureau, asks=amal, agrees=soraya)
    assert gyro.own_handling.shared_with == {bureau.pk}


def test_with_the_agencys_consent_it_is_shown(gyro, amal, soraya, bureau, harbour_authority):
    caveat = bind(gyro, amal, bureau)
    lift(caveat, soraya)
    show(gyro, harbour_authority, asks=amal, agrees=soraya)
    assert gyro.own_handling.shared_with == {harbour_authority.pk}
