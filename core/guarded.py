"""Querysets of case data: they answer only when it is settled for whom."""

from collections.abc import Iterator
from typing import Any, Self, TypeVar

from django.db import models

from core.kept import remember
from core.scope import Unscoped, asked_by_the_system

Row = TypeVar("Row", bound=models.Model, covariant=True)


class GuardedQuerySet(models.QuerySet[Row]):
    """Raises when it is evaluated, unless `visible_to` has narrowed it or the program itself asks.

    As a part of another question it is not evaluated: there the outer one has to be narrowed.
    """

    _is_narrowed = False

    def narrowed(self) -> Self:
        """The same rows, marked as those somebody may see; only `visible_to` calls this."""
        rows = self.all()
        rows._is_narrowed = True
        return rows

    def _clone(self) -> Self:
        copy: Self = super()._clone()  # type: ignore[misc]
        copy._is_narrowed = self._is_narrowed
        return copy

    def __or__(self, other: models.QuerySet[Row]) -> Self:
        either = super().__or__(other)
        either._is_narrowed = self._is_narrowed and getattr(other, "_is_narrowed", False)
        return either

    def _combinator_query(self, combinator: str, *others: Any, all: bool = False) -> Self:
        joined: Self = super()._combinator_query(combinator, *others, all=all)  # type: ignore[misc]
        parts = (self, *others)
        joined._is_narrowed = all_narrowed(parts) if combinator == "union" else self._is_narrowed
        return joined

    def _require_asker(self) -> None:
        if self._is_narrowed or asked_by_the_system() or self.query.is_empty():
            return
        raise Unscoped(
            f"{self.model._meta.label}: say for whom with visible_to(user), "
            "or why for everybody with system_scope(reason)."
        )

    def _fetch_all(self) -> None:
        is_fresh = self._result_cache is None
        if is_fresh:
            self._require_asker()
        super()._fetch_all()
        if is_fresh and self.query.select_for_update and getattr(self.model, "kept", False):
            remember(self._result_cache or ())

    def iterator(self, chunk_size: int | None = None) -> Iterator[Row]:
        self._require_asker()
        return super().iterator(chunk_size)

    def count(self) -> int:
        self._require_asker()
        return super().count()

    def exists(self) -> bool:
        self._require_asker()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._require_asker()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._require_asker()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._require_asker()
        return super().delete()


def all_narrowed(parts: tuple[Any, ...]) -> bool:
    """True when each of several questions was narrowed: their union shows what any of them does."""
    return all(getattr(part, "_is_narrowed", False) for part in parts)
