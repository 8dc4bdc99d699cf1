"""Who is asking: every question to the tables of cases is asked in somebody's name.

Above stand the querysets, which raise unless they were narrowed to what a person may see. Beneath
stands PostgreSQL's row-level security: each statement carries the asker with it, for that
statement alone, so that nothing is left on a connection that the next request could inherit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol
from uuid import UUID

from psycopg2.extensions import TRANSACTION_STATUS_IDLE, TRANSACTION_STATUS_INERROR, cursor

NOBODY, SYSTEM = "", "system"
VARIABLE = "vestige.asking"


class Unscoped(RuntimeError):
    """Rows of cases were asked for without saying for whom."""


class Person(Protocol):
    """Whoever can ask."""

    @property
    def pk(self) -> UUID: ...


_asking: ContextVar[str] = ContextVar("vestige_asking", default=NOBODY)


@contextmanager
def asking_as(user: Person | None) -> Iterator[None]:
    """Ask in this person's name; nobody at all sees nothing of any case."""
    before = _asking.set(str(user.pk) if user else NOBODY)
    try:
        yield
    finally:
        _asking.reset(before)


@contextmanager
def system_scope(reason: str) -> Iterator[None]:
    """Ask as the program itself, which sees every row; `reason` says why that is needed."""
    if not reason.strip():
        raise Unscoped("Say why the program itself must see every row.")
    before = _asking.set(SYSTEM)
    try:
        yield
    finally:
        _asking.reset(before)


def ask_as_from_now_on(user: Person) -> None:
    """Within `asking_as`: a key has just shown for whom this request speaks."""
    _asking.set(str(user.pk))


def asker() -> str:
    """The id of whoever asks, `system` for the program itself, nothing for nobody."""
    return _asking.get()


def asked_by_the_system() -> bool:
    """True inside `system_scope`."""
    return _asking.get() == SYSTEM


class ScopedCursor(cursor):
    """A cursor whose every statement says who asks, in the same round trip and for itself alone."""

    def execute(self, query: Any, vars: Any = None) -> None:
        if self.name:
            self._declare(query, vars)
            return
        super().execute(self._said_by_whom() + self._text(query), vars)

    def _declare(self, query: Any, vars: Any) -> None:
        """A statement read bit by bit becomes a DECLARE, before which who asks is said apart.

        Outside a transaction it gets one of its own, at whose end PostgreSQL keeps the rows.
        """
        alone = self.connection.info.transaction_status == TRANSACTION_STATUS_IDLE
        plain = cursor(self.connection)
        if alone:
            plain.execute("BEGIN")
        try:
            plain.execute(self._said_by_whom() or "SELECT 1")
            super().execute(query, vars)
        except BaseException:
            if alone:
                plain.execute("ROLLBACK")
            raise
        if alone:
            plain.execute("COMMIT")

    def executemany(self, query: Any, vars_list: Any) -> None:
        super().executemany(self._said_by_whom() + self._text(query), vars_list)

    def _said_by_whom(self) -> str:
        who, status = _asking.get(), self.connection.info.transaction_status
        if status == TRANSACTION_STATUS_INERROR:  # only a rollback is listened to
            return ""
        if who == NOBODY and status == TRANSACTION_STATUS_IDLE:
            return ""
        return f"SELECT set_config('{VARIABLE}', '{who}', true);"

    def _text(self, query: Any) -> str:
        if isinstance(query, bytes):
            return query.decode()
        return query if isinstance(query, str) else str(query.as_string(self))

    @property
    def query(self) -> bytes | None:
        """The statement as it was asked, without what was said before it."""
        sent: bytes | None = super().query
        mark = f"SELECT set_config('{VARIABLE}',".encode()
        return sent.partition(b";")[2] if sent and sent.startswith(mark) else sent
