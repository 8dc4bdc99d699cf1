"""Questions put into words once: the words stay, the rows are looked up each time."""

import pytest

from accounts.models import Agency
from core.settled import Among, AmongFirst, Settled

pytestmark = pytest.mark.django_db


def named(*names: str) -> None:
    for name in names:
        Agency.objects.create(name=name, short_name=name)


def among(rows: Settled) -> set[str]:
    return {agency.name for agency in Agency.objects.filter(Among("id", rows))}


def test_it_holds_for_the_rows_and_no_others():
    named("Mission", "Laboratory")
    assert among(Settled.of(Agency.objects.filter(name="Mission"))) == {"Mission"}


def test_rows_that_come_and_go_afterwards_are_noticed():
    named("Mission")
    rows = Settled.of(Agency.objects.filter(name__startswith="M"))
    named("Ministry")
    assert among(rows) == {"Mission", "Ministry"}
    Agency.objects.filter(name="Mission").delete()
    assert among(rows) == {"Ministry"}


def test_the_question_for_no_rows_holds_for_none():
    named("Mission")
    nothing = Settled.of(Agency.objects.none())
    assert among(nothing) == set()
    assert list(Agency.objects.exclude(Among("id", nothing))) == list(Agency.objects.all())


def test_what_is_filled_in_keeps_its_order_within_a_larger_question():
    named("Mission", "Ministry", "Laboratory")
    rows = Settled.of(Agency.objects.filter(name__startswith="M", short_name__endswith="y"))
    found = Agency.objects.filter(Among("id", rows), name__contains="n").exclude(name="Mission")
    assert [agency.name for agency in found] == ["Ministry"]


def test_it_can_stand_within_a_question_within_a_question():
    named("Mission", "Laboratory")
    rows = Settled.of(Agency.objects.filter(name="Mission"))
    inner = Agency.objects.filter(Among("id", rows))
    assert [agency.name for agency in Agency.objects.filter(pk__in=inner)] == ["Mission"]


def test_a_few_rows_may_be_looked_up_first():
    named("Mission", "Ministry", "Laboratory")
    rows = Settled.of(Agency.objects.filter(name__startswith="M"))
    found = Agency.objects.filter(AmongFirst("id", rows), name__contains="n")
    assert {agency.name for agency in found} == {"Mission", "Ministry"}
    nothing = Settled.of(Agency.objects.none())
    assert not Agency.objects.filter(AmongFirst("id", nothing)).exists()
