"""Paragraphs of a text, numbered from 1, so that a comment can say where it belongs."""

import re

BREAK = re.compile(r"\s*\n\s*")


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs in reading order; empty lines are none."""
    return [part for part in BREAK.split(text.strip()) if part]


def paragraph_of(text: str, number: int) -> str:
    """The paragraph of this number, counted from 1; empty where there is none."""
    parts = paragraphs_of(text)
    return parts[number - 1] if 1 <= number <= len(parts) else ""
