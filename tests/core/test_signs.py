"""The words and signs that templates share."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import timezone


def drawn(source, **context):
    return Template(source).render(Context(context))


def test_a_state_is_glyph_word_and_tint():
    pill = drawn("{% state_pill state %}", state="in_review")
    assert "tone-accent" in pill and "<svg" in pill and "In review" in pill


def test_an_unknown_state_stays_neutral_and_is_still_told():
    assert "tone-plain" in drawn("{% state_pill state %}", state="brand-new")


def test_what_people_typed_is_never_markup():
    hostile = '"><script>x</script>'
    for tag in ("state_pill", "identifier", "marking_badge", "pill"):
        assert "<script>" not in drawn("{% " + tag + " text %}", text=hostile)


def test_an_identifier_reads_left_to_right_in_every_language():
    assert 'dir="ltr"' in drawn("{% identifier text %}", text="73-1041")


@pytest.mark.parametrize(
    ("precision", "words"),
    [("minute", "14 Mar 2026, 04:12 UTC"), ("day", "14 Mar 2026"), ("month", "March 2026")],
)
def test_a_time_is_never_more_exact_than_it_is_known(precision, words):
    when = datetime(2026, 3, 14, 4, 12, tzinfo=UTC)
    with timezone.override("UTC"):
        shown = drawn("{% moment when precision %}", when=when, precision=precision)
    assert f">{words}<" in shown


def test_a_day_without_a_clock_keeps_its_day():
    assert "14 Mar 2026" in drawn("{% moment when 'day' %}", when=date(2026, 3, 14))


def test_a_grade_is_read_out_as_two_facts():
    words = drawn("{% grade_badge 'b' 2 %}")
    assert "usually reliable" in words and "probably true" in words


@pytest.mark.parametrize(
    ("name", "letters"), [("Amal Haddad", "AH"), ("lena", "L"), ("ليلى حسن", "لح"), ("", "")]
)
def test_initials_stand_for_a_person(name, letters):
    assert drawn("{{ name|initials }}", name=name) == letters
