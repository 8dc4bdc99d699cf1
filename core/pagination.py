"""How long lists are cut: by keyset, so that the last page costs what the first does."""

from rest_framework.pagination import CursorPagination


class RecordCursor(CursorPagination):
    """REST lists, newest first; `?limit=` up to 200 rows."""

    ordering = "-id"
    page_size_query_param = "limit"
    max_page_size = 200
