"""Following while many write at once: in whichever order they commit, nothing is skipped."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from threading import Event

import pytest
from django.db import connection, transaction

from accounts.models import ApiToken
from evidence import services as evidence
from evidence.models import Item
from investigations import services as investigations
from investigations.models import Incident
from tests.exchange.following import Copy, told_by_the_doors

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, TURNS = 4, 6
KINDS = ("cases", "incidents", "items")


def beside(pool: ThreadPoolExecutor, deed: Callable[[], object]) -> Future[object]:
    """Do something at the same time, on a connection of its own."""

    def alone() -> object:
        try:
            return deed()
        finally:
            connection.close()

    return pool.submit(copy_context().run, alone)


def test_a_transaction_that_commits_late_is_not_skipped(gyro, strike, harbour, amal, as_program):
    copy = Copy(as_program(amal))
    copy.follow()
    begun, let_go = Event(), Event()

    def late() -> None:
        with transaction.atomic():
            Item.objects.filter(pk=gyro.pk).update(quantity=9)
            begun.set()
            let_go.wait(20)

    with ThreadPoolExecutor(1) as pool:
        other = beside(pool, late)
        assert begun.wait(20)
        Incident.objects.filter(pk=harbour.pk).update(title="The harbour")
        assert [line["id"] for line in copy.follow()] == [str(harbour.pk)]
        let_go.set()
        other.result(20)
    assert [line["record"]["quantity"] for line in copy.follow()] == [9]
    assert copy.follow() == []


def test_what_is_rolled_back_is_never_told(gyro, amal, as_program):
    copy = Copy(as_program(amal))
    copy.follow()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Item.objects.filter(pk=gyro.pk).update(quantity=9)
        raise ZeroDivisionError
    assert copy.follow() == []


def test_however_many_write_at_once_a_copy_becomes_what_the_doors_show(
    gyro, strike, amal, as_program
):
    copy = Copy(as_program(amal), limit="7")
    copy.follow()
    told: list[str] = []

    def write() -> None:
        for turn in range(TURNS):
            with transaction.atomic():
                evidence.log_item(
                    gyro.case, by=amal, incident=strike, kind=gyro.kind, description="A part"
                )
                time.sleep(0.01 * (turn % 3))
            Item.objects.filter(pk=gyro.pk).update(quantity=turn + 1)

    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [beside(pool, write) for _number in range(WRITERS)]
        while not all(one.done() for one in writers):
            told += [line["id"] for line in copy.follow()]
        for one in writers:
            one.result()
    told += [line["id"] for line in copy.follow()]
    assert copy.records == told_by_the_doors(copy.program, *KINDS)
    made = set(Item.objects.exclude(pk=gyro.pk).values_list("pk", flat=True))
    assert len(made) == WRITERS * TURNS
    assert {key: told.count(str(key)) for key in made} == dict.fromkeys(made, 1), "told once each"


def test_while_many_write_what_is_hidden_and_lost_stays_untold(
    gyro, strike, amal, soraya, night_raid, as_program, hide
):
    copy, over = Copy(as_program(amal)), Event()
    copy.follow()

    def write() -> None:
        while not over.is_set():
            evidence.log_item(
                night_raid, by=soraya, incident=strike, kind=gyro.kind, description="A part"
            )
            Item.objects.filter(pk=gyro.pk).update(quantity=2)

    with ThreadPoolExecutor(2) as pool:
        writers = [beside(pool, write) for _number in range(2)]
        try:
            copy.follow()
            hide(gyro)
            copy.follow()
            assert ("items", str(gyro.pk)) not in copy.records
            copy.follow()
            assert ("items", str(gyro.pk)) not in copy.records
            place = night_raid.memberships.current().get(user=amal)
            investigations.end_membership(place, by=soraya)
            assert copy.follow()[-1] == {"op": "lost", "case": str(night_raid.pk)}
            assert copy.follow() == []
        finally:
            over.set()
        for one in writers:
            one.result()
    assert copy.records == {}


def test_whoever_waits_is_told_as_soon_as_there_is_something(gyro, amal, as_program):
    copy = Copy(as_program(amal))
    copy.follow()

    def later() -> None:
        time.sleep(0.4)
        Item.objects.filter(pk=gyro.pk).update(quantity=9)

    begun = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        other = beside(pool, later)
        assert [line["record"]["quantity"] for line in copy.follow(wait=30)] == [9]
        other.result()
    assert time.monotonic() - begun < 25


def test_nobody_is_woken_by_what_is_hidden(gyro, amal, as_program, hide):
    hide(gyro)
    copy = Copy(as_program(amal))
    copy.follow()

    def later() -> None:
        time.sleep(0.3)
        Item.objects.filter(pk=gyro.pk).update(quantity=9)

    begun = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        other = beside(pool, later)
        assert copy.follow(wait=2) == []
        other.result()
    assert time.monotonic() - begun >= 2


def test_whoever_waits_with_a_key_that_ends_is_let_go(gyro, amal, as_program):
    copy = Copy(as_program(amal))
    copy.follow()

    def later() -> None:
        time.sleep(0.3)
        ApiToken.objects.update(expires_at="2020-01-01T00:00:00Z")

    with ThreadPoolExecutor(1) as pool:
        other = beside(pool, later)
        assert copy.ask(wait=30).status_code == 401
        other.result()
