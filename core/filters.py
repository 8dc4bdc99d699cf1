"""What every REST list is narrowed by has in common: only records in sight count."""

from typing import Any

from django_filters import rest_framework as filters


class VisibleFilterSet(filters.FilterSet):
    """Narrows by records that the asking person may see; a hidden one is as unknown as no one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for narrowing in self.filters.values():
            visible_to = getattr(getattr(narrowing, "queryset", None), "visible_to", None)
            if visible_to and self.request:
                narrowing.queryset = visible_to(self.request.user)
