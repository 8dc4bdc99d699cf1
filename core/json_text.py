"""JSON as programs are sent it: compact, in UTF-8, and quickly written."""

from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

OURS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
"""Moments are written as every door writes them, and not as the library would."""

_plain = JSONEncoder().default


def written(told: Any) -> bytes:
    """The text of one value; TypeError for what has none, or only one that orjson does not know."""
    return orjson.dumps(told, default=_plain, option=OURS)


def line(told: Any) -> bytes:
    """One line of NDJSON."""
    return orjson.dumps(told, default=_plain, option=OURS | orjson.OPT_APPEND_NEWLINE)


class QuickRenderer(JSONRenderer):
    """Writes answers; what is asked for indented, or too great for orjson, Python's JSON writes."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Any = None,
    ) -> bytes:
        if data is None:
            return b""
        if not self.get_indent(accepted_media_type or "", renderer_context or {}):
            try:
                return written(data)
            except TypeError:
                pass
        text: bytes = super().render(data, accepted_media_type, renderer_context)
        return text
