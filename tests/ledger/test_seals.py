"""The way a line is written down and sealed: one text for one meaning, and no two seals alike."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.models import FIRST_SEAL, canonical, seal_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT
FACTS = st.dictionaries(
    TEXT,
    st.recursive(
        PLAIN, lambda part: st.lists(part, max_size=3) | st.dictionaries(TEXT, part, max_size=3)
    ),
    max_size=5,
)


@given(FACTS)
def test_a_line_reads_back_as_it_was_meant(facts: dict[str, object]) -> None:
    assert json.loads(canonical(facts)) == facts


@given(FACTS)
def test_the_order_of_facts_does_not_change_the_text(facts: dict[str, object]) -> None:
    assert canonical(dict(reversed(facts.items()))) == canonical(facts)


@given(FACTS)
def test_a_line_is_one_line(facts: dict[str, object]) -> None:
    assert "\n" not in canonical(facts)
    assert "\x00" not in canonical(facts)


@given(FACTS, FACTS)
def test_other_text_has_another_seal(one: dict[str, object], other: dict[str, object]) -> None:
    same = canonical(one) == canonical(other)
    assert (seal_of(FIRST_SEAL, canonical(one)) == seal_of(FIRST_SEAL, canonical(other))) == same


@given(FACTS, st.integers(0, 200))
def test_one_character_more_or_less_breaks_the_seal(facts: dict[str, object], at: int) -> None:
    body = canonical(facts)
    cut = at % len(body)
    changed = body[:cut] + body[cut + 1 :]
    assert seal_of(FIRST_SEAL, changed) != seal_of(FIRST_SEAL, body)
    assert seal_of("1" * 64, body) != seal_of(FIRST_SEAL, body)


def test_the_seal_is_what_sha256sum_computes_over_the_bytes_handed_out() -> None:
    text = b"0" * 64 + b"\n" + b'{"act":"tests.said"}'
    assert seal_of(FIRST_SEAL, '{"act":"tests.said"}') == hashlib.sha256(text).hexdigest()


def test_keys_stand_in_the_order_of_utf_16_and_not_of_code_points() -> None:
    """The example of RFC 8785, section 3.2.3."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    told = list(json.loads(canonical(dict.fromkeys(keys, 0))))
    assert told == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@given(FACTS)
def test_signs_are_escaped_only_where_rfc_8785_escapes_them(facts: dict[str, object]) -> None:
    text = canonical(facts)
    assert text.encode() == text.encode("utf-8", "strict")
    assert not any(ord(sign) < 32 for sign in text)
    assert canonical("\u007f\u2028/é\x1f\b") == '"\u007f\u2028/é\\u001f\\b"'


@pytest.mark.parametrize("odd", ["\ud800", ["\udfff"], {"\ud83d": 1}, {"a": {"b": "x\udc00"}}])
def test_half_a_character_is_refused(odd: object) -> None:
    with pytest.raises(ValueError, match="whole characters"):
        canonical(odd)


@given(st.integers(2**53 + 1) | st.integers(max_value=-(2**53) - 1))
def test_a_number_that_others_would_round_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="beyond 2"):
        canonical({"n": [number]})


def test_keys_that_are_no_text_are_refused() -> None:
    with pytest.raises(TypeError):
        canonical({1: "one"})
