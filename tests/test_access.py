"""Every address, for every role: nothing is left out, and nothing is walked that is not there.

The walk itself is in `tests/access/roles.py`: every address, by every method, for everybody of the
cast. It is shared out among this file and those beside its scene, so that workers share it, too.
"""

from collections import Counter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from tests.access import parts, roles
from tests.access.roles import (
    pytest_generate_tests,
    test_each_role_gets_what_the_table_says,
    test_no_other_method_is_let_in,
    test_what_one_may_not_see_is_as_if_it_were_not_there,
)
from tests.access.scene import world
from tests.access_table import TABLE

__all__ = [
    "pytest_generate_tests",
    "test_each_role_gets_what_the_table_says",
    "test_no_other_method_is_let_in",
    "test_what_one_may_not_see_is_as_if_it_were_not_there",
    "world",
]

pytestmark = pytest.mark.django_db

ADDRESSES = parts.pages_of("accounts", "catalogue", "config", "investigations", "workspace")
HERE = Path(__file__).parent
WALKS = __all__[:-1]


def files_of_the_walk() -> list[ModuleType]:
    """This file, and all beside the scene that pytest collects."""
    beside = sorted(path.stem for path in (HERE / "access").glob("test_*.py"))
    return [import_module(name) for name in (__name__, *(f"tests.access.{one}" for one in beside))]


def test_every_route_is_walked_once_and_nothing_else_is():
    walked = Counter(address for file in files_of_the_walk() for address in file.ADDRESSES)
    found = {name for name, _door in parts.routes()}
    assert found - set(walked) == set(), "no file in tests/access/ walks the rooms of these"
    assert {address: times for address, times in walked.items() if times > 1} == {}
    assert set(walked) == found == set(TABLE), "each address needs a line in tests/access_table.py"


def test_each_file_takes_all_walks_over_its_addresses():
    for file in files_of_the_walk():
        for walk in WALKS:
            assert getattr(file, walk) is getattr(roles, walk), f"{walk} in {file.__name__}"
        assert file.pytestmark.name == "django_db"
