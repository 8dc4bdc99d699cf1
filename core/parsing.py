"""JSON from programs, read strictly: what two readers could understand differently is refused."""

import json
import math
from collections.abc import Iterator
from typing import Any, NoReturn

from django.http.request import UnreadablePostError
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, UnsupportedMediaType, ValidationError
from rest_framework.parsers import JSONParser

DEEPEST = 64
"""So many lists and objects may lie in each other."""
SMALLEST, GREATEST = -(2**63), 2**63 - 1
UTF_8 = {"utf-8", "utf8", "us-ascii"}
Path = tuple[str, ...]


class StrictJSONParser(JSONParser):
    """JSON in UTF-8 alone, whole, not nested beyond measure, with each name once in an object."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        require_utf_8(media_type or "")
        try:
            text = stream.read().decode()
            value = json.loads(text, object_pairs_hook=named_once, parse_constant=no_number)
        except UnreadablePostError:
            raise ParseError(_("The body was cut off on its way. Send it again.")) from None
        except UnicodeDecodeError:
            raise ParseError(_("The body is not in UTF-8.")) from None
        except json.JSONDecodeError as fault:
            place = {"line": fault.lineno, "column": fault.colno}
            raise ParseError(
                _("The body is not whole, sound JSON: see line %(line)d, column %(column)d.")
                % place
            ) from None
        except RecursionError:
            raise too_deep() from None
        except ValueError:  # whole numbers of thousands of digits
            raise ParseError(_("A number in the body is too long to be read.")) from None
        require_plain(value)
        return value


def require_utf_8(media_type: str) -> None:
    """JSON that is exchanged is in UTF-8 (RFC 8259, section 8.1)."""
    _kind, words = parse_header_parameters(media_type)
    if words.get("charset", "utf-8").lower() not in UTF_8:
        raise UnsupportedMediaType(media_type, _("JSON is sent in UTF-8."))


def named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; one in which a name stands twice could be read in two ways."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ParseError(_("“%(name)s” stands twice in one object.") % {"name": shown(twice)})
    return found


def shown(name: str) -> str:
    """A name as it can be told again, whatever stands in it."""
    return name[:100] if name.isascii() else name[:100].encode(errors="replace").decode()


def no_number(said: str) -> NoReturn:
    """NaN and the infinities are no JSON."""
    raise ParseError(_("%(said)s is not a number in JSON.") % {"said": said})


def too_deep() -> ParseError:
    """The complaint about lists in lists in lists."""
    return ParseError(_("The body is nested more than %(n)d levels deep.") % {"n": DEEPEST})


def require_plain(value: Any) -> None:
    """Refuse, by path, what no table can hold: great numbers, NUL and halves of characters."""
    complaints: dict[str, list[str]] = {}
    for path, one in values_of(value):
        if complaint := complaint_about(one):
            complaints["/".join(path)] = [complaint]
    if complaints:
        raise ValidationError(complaints)


def values_of(whole: Any) -> Iterator[tuple[Path, Any]]:
    """Every value and every name, with the way there."""
    waiting: list[tuple[Path, Any]] = [((), whole)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            yield from ((path, name) for name in value)
            below: Any = value.items()
        elif isinstance(value, list):
            below = enumerate(value)
        else:
            yield path, value
            continue
        if len(path) >= DEEPEST:
            raise too_deep()
        waiting += [((*path, shown(str(name))), one) for name, one in below]


def complaint_about(value: Any) -> str:
    """What is wrong with one value, or nothing."""
    if isinstance(value, str):
        return complaint_about_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return _("This number is too great.")
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return "" if not is_whole or SMALLEST <= value <= GREATEST else _("This number is too great.")


def complaint_about_text(value: str) -> str:
    """What is wrong with a text, or nothing."""
    if "\0" in value:
        return _("The character NUL cannot be stored.")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return _("Half of a character stands here alone.")
    return ""
