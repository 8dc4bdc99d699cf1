"""Notes what those who guard the installation must see, apart from the ledger: one JSON line each.

The ledger proves what was done to evidence; this log shows what was tried and refused. It holds
who, from where, at which address and what came of it, never what a case says, and no secret.
"""

import json
import logging
import re
from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpRequest

from core.addresses import client_address

LOGGER = logging.getLogger("vestige.security")
LONGEST_TEXT = 200
API_KEY = re.compile(r"(vst_[0-9a-f]+_)[\w-]+")
NEVER = ("password", "passwd", "secret", "cookie", "body", "authorization", "csrf", "code")
Fact = str | int | float | bool | UUID | None


def note(event: str, request: HttpRequest | None = None, **facts: Fact) -> None:
    """Write one line about `event`, such as `signin.failed`; `facts` are short and no content.

    With the request come the person's id, the machine's address, the method and the path; the
    query string stays out of it, for it may hold what was searched for.
    """
    about = {**(asked_by(request) if request else {}), **facts}
    told = {name: plain(value) for name, value in about.items() if not sensitive(name)}
    LOGGER.warning(event, extra={"facts": told})


def asked_by(request: HttpRequest) -> dict[str, Fact]:
    """Who asked, from where, and for which page."""
    route = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "user": getattr(getattr(request, "user", None), "pk", None),
        "address": client_address(request),
        "method": request.method,
        "path": request.path,
        "route": route,
    }


def sensitive(name: str) -> bool:
    """True for a fact that by its name must not be written down."""
    return any(word in name.lower() for word in NEVER)


def plain(value: Fact) -> str | int | float | bool | None:
    """The value as JSON holds it, without the secret half of a key, and no longer than a line."""
    if value is None or isinstance(value, bool | int | float):
        return value
    return API_KEY.sub(r"\1…", str(value))[:LONGEST_TEXT]


class JsonLine(logging.Formatter):
    """One record as one line of JSON, whatever line ends were typed into it."""

    def format(self, record: logging.LogRecord) -> str:
        """The moment in UTC, the event and its facts."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts = getattr(record, "facts", None)
        event = record.getMessage() if facts is not None else record.name
        told = facts if facts is not None else {"message": plain(record.getMessage())}
        return json.dumps({"at": at, "event": event, **told}, ensure_ascii=True)
