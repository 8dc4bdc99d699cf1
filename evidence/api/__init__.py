"""REST: exhibits, components and files."""

from evidence.api.component import ComponentViewSet
from evidence.api.file import FileViewSet
from evidence.api.item import ItemViewSet

__all__ = ["ComponentViewSet", "FileViewSet", "ItemViewSet"]
