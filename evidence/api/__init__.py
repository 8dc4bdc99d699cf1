"""REST: exhibits, components, files and what is under way."""

from evidence.api.capture import CaptureViewSet
from evidence.api.component import ComponentViewSet
from evidence.api.file import FileViewSet
from evidence.api.item import ItemViewSet
from evidence.api.upload import UploadViewSet

__all__ = ["CaptureViewSet", "ComponentViewSet", "FileViewSet", "ItemViewSet", "UploadViewSet"]
