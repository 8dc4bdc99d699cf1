"""The words a report is written in: every cell and block that the printed page can draw."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict


class Cell(TypedDict):
    """One value that is more than plain text."""

    kind: Literal["code", "muted", "strong", "bar", "lines"]
    text: NotRequired[str]
    value: NotRequired[float]
    lines: NotRequired[list["str | Cell"]]


Value: TypeAlias = str | Cell
Row: TypeAlias = tuple[str, Value]
Block: TypeAlias = dict[str, Any]


class Photo(TypedDict):
    """A picture with what must stand under it; `file` is empty when there is no preview."""

    file: str
    alt: str
    missing: str
    name: str
    hash_words: str
    hash: str
    lines: list[Row]


class Half(TypedDict):
    """One of two things that are laid side by side."""

    title: Value
    photo: Photo | None
    lines: list[Row]


class Section(TypedDict):
    """One numbered part of the report."""

    title: str
    blocks: list[Block]


Tone: TypeAlias = Literal["clear", "green", "amber", "red"]


class Marking(TypedDict):
    """The label of every page, its TLP colour, and what goes beyond the TLP."""

    label: str
    tone: Tone
    caveats: str


class Content(TypedDict):
    """A whole report as data, every word already in the reader's language."""

    language: str
    direction: Literal["ltr", "rtl"]
    generated_at: str
    maker: str
    title: str
    reference: str
    subtitle: str
    marking: Marking
    handling: dict[str, str | int | list[str]]
    cover: list[Row]
    notice: Block
    cover_note: str
    contents_word: str
    page_words: str
    footer: list[tuple[str, str]]
    content_words: str
    file_words: str
    attachment_words: str
    sections: list[Section]


class Letter(TypedDict):
    """A letter as data: from whom, to whom, under which reference, and what it asks."""

    language: str
    direction: Literal["ltr", "rtl"]
    generated_at: str
    maker: str
    title: str
    reference: str
    subtitle: str
    marking: Marking
    handling: dict[str, str | int | list[str]]
    sender: str
    recipient: list[str]
    references: list[Row]
    opening: list[str]
    questions: list[str]
    blocks: list[Block]
    ending: list[str]
    signature: list[str]
    page_words: str
    footer: list[tuple[str, str]]
    content_words: str
    file_words: str
    attachment_words: str


def code(text: object) -> Cell:
    """A serial, hash, number or time: set in even width, left to right in any language."""
    return {"kind": "code", "text": str(text)}


def muted(text: object) -> Cell:
    """Something that is said about a value's absence rather than a value."""
    return {"kind": "muted", "text": str(text)}


def strong(text: object) -> Cell:
    """The word a reader looks for first."""
    return {"kind": "strong", "text": str(text)}


def bar(text: object, value: float) -> Cell:
    """A number with its length drawn under it; the full length stands for 4."""
    return {"kind": "bar", "text": str(text), "value": value}


def lines(values: Iterable[Value]) -> Cell:
    """Several values, one under the other."""
    return {"kind": "lines", "lines": list(values)}


def heading(text: object, *, room: int = 45) -> Block:
    """The name of one thing, listed in the contents; it wants `room` mm left on its page."""
    return {"kind": "heading", "text": str(text).strip() or "—", "room": room}


def subheading(text: object) -> Block:
    """The name of a part of that thing."""
    return {"kind": "subheading", "text": str(text).strip() or "—"}


def paragraph(text: object) -> Block:
    """Running text."""
    return {"kind": "text", "text": str(text)}


def rows(pairs: Iterable[Row]) -> Block:
    """Facts as label and value, one fact a line."""
    return {"kind": "rows", "rows": [(str(label), value) for label, value in pairs]}


def table(columns: Sequence[tuple[object, float]], body: Iterable[Sequence[Value]]) -> Block:
    """A table; each column has its heading and its share of the width."""
    heads = [{"label": str(label), "width": width} for label, width in columns]
    return {"kind": "table", "columns": heads, "rows": [list(row) for row in body]}


def photos(pictures: Iterable[Photo]) -> Block:
    """Photographs, two beside each other."""
    return {"kind": "photos", "photos": list(pictures)}


def notice(title: object, text: object = "", *, tone: str = "plain") -> Block:
    """A standing notice; the tone is "plain" or "caution"."""
    return {"kind": "notice", "title": str(title), "text": str(text), "tone": tone}


def sentence(text: object, limit: object = "") -> Block:
    """A conclusion, and in the same frame what it does not say."""
    return {"kind": "sentence", "text": str(text), "limit": str(limit)}


def pair(left: Half, right: Half) -> Block:
    """Two things side by side."""
    return {"kind": "pair", "left": left, "right": right}
