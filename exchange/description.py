"""The OpenAPI document, drawn once in each language: nothing in it depends on who asks."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator


class DrawnOnce(SchemaGenerator):
    """Keeps what it has drawn, since the addresses stay as they are while a process lives."""

    def get_schema(self, request: object = None, public: bool = True) -> dict[str, Any]:
        return description()


def description() -> dict[str, Any]:
    """The document in the reader's language."""
    return _drawn(get_language() or "")


@lru_cache(maxsize=4)  # a reader may ask for any language by name; few are ours
def _drawn(_language: str) -> dict[str, Any]:
    document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return document
