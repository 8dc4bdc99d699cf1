"""Who follows, and what there is to be followed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from accounts.models import User
from catalogue.models import ComponentCategory
from core.markings import Handling
from evidence import services as evidence
from evidence.models import Component, Item, Marking
from investigations import services as investigations
from investigations.models import CaseRecord
from tests.exchange.following import Copy, commit


@pytest.fixture
def following(as_program: Callable[[User], object]) -> Callable[..., Copy]:
    """A copy that somebody's program has begun and brought up to date."""

    def begun(user: User, **query: str) -> Copy:
        copy = Copy(as_program(user), **query)
        commit()
        copy.follow()
        return copy

    return begun


@pytest.fixture
def board(gyro: Item, amal: User) -> Component:
    """A part of the gyroscope."""
    return evidence.describe_component(
        gyro, by=amal, category=ComponentCategory.objects.get(code="pcb")
    )


@pytest.fixture
def sticker(board: Component, amal: User) -> Marking:
    """What stands on that part."""
    return evidence.record_marking(
        board, by=amal, kind="sticker", state="present-legible", as_seen="K-7"
    )


@pytest.fixture
def cleared(soraya: User) -> User:
    """The lead, cleared for everything."""
    soraya.clearance = 4
    soraya.save()
    return soraya


@pytest.fixture
def hide(cleared: User) -> Callable[[CaseRecord], object]:
    """Marks a record beyond everybody but the lead."""

    def marked(row: CaseRecord) -> object:
        row.refresh_from_db()
        stricter: Handling = replace(row.own_handling, clearance=3)
        return investigations.mark_more_strictly(row, stricter, by=cleared, reason="Told so.")

    return marked
