"""People who do the same thing at the same moment: one is served, the other told why not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from django.db import connection

from core.errors import Refused
from evidence import services
from evidence.models import File, Item

PEOPLE = 4


def at_once(deed: Callable[[int], object]) -> list[object]:
    """What becomes of a deed that several people do together: what they got, or were told."""
    start = Barrier(PEOPLE)

    def one(number: int) -> object:
        start.wait()
        try:
            return deed(number)
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        each = [pool.submit(copy_context().run, one, number) for number in range(PEOPLE)]
        return [future.result() for future in each]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("asked_for", ["", "X-7"])
def test_one_number_is_given_to_one_exhibit(night_raid, strike, gyro, amal, asked_for):
    logged = at_once(
        lambda _number: services.log_item(
            night_raid,
            by=amal,
            incident=strike,
            kind=gyro.kind,
            description="A part",
            exhibit_no=asked_for,
        )
    )
    numbers = [one.exhibit_no for one in logged if isinstance(one, Item)]
    assert len(numbers) == len(set(numbers)) == (1 if asked_for else PEOPLE)


@pytest.mark.django_db(transaction=True)
def test_one_seal_closes_one_exhibit(night_raid, strike, gyro, amal):
    facts = {"incident": strike, "kind": gyro.kind, "description": "A part"}
    items = [services.log_item(night_raid, by=amal, **facts) for _number in range(PEOPLE)]
    at_once(lambda number: services.seal_item(items[number], seal_no="S-1", by=amal))
    assert Item.objects.filter(seal_no="S-1").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_by_many_is_one_file(night_raid, gyro, amal):
    for item in (gyro, None):
        File.objects.all().delete()
        sent = at_once(
            lambda _number, item=item: services.receive_file(
                night_raid, by=amal, chunks=[b"one and the same"], name="plate.jpg", item=item
            )
        )
        assert len({file.pk for file in sent if isinstance(file, File)}) == 1
        assert File.objects.count() == 1
