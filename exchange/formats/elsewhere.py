"""JSON as it comes in from elsewhere: read within limits, and kept exactly as it was said.

What is wrong is told by a code and by where it is; nothing of a wrong file is used.
"""

import json
import math
import re
from dataclasses import dataclass
from typing import Any

LARGEST = 2 * 1024 * 1024  # bytes
DEEPEST = 30
MOST = 5000  # objects
LONGEST_NUMBER = 40  # digits
LONGEST_NAME = 300
LONGEST_TYPE = 60
TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)
"""A text, or a bracket outside of any. One that never ends is taken to the end, at once."""


class WrongBundle(ValueError):
    """It cannot be used; `code` says why and `where` in which object, if in one."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code} {where}".strip())
        self.code, self.where = code, where


@dataclass(frozen=True)
class Arrived:
    """One object that came in: what it is, how strictly it is marked, and all of it as written.

    `stix_id` is its identifier in the format that it came in; `pap` is what the receiver may do.
    """

    number: int
    stix_id: str
    kind: str
    name: str
    tlp: str
    body: str
    pap: str = "clear"


def read_json(data: bytes) -> Any:
    """What a file says; WrongBundle tells why it cannot be read."""
    if len(data) > LARGEST:
        raise WrongBundle("too-large")
    text = decoded(data)
    if depth_of(text) > DEEPEST:
        raise WrongBundle("too-deep")
    return parsed(text)


def decoded(data: bytes) -> str:
    """The text of a file, which is to be written in UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongBundle("not-utf8") from None


def depth_of(text: str) -> int:
    """How deep brackets stand within brackets, told without following them."""
    depth = deepest = 0
    for found in TOKEN.finditer(text):
        sign = found.group()
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def parsed(text: str) -> Any:
    """The text as JSON, each name once in an object and every number one that can be held."""
    try:
        return json.loads(
            text,
            parse_int=whole_number,
            parse_float=number,
            parse_constant=no_number,
            object_pairs_hook=each_name_once,
        )
    except WrongBundle:
        raise
    except (ValueError, RecursionError):
        raise WrongBundle("not-json") from None


def whole_number(digits: str) -> int:
    """A whole number of a sane length."""
    if len(digits) > LONGEST_NUMBER:
        raise WrongBundle("huge-number", digits[:LONGEST_NUMBER])
    return int(digits)


def number(digits: str) -> float:
    """A number that is one, and no infinity."""
    value = float(digits) if len(digits) <= LONGEST_NUMBER else math.inf
    if math.isinf(value):
        raise WrongBundle("huge-number", digits[:LONGEST_NUMBER])
    return value


def no_number(word: str) -> float:
    """NaN and Infinity, which are no JSON."""
    raise WrongBundle("huge-number", word)


def each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a name that stands twice in it would be read in one way here, otherwise there."""
    thing = dict(pairs)
    if len(thing) != len(pairs):
        raise WrongBundle("name-twice", str(thing.get("id", ""))[:LONGEST_NAME])
    return thing


def kept_whole(thing: Any, where: str) -> str:
    """All of an object, as JSON; half a sign is no text that could be passed on."""
    body = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    try:
        body.encode()
    except UnicodeEncodeError:
        raise WrongBundle("not-utf8", where) from None
    return body
