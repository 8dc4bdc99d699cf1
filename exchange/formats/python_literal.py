"""Reads mappings and lists that a program printed instead of writing JSON, NaN included."""

import ast
import re
from math import isfinite
from typing import Any

LONGEST = 100_000
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
NOT_A_NUMBER = re.compile(r"\b(?:nan|NaN|NAN)\b(?=\s*[,}\]])")


def read_literal(text: str) -> dict[str, object] | list[object]:
    """The value of a printed dict or list; NaN is read as None, that is, unknown.

    Raises ValueError for anything else: nothing is ever evaluated.
    """
    if len(text) > LONGEST:
        raise ValueError("the text is too long")
    try:
        value = ast.literal_eval(NOT_A_NUMBER.sub("None", text.strip()))
    except (SyntaxError, ValueError, MemoryError, RecursionError) as problem:
        raise ValueError("the text is neither a list nor a mapping") from problem
    if not isinstance(value, dict | list | tuple | set):
        raise ValueError("the text is neither a list nor a mapping")
    read: dict[str, object] | list[object] = plain(value)
    return read


def plain(value: Any) -> Any:
    """The same value as JSON and PostgreSQL can hold it; ValueError for what neither can."""
    if isinstance(value, dict):
        return {plain(str(key)): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(part) for part in value]
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise ValueError("it holds a character that cannot be stored")
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("it holds a number beyond all bounds")
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError(f"it holds {type(value).__name__}, which is neither text nor a number")
