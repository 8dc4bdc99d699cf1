"""REST: who uploaded a file, and covering pictures that are hard to look at."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from core.rest import StrictSerializer
from evidence import services


class PublicationInput(StrictSerializer):
    """Where a file was published; `uploader` is kept apart and never told again by this door."""

    platform_url = serializers.URLField(max_length=1000, allow_blank=True)
    archived_url = serializers.URLField(max_length=1000, allow_blank=True)
    uploader = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", write_only=True
    )


INPUTS: dict[str, type[serializers.BaseSerializer[Any]]] = {"publish": PublicationInput}


class PublicationDeeds:
    """What may be said of a file that came from a platform, or is hard to look at."""

    @extend_schema(request=PublicationInput)
    @action(detail=True, methods=["post"], url_path="publication")
    def publish(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say where it was published; the uploader is kept apart from everything you may read."""
        file, asked = self.get_object(), self.read_body(request)
        return self.show(  # type: ignore[no-any-return]
            services.describe_publication(file, by=person(request), **asked)
        )

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cover(self: Any, request: Request, pk: str | None = None) -> Response:
        """Mark it as graphic: its picture is covered until somebody asks for it."""
        file = services.mark_graphic(self.get_object(), by=person(request))
        return self.show(file)  # type: ignore[no-any-return]

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def uncover(self: Any, request: Request, pk: str | None = None) -> Response:
        """No longer mark it as graphic."""
        file = services.unmark_graphic(self.get_object(), by=person(request))
        return self.show(file)  # type: ignore[no-any-return]
