"""The guard: questions about case data that nobody narrowed are never answered."""

import pytest

from core.scope import Unscoped, asked_by_the_system, asker, asking_as, system_scope
from evidence.models import Item


@pytest.fixture
def as_amal(gyro, amal):
    """Amal asks; the exhibit lies in her case."""
    with asking_as(amal):
        yield amal


QUESTIONS = {
    "a list": lambda rows: list(rows),
    "a count": lambda rows: rows.count(),
    "whether there is one": lambda rows: rows.exists(),
    "the first": lambda rows: rows.first(),
    "one by its key": lambda rows: rows.get(description="x"),
    "a sum": lambda rows: rows.aggregate(),
    "row by row": lambda rows: next(rows.iterator(), None),
    "values": lambda rows: list(rows.values_list("pk")),
    "a part of it": lambda rows: list(rows[:3]),
    "in bulk": lambda rows: rows.in_bulk([]) or list(rows),
    "changing": lambda rows: rows.update(description="x"),
    "deleting": lambda rows: rows.delete(),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_no_question_is_answered_without_saying_for_whom(as_amal, ask):
    with pytest.raises(Unscoped, match=r"visible_to\(user\)"):
        ask(Item.objects.filter(status="collected"))


def test_what_was_narrowed_is_answered_however_it_is_refined(as_amal, gyro):
    rows = Item.objects.visible_to(as_amal).filter(status="collected").order_by("-pk")
    assert list(rows) == [gyro]
    assert rows.count() == 1 and rows.exists() and rows.first() == gyro


def test_an_empty_question_needs_nobody(as_amal):
    assert list(Item.objects.none()) == []


@pytest.mark.parametrize("turned", [False, True])
def test_either_of_two_is_narrowed_only_if_both_are(as_amal, turned):
    some, every = Item.objects.visible_to(as_amal), Item.objects.all()
    with pytest.raises(Unscoped):
        list(every | some if turned else some | every)
    with pytest.raises(Unscoped):
        list(every.union(some) if turned else some.union(every))
    assert len(some | some.filter(status="collected")) == 1


def test_the_program_itself_says_why(as_amal, gyro):
    with system_scope("a test counts everything"):
        assert Item.objects.count() == 1 and asked_by_the_system()
    assert asker() == str(as_amal.pk)
    with pytest.raises(Unscoped), system_scope(" "):
        pass


def test_nobody_at_all_sees_nothing_whatever_was_narrowed(gyro, amal):
    with asking_as(None):
        assert list(Item.objects.visible_to(amal)) == []


def test_a_scope_ends_with_an_error(amal):
    with pytest.raises(ZeroDivisionError), asking_as(amal):
        raise ZeroDivisionError
    assert asked_by_the_system()
