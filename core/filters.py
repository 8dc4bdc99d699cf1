"""What every REST list is narrowed by has in common: only records in sight count."""

from typing import Any

from django_filters import rest_framework as filters

SINCE = {"created_since": "created_at", "updated_since": "updated_at"}


class VisibleFilterSet(filters.FilterSet):
    """Narrows by records that the asking person may see; a hidden one is as unknown as no one.

    Where moments would tell more than the door itself, a subclass sets `by_moment` to False.
    """

    by_moment = True

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """Those that are declared, and since when a record was entered or last changed."""
        found: dict[str, Any] = super().get_filters()
        if not cls.by_moment or cls._meta.model is None:
            return found
        columns = {each.name for each in cls._meta.model._meta.fields}
        for name, column in SINCE.items():
            if column in columns:
                found.setdefault(name, filters.IsoDateTimeFilter(column, lookup_expr="gte"))
        return found

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, narrowing in self.filters.items():
            visible_to = getattr(getattr(narrowing, "queryset", None), "visible_to", None)
            if visible_to and self.request and name in self.data:
                narrowing.queryset = visible_to(self.request.user)
