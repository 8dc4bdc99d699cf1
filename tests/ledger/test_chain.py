"""Lines written by many at once form one chain, and a deed that fails leaves none."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from accounts.models import Agency
from core.identity import uuid7
from ledger import verification
from ledger.models import Entry, Head, canonical
from ledger.services import hold_chains, record, record_many
from ledger.services.writing import FEW
from ledger.verification import verify


def by_many(deed: Callable[[], object], *, people: int = 6) -> None:
    """Let people do one deed at the same moment, each on a connection of their own."""
    start = Barrier(people)

    def one(_number: int) -> None:
        start.wait()
        try:
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(people) as pool:
        list(pool.map(one, range(people)))


@pytest.mark.django_db(transaction=True)
def test_people_who_write_at_once_never_break_a_chain_not_even_with_its_first_line() -> None:
    agency = Agency.objects.create(name="Mission", short_name="M")
    log = uuid7()

    def write_five() -> None:
        for _turn in range(5):
            with transaction.atomic():
                record(None, "tests.said", agency, log=log)

    by_many(write_five)
    verdict = verify(log)
    assert (verdict.entries, verdict.flaws) == (30, [])
    assert Head.objects.get(log=log).position == 30


@pytest.mark.django_db(transaction=True)
def test_deeds_that_write_in_the_same_chains_in_another_order_never_wait_for_each_other() -> None:
    agency = Agency.objects.create(name="Mission", short_name="M")
    chains = [uuid7(), uuid7()]
    orders = iter([chains, chains[::-1]])

    def write_in_both() -> None:
        order = next(orders)
        for _turn in range(20):
            with transaction.atomic():
                hold_chains(*order)
                for log in order:
                    record(None, "tests.said", agency, log=log)

    by_many(write_in_both, people=2)
    assert [(verify(log).entries, verify(log).flaws) for log in chains] == [(40, [])] * 2


@pytest.mark.django_db(transaction=True)
def test_work_that_goes_on_during_a_check_is_no_flaw(monkeypatch: pytest.MonkeyPatch) -> None:
    agency = Agency.objects.create(name="Mission", short_name="M")
    record(None, "tests.said", agency)
    read = verification.flaw_in

    def read_slowly(entry: Entry, position: int, seal: str) -> str:
        by_many(lambda: record(None, "tests.said", agency), people=1)
        return read(entry, position, seal)

    monkeypatch.setattr(verification, "flaw_in", read_slowly)
    assert verify(agency.ledger_log).flaws == []
    assert Entry.objects.count() == 2


def test_a_deed_that_fails_leaves_no_line_and_no_gap(mission: Agency) -> None:
    record(None, "tests.said", mission)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(None, "tests.said", mission)
        raise ZeroDivisionError
    line = record(None, "tests.said", mission)
    assert line.position == 2
    assert verify().flaws == []


@pytest.mark.parametrize(
    "fact", [0.1, [1, 0.1], {"a": {"b": (0.1,)}}, float("nan"), Decimal("0.1"), object(), b"bytes"]
)
def test_what_two_programs_might_write_differently_is_refused(
    mission: Agency, fact: object
) -> None:
    with pytest.raises(TypeError), transaction.atomic():
        record(None, "tests.said", mission, fact=fact)
    assert not Entry.objects.exists()


def test_every_case_has_a_chain_of_its_own(night_raid: object, other_log: UUID) -> None:
    assert Head.objects.filter(log=other_log).count() == 1
    assert verify(other_log).entries == Head.objects.get(log=other_log).position


@pytest.fixture
def other_log(night_raid: object) -> UUID:
    """The chain of the case."""
    log: UUID = night_raid.ledger_log  # type: ignore[attr-defined]
    return log


def test_lines_written_one_by_one_and_many_at_once_are_written_alike(mission: Agency) -> None:
    said = {"words": "Étude № ٣ \U0001f600\n\x00", "of": [1, {"a": None, "é": True}]}
    one = record(None, "tests.said", mission, **said)
    (other,) = record_many(None, "tests.said", [(mission, said)], log=mission.ledger_log)
    for entry in (one, other):
        kept = Entry.objects.get(pk=entry.pk)
        assert kept.body == entry.body == canonical(json.loads(entry.body))
        assert (kept.seal, kept.position) == (entry.seal, entry.position)
    assert one.facts == other.facts == said
    assert Head.objects.get(log=mission.ledger_log).seal == other.seal
    assert verify().flaws == []


@pytest.mark.parametrize("many", [1, 2, FEW, FEW + 1, 3 * FEW])
def test_few_lines_and_many_follow_each_other_in_the_order_of_their_deeds(
    mission: Agency, many: int
) -> None:
    log = uuid7()
    for _round in range(2):
        deeds = [(mission, {"place": place}) for place in range(many)]
        written = record_many(None, "tests.said", deeds, log=log)
        assert [entry.facts["place"] for entry in written] == list(range(many))
    kept = list(Entry.objects.filter(log=log).order_by("position"))
    assert [entry.position for entry in kept] == list(range(1, 2 * many + 1))
    assert [entry.facts["place"] for entry in kept] == 2 * list(range(many))
    assert [(entry.body, entry.seal) for entry in kept[many:]] == [
        (entry.body, entry.seal) for entry in written
    ]
    assert verify(log).flaws == []


def test_a_line_costs_one_question(mission: Agency, django_assert_num_queries: Any) -> None:
    record(None, "tests.said", mission)
    with django_assert_num_queries(1):
        record(None, "tests.said", mission)
    with django_assert_num_queries(1):
        record_many(None, "tests.said", FEW * [(mission, {})], log=mission.ledger_log)
