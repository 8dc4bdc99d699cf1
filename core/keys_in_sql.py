"""Keys on their way between PostgreSQL and the program: a single answer may take thousands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID, SafeUUID

from django.db.models.sql.compiler import SQLCompiler
from psycopg2.extensions import AsIs, new_array_type, new_type, register_adapter, register_type

from core.settled import OfColumn

UUID_OID, UUIDS_OID = 2950, 2951
"""What PostgreSQL calls the type of keys, and of arrays of them (catalogue pg_type)."""


def key_read(text: Any, _cursor: Any) -> UUID | None:
    """A key as PostgreSQL writes it, which needs none of the care that words of people need."""
    if text is None:
        return None
    key = object.__new__(UUID)
    object.__setattr__(key, "int", int(text.replace("-", ""), 16))
    object.__setattr__(key, "is_safe", SafeUUID.unknown)
    return key


def key_written(key: UUID) -> AsIs:
    """A key as a value within a statement; PostgreSQL needs no hyphens."""
    return AsIs(f"'{key.int:032x}'::uuid")


def carry_keys_quickly() -> None:
    """Let every connection read and write keys in these ways; after Django has named its own."""
    from django.db.backends.postgresql import base  # noqa: F401

    one: Any = new_type((UUID_OID,), "UUID", key_read)
    register_type(one)
    register_type(new_array_type((UUIDS_OID,), "UUID[]", one))
    register_adapter(UUID, key_written)


@dataclass(frozen=True, eq=False)
class Keys:
    """Many keys as one value, written out once and asked for as often as need be."""

    written: str

    @classmethod
    def of(cls, keys: Iterable[UUID | str]) -> Self:
        return cls(f"{{{','.join(map(str, keys))}}}")


class OneOf(OfColumn):
    """True where a column holds one of these keys."""

    def __init__(self, path: str, keys: Keys) -> None:
        super().__init__(path)
        self.keys = keys

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = compiler.compile(self.column)
        return f"{column} = ANY(%s::uuid[])", (*parameters, self.keys.written)
