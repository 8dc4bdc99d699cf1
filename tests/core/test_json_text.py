"""Answers are JSON that says the same as Python's own, whatever stands in them."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.renderers import JSONRenderer

from core.json_text import QuickRenderer, line

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
NESTED = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


def both(value: Any, media: str = "application/json") -> tuple[bytes, bytes]:
    return QuickRenderer().render(value, media, {}), JSONRenderer().render(value, media, {})


@given(st.lists(NESTED))
def test_it_says_what_python_says(value: Any) -> None:
    try:
        theirs = JSONRenderer().render(value, "application/json", {})
    except ValueError:  # an infinity within, which is no JSON
        return
    assert json.loads(QuickRenderer().render(value, "application/json", {})) == json.loads(theirs)


def test_moments_keys_amounts_and_sentences_are_written_as_the_doors_write_them() -> None:
    ours, theirs = both(
        {
            "at": datetime(2026, 3, 1, 4, 5, tzinfo=UTC),
            "id": UUID(int=7),
            "mass": Decimal("12.50"),
            "says": gettext_lazy("Case"),
            "name": "خيبر",
        }
    )
    assert ours == theirs


def test_what_it_cannot_hold_python_writes() -> None:
    for value in ({"n": 2**70}, {7: "a number as a name"}):
        ours, theirs = both(value)
        assert ours == theirs


def test_indented_where_asked_for() -> None:
    ours, theirs = both({"a": [1, 2]}, "application/json; indent=2")
    assert ours == theirs and b"\n" in ours


def test_a_line_has_one_line_end_at_its_end() -> None:
    assert line({"note": "two\nlines"}) == b'{"note":"two\\nlines"}\n'
