"""REST: records from peers, field by field beside ours: accepted into records of ours, or not."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from catalogue.models import ComponentCategory
from core.filters import VisibleFilterSet
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence.models import Item
from exchange import services
from exchange.formats.peer.values import EXHIBIT_FIELDS, INCIDENT_FIELDS
from exchange.models import DeliveredRecord
from investigations.models import Incident


class DeliveredFilter(VisibleFilterSet):
    """?case=…&delivery=…&kind=exhibit&state=waiting&origin_id=…&item=…"""

    class Meta:
        model = DeliveredRecord
        fields = ["case", "delivery", "kind", "state", "origin_id", "incident", "item"]


class DeliveredLineSerializer(serializers.Serializer[Any]):
    """One field: what they say, what they said before, and what stands here.

    `is_new` where they say something else than they did, or than stands here.
    """

    name = serializers.CharField()
    label: Any = serializers.CharField()
    theirs = serializers.CharField()
    before = serializers.CharField()
    ours = serializers.CharField()
    is_new = serializers.BooleanField()


class DeliveredSerializer(RowSerializer[DeliveredRecord]):
    """A record of theirs; `facts` and `files` stay as they came, `taken` names what we took over.

    One alone has its `lines`, each field that can be taken over beside ours; in a list they are
    `null`. `before` is an earlier version of the same record of theirs.
    """

    handling = HandlingSerializer(read_only=True)
    lines = serializers.SerializerMethodField()

    class Meta:
        model = DeliveredRecord
        fields = [
            *("id", "case", "created_at", "handling", "delivery", "kind", "origin_id"),
            *("origin_ref", "digest", "facts", "files", "before", "state", "taken", "incident"),
            *("item", "decided_by", "recalled_at", "lines"),
        ]

    @extend_schema_field(DeliveredLineSerializer(many=True, allow_null=True))
    def get_lines(self, delivered: DeliveredRecord) -> Any:
        """Beside the record of ours that it, or an earlier version of it, became."""
        if self.context["view"].action == "list":
            return None
        ours = services.ours_of(delivered, person(self.context["request"]))
        return DeliveredLineSerializer(services.lines_of(delivered, ours), many=True).data


def chosen_among(fields: Iterable[str]) -> serializers.ListField:
    """Which of these fields are taken over; none where none is named."""
    child = serializers.ChoiceField(choices=list(fields))
    return serializers.ListField(child=child, source="fields", required=False, default=list)


class AcceptIncidentInput(StrictSerializer):
    """What is taken over, and into which incident; without one under which neutral title."""

    taken: Any = chosen_among(INCIDENT_FIELDS)
    into = VisibleField(queryset=Incident.objects.all(), required=False)
    title = serializers.CharField(max_length=200, required=False, default="")


class AcceptExhibitInput(StrictSerializer):
    """What is taken over, and into which exhibit; without one of which incident and kind it is."""

    taken: Any = chosen_among(EXHIBIT_FIELDS)
    into = VisibleField(queryset=Item.objects.all(), required=False)
    incident = VisibleField(queryset=Incident.objects.all(), required=False)
    kind: Any = serializers.SlugRelatedField(
        slug_field="code", queryset=ComponentCategory.objects.all(), required=False
    )


class DeliveredViewSet(RecordViewSet[DeliveredRecord]):
    """Records of peers in the cases that you work on; each is accepted as what it is, or not."""

    policy = SIGNED_IN
    model = DeliveredRecord
    serializer_class = DeliveredSerializer
    filterset_class = DeliveredFilter
    relations = ("case", "delivery__peer", "incident", "item", "before")
    inputs = {"accept_incident": AcceptIncidentInput, "accept_exhibit": AcceptExhibitInput}

    @extend_schema(request=AcceptIncidentInput, responses=DeliveredSerializer)
    @action(detail=True, methods=["post"], url_path="accept-incident")
    def accept_incident(self, request: Request, pk: str | None = None) -> Response:
        """Take an attack over; it is cited with the peer as its source, not graded yet."""
        delivered, said = self.get_object(), self.read_body(request)
        services.accept_delivered_incident(delivered, by=person(request), **said)
        return self.show(delivered)

    @extend_schema(request=AcceptExhibitInput, responses=DeliveredSerializer)
    @action(detail=True, methods=["post"], url_path="accept-exhibit")
    def accept_exhibit(self, request: Request, pk: str | None = None) -> Response:
        """Take an exhibit over with its originals; the thing and its custody stay with the peer."""
        delivered, said = self.get_object(), self.read_body(request)
        services.accept_delivered_exhibit(delivered, by=person(request), **said)
        return self.show(delivered)

    @extend_schema(request=None, responses=DeliveredSerializer)
    @action(detail=True, methods=["post"], url_path="accept-files")
    def accept_files(self, request: Request, pk: str | None = None) -> Response:
        """Take in originals that belonged to no exhibit there, for sorting here."""
        return self.show(services.accept_delivered_files(self.get_object(), by=person(request)))

    @extend_schema(request=None, responses=DeliveredSerializer)
    @action(detail=True, methods=["post"], url_path="set-aside")
    def set_aside(self, request: Request, pk: str | None = None) -> Response:
        """Take nothing over of it; it stays readable."""
        return self.show(services.set_aside_delivered(self.get_object(), by=person(request)))
