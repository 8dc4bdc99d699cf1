"""Every kind of record is told, and told exactly as its own door shows it."""

import pytest

from exchange.api.kinds import COVERED
from tests.access.cast import MEMBERS
from tests.access.scene import world
from tests.access.world import World
from tests.exchange.following import Copy, told_by_the_doors

__all__ = ["world"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["amal", "petra", "ursula", "omar"])
def test_everything_that_is_seen_is_told_as_the_doors_show_it(world: World, name: str) -> None:
    program = world.personas[name].program
    copy = Copy(program, limit="1000")
    copy.follow()
    assert set(copy.records) == set(told_by_the_doors(program, *COVERED))
    shown = {
        (kind, key): program.get(f"/api/v1/{kind}/{key}/").json() for kind, key in copy.records
    }
    assert copy.records == shown
    whole = Copy(program)
    whole.begin()
    assert whole.records == shown


def test_there_is_something_of_every_kind(world: World) -> None:
    seen = set()
    for name in MEMBERS:
        copy = Copy(world.personas[name].program, limit="1000")
        copy.follow()
        seen |= {kind for kind, _key in copy.records}
    assert seen == set(COVERED)
