"""The words of the access table: each is said once, so that no row means another than it reads."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.services.writing import APPEND
from tests import access_table
from tests.access.walking import WRITES

TABLE = ast.parse(Path(access_table.__file__).read_text(encoding="utf-8"))


def test_no_word_of_the_table_is_given_two_meanings():
    assert twice(TABLE) == []


def test_no_table_has_two_rows_of_one_address_and_no_body_one_word_twice():
    assert repeated(TABLE) == []
    parts = [part for part in vars(access_table).values() if is_part(part)]
    shared = Counter(address for part in parts for address in part)
    assert [address for address, count in shared.items() if count > 1] == []


def test_a_word_that_is_said_twice_is_told_with_its_lines():
    found = twice(ast.parse("A = 1\nB, A = 2, 3\n\ndef B(): ...\n\nC: int = 4\n"))
    assert found == ["A in lines 1, 2", "B in lines 2, 4"]
    assert repeated(ast.parse('D = {"one": 1, "two": 2,\n"one": 3}')) == ["'one' in line 1"]


WRITING = [
    "UPDATE a SET b = 1",
    "WITH c AS (SELECT 1)\nDELETE FROM a USING c",
    "WITH c AS (UPDATE a SET b = 1 RETURNING b) INSERT INTO d SELECT b FROM c",
    APPEND,
]
READING = [
    "SELECT 'INSERT INTO a'",
    'SELECT "a"."id" FROM "a" FOR NO KEY UPDATE OF "a"',
    "SELECT * FROM ledger_entry WHERE act = 'ledger_append'",
    "WITH c AS (SELECT 1 FROM a FOR UPDATE), d AS (SELECT 2) SELECT updated FROM c, d",
]


@pytest.mark.parametrize(("sql", "writes"), [(s, s in WRITING) for s in (*WRITING, *READING)])
def test_a_statement_that_writes_is_told_from_one_that_reads(sql: str, *, writes: bool):
    assert bool(WRITES.match(sql)) == writes


def twice(module: ast.Module) -> list[str]:
    """Names that the module defines more than once, each with the lines that do."""
    found = defaultdict(list)
    for statement in module.body:
        for name in defined_by(statement):
            found[name].append(str(statement.lineno))
    return [f"{name} in lines {', '.join(at)}" for name, at in found.items() if len(at) > 1]


def defined_by(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement of a module gives a meaning."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        yield statement.name
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    for target in targets if isinstance(statement, ast.Assign | ast.AnnAssign) else []:
        yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def repeated(module: ast.Module) -> list[str]:
    """Words that one mapping of the module has twice, each with the line where it begins."""
    mappings = [node for node in ast.walk(module) if isinstance(node, ast.Dict)]
    counted = [
        (mapping, Counter(key.value for key in mapping.keys if isinstance(key, ast.Constant)))
        for mapping in mappings
    ]
    return [
        f"{word!r} in line {mapping.lineno}"
        for mapping, words in counted
        for word, count in words.items()
        if count > 1
    ]


def is_part(value: object) -> bool:
    """True for the rows of one room, which the whole table is put together from."""
    if not isinstance(value, dict) or value is access_table.TABLE:
        return False
    return bool(value) and all(isinstance(row, access_table.Access) for row in value.values())
