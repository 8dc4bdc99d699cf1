"""How programs are told no: a problem document after RFC 9457, with a path to each wrong field."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from rest_framework.settings import api_settings

PROBLEM = "application/problem+json"


def problem_document(
    status: int, detail: object, *, code: str, title: object = "", **more: Any
) -> dict[str, Any]:
    """The members that every problem has, and those that this one has besides."""
    return {
        "type": "about:blank",
        "title": str(title or phrase_of(status)),
        "status": int(status),
        "detail": str(detail),
        "code": code,
        **more,
    }


def phrase_of(status: int) -> str:
    """What HTTP calls a status; tus has made up one of its own."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Refused"


def wrong_fields(status: int, complaints: Any) -> dict[str, Any]:
    """The problem of a body or a question with wrong fields, each by its path in what was sent."""
    errors = paths_of(complaints)
    sentences = dict.fromkeys(each for said in errors.values() for each in said)
    return problem_document(status, " ".join(sentences), code="invalid", errors=errors)


def paths_of(complaints: Any) -> dict[str, list[str]]:
    """Complaints by path, such as `rows/17/title`; about the whole at the empty path."""
    found: dict[str, list[str]] = {}
    for path, sentence in walked(complaints, ()):
        found.setdefault("/".join(path), []).append(sentence)
    return found


def walked(complaints: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each sentence with the names and numbers that lead to it."""
    if isinstance(complaints, Mapping):
        for name, below in complaints.items():
            whole = name == api_settings.NON_FIELD_ERRORS_KEY
            yield from walked(below, path if whole else (*path, str(name)))
    elif isinstance(complaints, list | tuple):
        for number, below in enumerate(complaints):
            deeper = isinstance(below, Mapping | list | tuple)
            yield from walked(below, (*path, str(number)) if deeper else path)
    else:
        yield path, str(complaints)
