"""REST: an exhibit from hand to hand, what does not fit in that, and what is said of it."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from core.asked import require_parameters
from core.rest import StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence import services
from evidence.filters import ItemFilter
from evidence.models import CustodyEvent, CustodyKind, GapNote, Item, custody_of


class CustodyEventSerializer(RowSerializer[CustodyEvent]):
    """What happened (`at`) and when it was entered; `position` and `digest` name its ledger line.

    `in_package`: it happened to the whole in whose sealed package the exhibit lay. The coordinates
    are those of the scene; where an agency keeps its evidence is not told.
    """

    in_package = serializers.SerializerMethodField()

    class Meta:
        model = CustodyEvent
        fields = [
            *("id", "seq", "kind", "at", "precision", "as_stated", "entered_by", "created_at"),
            *("from_person", "from_name", "to_person", "to_name", "from_place", "to_place"),
            *("latitude", "longitude", "purpose", "seal_before", "seal_after", "condition"),
            *("mass_g", "corrects", "in_package", "position", "digest"),
        ]

    def to_representation(self, event: CustodyEvent) -> dict[str, Any]:
        told = super().to_representation(event)
        if event.kind != CustodyKind.COLLECTED:
            told |= {"latitude": None, "longitude": None}
        return told

    def get_in_package(self, event: CustodyEvent) -> bool:
        return event.within_id is not None


class GapNoteSerializer(RowSerializer[GapNote]):
    """One person's word on a gap: an explanation, or the waiver of one."""

    class Meta:
        model = GapNote
        fields = ["id", "words", "said_by", "created_at", "explanation"]


class GapSerializer(serializers.Serializer[services.ItemGap]):
    """One thing that does not fit, in words, and what was said of it.

    It hangs on the event `at`; between `since` and `until` it is not known who had the exhibit,
    and while it goes on `until` is empty.
    """

    key = serializers.CharField(source="gap.key")
    kind = serializers.CharField(source="gap.kind")
    at = serializers.UUIDField(source="gap.at")
    since = serializers.DateTimeField(source="gap.since", allow_null=True)
    until = serializers.DateTimeField(source="gap.until", allow_null=True)
    words = serializers.CharField()
    state = serializers.ChoiceField(choices=["open", "explained", "waived"])
    explanations = GapNoteSerializer(many=True)
    waiver = GapNoteSerializer(allow_null=True)


class CustodySerializer(serializers.Serializer[Any]):
    """Every event of an exhibit, the newest first, and every gap between them."""

    item = serializers.UUIDField()
    events = CustodyEventSerializer(many=True)
    gaps = GapSerializer(many=True)


class OpenGapsSerializer(serializers.Serializer[Any]):
    """An exhibit, and what in its custody nobody has waived."""

    item = serializers.UUIDField()
    case = serializers.UUIDField()
    exhibit_no = serializers.CharField()
    gaps = GapSerializer(many=True)


class ExplainGapInput(StrictSerializer):
    """Which gap, by its key, and how it came about."""

    gap = serializers.CharField(max_length=80)
    words = serializers.CharField(max_length=1000)


class WaiveGapInput(StrictSerializer):
    """Which explanation is accepted, and why."""

    explanation: Any = VisibleField(queryset=GapNote.objects.all())
    words = serializers.CharField(max_length=1000)


class CorrectCustodyInput(StrictSerializer):
    """Which event was entered wrongly, and what is wrong with it."""

    event: Any = VisibleField(queryset=CustodyEvent.objects.all())
    reason = serializers.CharField(max_length=1000)


class DeclareLostInput(StrictSerializer):
    """What was done to find it, and when it was found to be lost."""

    reason = serializers.CharField(max_length=1000)
    at = serializers.DateTimeField(required=False)


class DeclareFoundInput(StrictSerializer):
    """Where it was found, in what condition, and the seal read off it (empty for none)."""

    place = serializers.CharField(max_length=200)
    condition = serializers.CharField(max_length=300)
    seal = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    at = serializers.DateTimeField(required=False)


INPUTS: dict[str, type[serializers.BaseSerializer[Any]]] = {
    "explain_gap": ExplainGapInput,
    "waive_gap": WaiveGapInput,
    "correct_custody": CorrectCustodyInput,
    "declare_lost": DeclareLostInput,
    "declare_found": DeclareFoundInput,
}


class CustodyDeeds:
    """What is told of the custody of exhibits, and said afterwards."""

    @extend_schema(responses=CustodySerializer)
    @action(detail=True, methods=["get"], filterset_class=None)
    def custody(self: Any, request: Request, pk: str | None = None) -> Response:
        """Everything that happened to the exhibit, and every gap, waived ones too."""
        item = self.get_object()
        told = {"item": item.pk, "events": custody_of(item), "gaps": services.gaps_of(item)}
        return Response(CustodySerializer(told).data)

    @extend_schema(responses=OpenGapsSerializer(many=True))
    @action(detail=False, methods=["get"])
    def gaps(self: Any, request: Request) -> Response:
        """Exhibits with gaps that nobody has waived, narrowed as the list of exhibits is."""
        require_parameters(request.query_params, ["limit", "cursor", *ItemFilter.base_filters])
        rows = self.filter_queryset(self.get_queryset().with_open_gaps())
        items = self.paginate_queryset(rows)
        found = [each for each in services.gaps_of_each(items) if each.state != "waived"]
        told = [gaps_told(item, [each for each in found if each.item is item]) for item in items]
        return self.get_paginated_response(  # type: ignore[no-any-return]
            OpenGapsSerializer(told, many=True).data
        )

    @extend_schema(request=ExplainGapInput)
    @action(detail=True, methods=["post"], url_path="explain-gap")
    def explain_gap(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say how a gap came about; it stays open until another person accepts that."""
        item, said = self.get_object(), self.read_body(request)
        return self.show(services.explain_gap(item, by=person(request), **said).item)  # type: ignore[no-any-return]

    @extend_schema(request=WaiveGapInput)
    @action(detail=True, methods=["post"], url_path="waive-gap")
    def waive_gap(self: Any, request: Request, pk: str | None = None) -> Response:
        """Accept somebody else's explanation of something that you had no part in."""
        item, said = self.get_object(), self.read_body(request)
        note = of_this(item, "explanation", said.pop("explanation"))
        return self.show(services.waive_gap(note, by=person(request), **said).item)  # type: ignore[no-any-return]

    @extend_schema(request=CorrectCustodyInput)
    @action(detail=True, methods=["post"], url_path="correct-custody")
    def correct_custody(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say that an event was entered wrongly; enter how it was in truth anew."""
        item, said = self.get_object(), self.read_body(request)
        event = of_this(item, "event", said.pop("event"))
        return self.show(services.correct_custody(event, by=person(request), **said).item)  # type: ignore[no-any-return]

    @extend_schema(request=DeclareLostInput)
    @action(detail=True, methods=["post"], url_path="declare-lost")
    def declare_lost(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say that the exhibit is lost: a person's word, which no count gives."""
        item, said = self.get_object(), self.read_body(request)
        return self.show(services.declare_lost(item, by=person(request), **said))  # type: ignore[no-any-return]

    @extend_schema(request=DeclareFoundInput)
    @action(detail=True, methods=["post"], url_path="declare-found")
    def declare_found(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say that what was lost is there again; whoever found it answers for it from now on."""
        item, said = self.get_object(), self.read_body(request)
        return self.show(services.declare_found(item, by=person(request), **said))  # type: ignore[no-any-return]


def gaps_told(item: Item, gaps: list[services.ItemGap]) -> dict[str, Any]:
    """The open gaps of one exhibit, with what it is called."""
    names = {"item": item.pk, "case": item.case_id, "exhibit_no": item.exhibit_no}
    return {**names, "gaps": gaps}


def of_this(item: Item, field: str, row: Any) -> Any:
    """The event or the word that was named, if it is one of this exhibit."""
    if row.item_id != item.pk:
        raise serializers.ValidationError({field: [_("It belongs to another exhibit.")]})
    return row
