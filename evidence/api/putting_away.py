"""REST: several exhibits put into one place of storage at once."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from core.keyed import kept
from core.models import Once
from core.rest import StrictSerializer, VisibleField
from evidence import services
from evidence.models import Item, StoragePlace
from evidence.services.putting_away import MOST_AT_ONCE


class PutAwayInput(StrictSerializer):
    """Which exhibits, at most 500, into which place, and when."""

    items = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=MOST_AT_ONCE
    )
    storage: Any = VisibleField(queryset=StoragePlace.objects.in_use())
    at = serializers.DateTimeField(required=False)


class PutAwaySerializer(serializers.Serializer[Any]):
    """The exhibits that lie there now."""

    items = serializers.ListField(child=serializers.UUIDField())


INPUTS: dict[str, type[serializers.BaseSerializer[Any]]] = {"put_away": PutAwayInput}


class PuttingAway:
    """What is done to many exhibits in one step."""

    @extend_schema(request=PutAwayInput, responses=PutAwaySerializer, filters=False)
    @action(detail=False, methods=["post"], url_path="put-away", pagination_class=None)
    def put_away(self: Any, request: Request) -> Response:
        """Put exhibits of yours into one place: all of them, or none if one may not lie there."""
        asked = self.read_body(request)
        items = self.items_named(asked.pop("items"))
        stored = services.put_away(items, by=person(request), **asked)
        return self.show_stored([item.pk for item in stored])  # type: ignore[no-any-return]

    def items_named(self: Any, keys: list[UUID]) -> list[Item]:
        """The exhibits, if the asking person sees all of them."""
        items = list(self.get_queryset().filter(pk__in=keys))
        if len(items) < len(set(keys)):
            said = _(
                "Some of these exhibits do not exist, or are not yours to see: leave them out."
            )
            raise serializers.ValidationError({"items": [said]})
        return items

    def show_stored(self, keys: list[UUID]) -> Response:
        """What was put away; by its key only the ids are kept for whoever sends it again."""
        told = PutAwaySerializer({"items": keys}).data
        return kept(Response(told), {"items": [str(key) for key in keys]})

    def again(self: Any, once: Once) -> Response:
        """Those that were put away, as far as they may still be seen."""
        if self.action != "put_away":
            return super().again(once)  # type: ignore[misc, no-any-return]
        keys = (once.plain or {}).get("items", [])
        seen = set(self.get_queryset().filter(pk__in=keys).values_list("pk", flat=True))
        return self.show_stored([key for key in map(UUID, keys) if key in seen])  # type: ignore[no-any-return]
