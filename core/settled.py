"""Questions that are put into words once and asked within others as often as need be.

The same few questions, which cases and which labels somebody may read, stand within nearly every
other. Composing them anew each time was a third of the work of a page.
"""

from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Expression, F, QuerySet
from django.db.models.sql.compiler import SQLCompiler


@dataclass(frozen=True, eq=False)
class Settled:
    """What is asked of some rows, mostly their keys, as a finished question: its text in SQL, and
    what is filled in.

    The rows themselves are looked up by the database each time that it is asked. Without a text
    there are none to look up.
    """

    sql: str
    parameters: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> Self:
        """The question for the keys of these rows."""
        return cls.wholly(rows.order_by().values("pk"))

    @classmethod
    def wholly(cls, rows: QuerySet[Any]) -> Self:
        """The question for all that is asked of these rows, in their order."""
        try:
            sql, parameters = rows.query.sql_with_params()
        except EmptyResultSet:
            return cls("", ())
        return cls(sql, tuple(parameters))


class OfColumn(Expression):
    """A condition on one column, or on one at the end of a path of relations."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, path: str) -> None:
        super().__init__()
        self.column: Any = F(path)

    def get_source_expressions(self) -> list[Any]:
        return [self.column]

    def set_source_expressions(self, expressions: Any) -> None:
        (self.column,) = expressions


class Among(OfColumn):
    """True where a column holds the key of one of the settled rows."""

    def __init__(self, path: str, rows: Settled) -> None:
        super().__init__(path)
        self.rows = rows

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if not self.rows.sql:
            return "FALSE", ()
        column, parameters = compiler.compile(self.column)
        return f"{column} IN ({self.rows.sql})", (*parameters, *self.rows.parameters)


class AmongFirst(Among):
    """The same of a few rows that are looked up first, all at once, before anything is joined.

    The database has then nothing to weigh between them and what is read along, which for few rows
    takes it longer than reading them.
    """

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if not self.rows.sql:
            return "FALSE", ()
        column, parameters = compiler.compile(self.column)
        return f"{column} = ANY(ARRAY({self.rows.sql}))", (*parameters, *self.rows.parameters)
