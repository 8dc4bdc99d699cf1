"""REST: finding things by words or by what is written on a part, as the search page does."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.markings import joined
from core.rest import HandlingSerializer, StrictSerializer
from evidence.models import Item
from workspace.forms import LONGEST_SEARCH
from workspace.models import Found, found

Q = OpenApiParameter(
    "q",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_SEARCH},
    required=True,
    description="Words in any order, or a marking.",
)


class SearchInput(StrictSerializer):
    """What is looked for."""

    q = serializers.CharField(max_length=LONGEST_SEARCH)


class FoundSerializer(serializers.Serializer[Any]):
    """One thing found: its `id` at its own address, its number, what it is and where it belongs."""

    id = serializers.UUIDField(source="key")
    ref = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)
    sub = serializers.CharField(allow_blank=True)
    page = serializers.SerializerMethodField()

    def get_page(self, hit: Any) -> str:
        return str(self.context["request"].build_absolute_uri(hit.url))


class FoundGroupSerializer(serializers.Serializer[Any]):
    """Things of one kind, named as their address is; `more` says that there are others."""

    kind = serializers.ChoiceField(choices=Found.choices)
    more = serializers.BooleanField()
    hits: Any = FoundSerializer(many=True)


class SearchSerializer(serializers.Serializer[Any]):
    """What was found, by kind: at most ten of each, kinds without any left out.

    `labelled` is the exhibit whose printed label was scanned. `handling` is that of all of it
    together, null where nothing of a case was found.
    """

    labelled = serializers.UUIDField(allow_null=True)
    handling = HandlingSerializer(allow_null=True)
    groups: Any = FoundGroupSerializer(many=True)


class SearchViewSet(ViewSet):
    """One search across all that you may see; a list of each kind narrows further."""

    policy = SIGNED_IN

    @extend_schema(parameters=[Q], responses=SearchSerializer)
    def search(self, request: Request) -> Response:
        """Search; nothing is told of what you may not see, not even that there is any."""
        sent = {name: said for name, said in request.query_params.items() if name != "format"}
        asked = SearchInput(data=sent)
        asked.is_valid(raise_exception=True)
        you, words = person(request), asked.validated_data["q"]
        labelled = Item.objects.visible_to(you).labelled(words).first()
        groups = found(you, words)
        shown = {handling for group in groups for handling in group.handlings}
        shown |= {labelled.handling} if labelled else set()
        told = {
            "labelled": labelled and labelled.pk,
            "handling": joined(shown) if shown else None,
            "groups": groups,
        }
        return Response(SearchSerializer(told, context={"request": request}).data)
