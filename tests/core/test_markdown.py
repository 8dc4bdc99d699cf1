"""Markdown that people typed: shown, never believed."""

import re
import time

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from core.markdown import ELEMENTS, LONGEST, rendered
from tests.naughty import naughty

ELEMENT = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)>")
ATTRIBUTES = re.compile(
    r'(?: dir="auto"| start="\d+"| href="(?:https?://|mailto:)[^"<>]*"'
    r'| rel="noopener noreferrer nofollow")*'
)


def holds_only_what_is_allowed(html: str) -> bool:
    """Every sign `<` of the result begins one of our elements with none but our attributes."""
    found = list(ELEMENT.finditer(html))
    named = {element[2] for element in found} <= {*ELEMENTS, "p", "br"}
    plain = all(ATTRIBUTES.fullmatch(element[3].rstrip("/ ")) for element in found)
    return named and plain and html.count("<") == len(found)


@pytest.mark.parametrize("text", naughty())
def test_no_naughty_string_becomes_more_than_text_and_plain_links(text: str) -> None:
    assert holds_only_what_is_allowed(rendered(text)), rendered(text)


PIECES = """
< > script [ ]( ) javascript: https://a.example " ' &#106; * _ ` ~~ > - 1. # onerror= <!-- ]]> \\
&lt; img style </p> //evil.example data: mailto:a@b.example
"""
WORDS = st.lists(st.sampled_from([*PIECES.split(), " ", "\n", "\n\n"]), max_size=40).map("".join)


@given(WORDS | st.text(max_size=200))
def test_nothing_that_can_be_typed_becomes_more(text: str) -> None:
    assert holds_only_what_is_allowed(rendered(text))


def test_the_little_that_is_shown() -> None:
    told = rendered("**Crater**, 2 m wide.\nSecond line.\n\n- wing\n- tail\n\n> heard at dawn")
    assert "<strong>Crater</strong>, 2 m wide.<br>" in told
    assert told.count('<li dir="auto">') == 2 and "<blockquote" in told


def test_a_link_says_where_it_leads_and_tells_nobody_where_from() -> None:
    link = '<a href="https://un.example/r?a=1&amp;b=2" rel="noopener noreferrer nofollow">'
    assert link in rendered("[report](https://un.example/r?a=1&b=2)")
    assert "href" not in rendered("[home](/sign-out/) [other](//evil.example)")


def test_each_paragraph_finds_its_own_direction() -> None:
    assert rendered("English\n\nعربي").count('<p dir="auto">') == 2


def test_headings_and_pictures_stay_what_was_typed() -> None:
    told = rendered("# One\n\n![x](https://tracker.example/x.png)")
    assert "<h1" not in told and "<img" not in told and "# One" in told


@pytest.mark.parametrize("unit", ["[", "![", "*a ", "`", "> ", "- ", "<", "](", "~~", "&", "\\"])
def test_no_text_takes_long(unit: str) -> None:
    began = time.process_time()
    rendered((unit * LONGEST)[:LONGEST])
    assert time.process_time() - began < 1


def test_a_longer_text_is_shown_as_typed() -> None:
    told = rendered("**a** <b>" + "x" * LONGEST)
    assert told.startswith("<p>**a** &lt;b&gt;")


def test_pages_reach_it_by_one_filter() -> None:
    (engine,) = settings.TEMPLATES
    assert "core.templatetags.prose" in engine["OPTIONS"]["builtins"]
