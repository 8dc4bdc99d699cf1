"""What programs ask of cases and of what leaves them, for every role."""

import pytest

from tests.access.parts import programs_of
from tests.access.roles import (
    pytest_generate_tests,
    test_each_role_gets_what_the_table_says,
    test_no_other_method_is_let_in,
    test_what_one_may_not_see_is_as_if_it_were_not_there,
)
from tests.access.scene import world

__all__ = [
    "pytest_generate_tests",
    "test_each_role_gets_what_the_table_says",
    "test_no_other_method_is_let_in",
    "test_what_one_may_not_see_is_as_if_it_were_not_there",
    "world",
]

pytestmark = pytest.mark.django_db

ADDRESSES = programs_of("config", "catalogue", "investigations", "workspace", "reports", "exchange")
