"""REST: the matrix of a case: its rows, what it says, and its snapshots."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.api.matrix_figures import ChangeSerializer, RivalMatrixSerializer, told
from attribution.filters import MatrixRowFilter, MatrixSnapshotFilter
from attribution.http import whole_case
from attribution.methods.matrix_diff import changes
from attribution.models import Claim, MatrixRow, MatrixSnapshot
from attribution.models.matrix import THINGS
from comparison.models import Link
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence.models import Item
from investigations.models import Case, SourceReport

FACTS = list(services.MatrixRowFacts.__annotations__)
SINCE = [OpenApiParameter("since", str, required=True, description="The id of another snapshot.")]


class MatrixViewSet(GenericViewSet[Case]):
    """The matrix of a case, named by the id of the case."""

    policy = SIGNED_IN
    serializer_class = RivalMatrixSerializer
    queryset = Case.objects.none()

    @extend_schema(responses=RivalMatrixSerializer)
    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """Figures and ratings; those of others only once your own sheet is in."""
        case = whole_case(person(request), pk or "")
        matrix = services.read_matrix(case, person(request))
        return Response(told(matrix))


class MatrixRowSerializer(RowSerializer[MatrixRow]):
    """What the rival hypotheses are held against, and how much it weighs."""

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = MatrixRow
        fields = [
            *("id", "case", "ref", "version", "created_at", "updated_at", "handling"),
            *("added_by", "taken_out_reason", *THINGS, *FACTS),
        ]


class MatrixRowInput(StrictSerializer, RowSerializer[MatrixRow]):
    """One claim, exhibit, confirmed comparison or source report; credibility follows its grade."""

    case = VisibleField(queryset=Case.objects.all())
    claim: Any = VisibleField(queryset=Claim.objects.all(), required=False)
    item: Any = VisibleField(queryset=Item.objects.all(), required=False)
    link: Any = VisibleField(queryset=Link.objects.all(), required=False)
    source_report: Any = VisibleField(queryset=SourceReport.objects.all(), required=False)

    class Meta:
        model = MatrixRow
        fields = ["case", *THINGS, *FACTS]
        validators: list[Any] = []

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        things = [attrs.pop(name) for name in THINGS if name in attrs]
        if len(things) != 1:
            raise serializers.ValidationError(_("Name one claim, exhibit, comparison or report."))
        return {**attrs, "thing": things[0]}


class MatrixRowChanges(StrictSerializer, RowSerializer[MatrixRow]):
    """What may be said otherwise of a row; it stays about the same thing."""

    class Meta:
        model = MatrixRow
        fields = FACTS


class TakeOutInput(StrictSerializer):
    """Why a row counts no more."""

    reason = serializers.CharField()


class MatrixRowViewSet(RecordViewSet[MatrixRow]):
    """Rows of the matrices of the cases that you read as a whole."""

    policy = SIGNED_IN
    model = MatrixRow
    serializer_class = MatrixRowSerializer
    filterset_class = MatrixRowFilter
    relations = ("case",)
    inputs = {
        "create": MatrixRowInput,
        "partial_update": MatrixRowChanges,
        "take_out": TakeOutInput,
    }

    @extend_schema(request=MatrixRowInput, responses={201: MatrixRowSerializer})
    def create(self, request: Request) -> Response:
        """Put one thing before the rival hypotheses of its case."""
        facts = self.read_body(request)
        row = services.add_matrix_row(facts.pop("case"), by=person(request), **facts)
        return self.show(row, status=201)

    @extend_schema(request=MatrixRowChanges, responses=MatrixRowSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Weigh the row as you read it otherwise: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_matrix_row)

    @extend_schema(request=TakeOutInput, responses=MatrixRowSerializer)
    @action(detail=True, methods=["post"], url_path="take-out")
    def take_out(self, request: Request, pk: str | None = None) -> Response:
        """Let the row count no more; what was rated of it stays on record."""
        row, asked = self.get_object(), self.read_body(request)
        return self.show(services.take_out_matrix_row(row, by=person(request), **asked))

    @extend_schema(request=None, responses=MatrixRowSerializer)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, pk: str | None = None) -> Response:
        """Let the row count again, with the ratings it had."""
        return self.show(services.put_back_matrix_row(self.get_object(), by=person(request)))


class MatrixSnapshotSerializer(RowSerializer[MatrixSnapshot]):
    """The matrix as it stood: `body` in plain JSON, figures as exact fractions such as 9/4."""

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = MatrixSnapshot
        fields = [
            *("id", "case", "number", "reason", "taken_by", "created_at", "sha256"),
            *("handling", "body"),
        ]


class MatrixSnapshotLine(MatrixSnapshotSerializer):
    """A snapshot as it is listed: without the matrix itself."""

    class Meta(MatrixSnapshotSerializer.Meta):
        fields = [name for name in MatrixSnapshotSerializer.Meta.fields if name != "body"]


class MatrixSnapshotInput(StrictSerializer, RowSerializer[MatrixSnapshot]):
    """On which occasion the matrix is kept."""

    case = VisibleField(queryset=Case.objects.all())

    class Meta:
        model = MatrixSnapshot
        fields = ["case", "reason"]


class MatrixSnapshotViewSet(RecordViewSet[MatrixSnapshot]):
    """Snapshots in which no sheet stands that is still kept from you."""

    policy = SIGNED_IN
    model = MatrixSnapshot
    serializer_class = MatrixSnapshotSerializer
    filterset_class = MatrixSnapshotFilter
    relations = ("case",)
    inputs = {"create": MatrixSnapshotInput}

    @extend_schema(responses=MatrixSnapshotLine(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Snapshots without the matrix itself; read one for that."""
        return super().list(request, *args, **kwargs)

    def get_serializer_class(self) -> type[serializers.BaseSerializer[MatrixSnapshot]]:
        return MatrixSnapshotLine if self.action == "list" else MatrixSnapshotSerializer

    @extend_schema(request=MatrixSnapshotInput, responses={201: MatrixSnapshotSerializer})
    def create(self, request: Request) -> Response:
        """Keep the matrix of a case as you read it now."""
        facts = self.read_body(request)
        taken = services.take_matrix_snapshot(facts.pop("case"), by=person(request), **facts)
        return self.show(taken, status=201)

    @extend_schema(parameters=SINCE, responses=ChangeSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def changes(self, request: Request, pk: str | None = None) -> Response:
        """What is otherwise in it than in the snapshot ?since=…"""
        after = self.get_object()
        seen = self.get_queryset().filter(case=after.case_id)
        before = get_object_or_404(seen, pk=request.query_params.get("since", pk))
        return Response(ChangeSerializer(changes(before.body, after.body), many=True).data)
