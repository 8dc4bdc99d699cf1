"""Reads mappings and lists that a program printed instead of writing JSON, NaN included."""

import ast
import re

LONGEST = 100_000
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
    if isinstance(value, dict):
        return {str(key): part for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return list(value)
    raise ValueError("the text is neither a list nor a mapping")
