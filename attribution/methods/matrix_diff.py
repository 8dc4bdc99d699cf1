"""What changed between two states of the matrix: rows, weights, rivals, ratings and places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Body = Mapping[str, Any]
"""A matrix as plain JSON; services/matrix_snapshot.py writes it."""


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise: `what` of which row, hypothesis or analyst, from and to."""

    what: str
    row: str
    hypothesis: str
    analyst: str
    before: str
    after: str


def changes(before: Body, after: Body) -> list[Change]:
    """Everything that differs, in the order in which it is read; what is new has no before."""
    return [
        *listed("hypothesis", "hypotheses", before, after),
        *listed("row", "rows", before, after),
        *weighed(before, after),
        *rated(before, after),
        *placed(before, after),
    ]


def listed(what: str, name: str, before: Body, after: Body) -> list[Change]:
    """What came into the matrix, and what left it."""
    was, now = named(before, name), named(after, name)
    gone = [(was[key], "") for key in was if key not in now]
    come = [("", now[key]) for key in now if key not in was]
    spots = {"hypothesis": "hypothesis", "row": "row"}
    return [
        told(what, before=old, after=new, **{spots[what]: old or new})
        for old, new in [*gone, *come]
    ]


def weighed(before: Body, after: Body) -> list[Change]:
    """Rows that weigh otherwise, or count with another origin."""
    was = {row["id"]: row for row in before["rows"]}
    found = []
    for row in after["rows"]:
        old = was.get(row["id"], row)
        for what in ("credibility", "relevance", "group"):
            if old[what] != row[what]:
                found.append(told(what, row=row["ref"], before=old[what], after=row[what]))
    return found


def rated(before: Body, after: Body) -> list[Change]:
    """Cells that an analyst rated otherwise, for the first time, or no more."""
    rows = {**named(before, "rows"), **named(after, "rows")}
    columns = {**named(before, "hypotheses"), **named(after, "hypotheses")}
    was, now = cells(before), cells(after)
    return [
        told(
            "rating",
            analyst=key[0],
            row=rows.get(key[1], ""),
            hypothesis=columns.get(key[2], ""),
            before=was.get(key, ""),
            after=now.get(key, ""),
        )
        for key in {**was, **now}
        if was.get(key, "") != now.get(key, "")
    ]


def placed(before: Body, after: Body) -> list[Change]:
    """Hypotheses that changed places."""
    columns = {**named(before, "hypotheses"), **named(after, "hypotheses")}
    was, now = before["figures"]["ranks"], after["figures"]["ranks"]
    return [
        told(
            "place",
            hypothesis=columns.get(key, ""),
            before=str(was.get(key, "")),
            after=str(now.get(key, "")),
        )
        for key in {**was, **now}
        if was.get(key) != now.get(key)
    ]


def cells(body: Body) -> dict[tuple[str, str, str], str]:
    """The rating of every analyst, row and hypothesis."""
    return {
        (sheet["analyst"], cell["row"], cell["hypothesis"]): cell["rating"]
        for sheet in body["sheets"]
        for cell in sheet["cells"]
    }


def named(body: Body, name: str) -> dict[str, str]:
    """The reference of each by its key."""
    return {one["id"]: one["ref"] for one in body[name]}


def told(
    what: str,
    *,
    row: str = "",
    hypothesis: str = "",
    analyst: str = "",
    before: str = "",
    after: str = "",
) -> Change:
    """One change with only what it is about."""
    return Change(what, row, hypothesis, analyst, before, after)
