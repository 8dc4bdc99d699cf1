"""A program that keeps a copy of what it sees, and believes nothing but the lines it is sent."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection
from rest_framework.test import APIClient

CHANGES, SNAPSHOT = "/api/v1/changes/", "/api/v1/snapshot/"
Line = dict[str, Any]


def commit() -> None:
    """What a commit does to the journal, in tests whose one transaction is never committed."""
    connection.check_constraints()


class Copy:
    """Records by kind and key; `program` speaks with one key from the beginning to the end."""

    def __init__(self, program: APIClient, **query: str) -> None:
        self.program, self.query, self.cursor = program, query, ""
        self.records: dict[tuple[str, str], Line] = {}
        self.cases: set[str] = set()

    def ask(self, **query: Any) -> Any:
        """One answer of the feed, taken in only if it is one."""
        since = {"since": self.cursor} if self.cursor else {}
        answer = self.program.get(CHANGES, {**self.query, **since, **query})
        if answer.status_code == 200:
            for line in answer.json()["changes"]:
                self.take_in(line)
            self.cursor = answer.json()["cursor"]
        return answer

    def follow(self, **query: Any) -> list[Line]:
        """Every line that there is by now."""
        return list(self.lines(**query))

    def lines(self, **query: Any) -> Iterator[Line]:
        """The same, answer for answer."""
        more = True
        while more:
            answer = self.ask(**query)
            assert answer.status_code == 200, answer.content
            more = answer.json()["more"]
            yield from answer.json()["changes"]

    def begin(self) -> list[Line]:
        """Begin with a snapshot, whose last line is the cursor."""
        answer = self.program.get(SNAPSHOT, self.query)
        assert answer.status_code == 200, answer.content
        lines = [json.loads(line) for line in b"".join(answer).splitlines()]
        last = lines.pop()
        assert last["op"] == "cursor", last
        for line in lines:
            self.cases.add(line["case"])
            self.take_in(line)
        self.cursor = last["cursor"]
        return lines

    def take_in(self, line: Line) -> None:
        """Do what a line says; one about something that was never told is a leak."""
        getattr(self, f"hear_{line['op']}")(line)

    def hear_gained(self, line: Line) -> None:
        assert line["case"] not in self.cases, "gained twice"
        self.cases.add(line["case"])

    def hear_lost(self, line: Line) -> None:
        self.cases.remove(line["case"])
        self.forget(lambda case, _kind: case == line["case"])

    def hear_put(self, line: Line) -> None:
        assert line["case"] in self.cases, "a record of a case that was not gained"
        self.records[line["kind"], line["id"]] = line["record"]

    def hear_gone(self, line: Line) -> None:
        assert (line["kind"], line["id"]) in self.records, f"never told of: {line}"
        del self.records[line["kind"], line["id"]]

    def hear_reset(self, line: Line) -> None:
        self.forget(lambda case, kind: case == line["case"] and kind in line["kinds"])

    def forget(self, goes: Any) -> None:
        """Let go of the records of a case, on either side of those that lie across two."""
        self.records = {
            (kind, key): record
            for (kind, key), record in self.records.items()
            if not any(goes(case, kind) for case in cases_of(kind, key, record))
        }


def cases_of(kind: str, key: str, record: Line) -> list[str]:
    """The case that a record lies in, or both."""
    if kind == "cases":
        return [key]
    return [record[name] for name in ("case", "other_case") if name in record]


def told_by_the_doors(program: APIClient, *kinds: str) -> dict[tuple[str, str], Line]:
    """What the lists of these kinds show at this moment."""
    found = {}
    for kind in kinds:
        there: str | None = f"/api/v1/{kind}/?limit=200"
        while there:
            page = program.get(there).json()
            found |= {(kind, row["id"]): row for row in page["results"]}
            there = page["next"]
    return found
