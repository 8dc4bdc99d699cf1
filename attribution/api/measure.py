"""REST: measures, their steps, and what came of the findings of a case."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.filters import MeasureFilter
from attribution.http import whole_case
from attribution.models import Actor, Finding, Measure, MeasureStep
from attribution.models.measure_words import StepKind
from core.asked import require_parameters
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations.models import Case

MEASURE_FACTS = list(services.MeasureFacts.__annotations__)
STEP_FACTS = list(services.StepFacts.__annotations__)
TOLD = ("day", "legal_ref", "url", "words")
DAYS = [
    OpenApiParameter(
        "days",
        int,
        description=f"Days without a step after which it is overdue; {services.SILENT_AFTER}.",
    )
]


class StepSerializer(RowSerializer[MeasureStep]):
    """One step as it was entered; `corrects` is the id of the wrong one in whose place it is."""

    class Meta:
        model = MeasureStep
        fields = ["id", "seq", "entered_by", "created_at", *STEP_FACTS]


class MeasureSerializer(RowSerializer[Measure]):
    """One measure, the released version it rests on, and everything that happened to it.

    `state` is the newest step that was not corrected. `rests_on_what_stands` is false once the
    finding was superseded or withdrawn; `carried_out` is false while the measure is words.
    """

    finding = serializers.UUIDField(source="release.finding_id", read_only=True)
    finding_version = serializers.IntegerField(source="release.submission.number", read_only=True)
    finding_sha256 = serializers.CharField(source="release.submission.sha256", read_only=True)
    rests_on_what_stands = serializers.BooleanField(read_only=True)
    state = serializers.CharField(read_only=True, allow_null=True)
    carried_out = serializers.BooleanField(source="is_carried_out", read_only=True)
    steps: Any = StepSerializer(many=True, read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Measure
        fields = [
            *("id", "case", "ref", "version", "created_at", "updated_at", "handling"),
            *("finding", "finding_version", "finding_sha256", "rests_on_what_stands", "target"),
            *("state", "carried_out", "steps", "entered_by", "withdrawn_reason", *MEASURE_FACTS),
        ]


class MeasureInput(StrictSerializer, RowSerializer[Measure]):
    """What enters a measure on a released finding; `step` and what follows are its first step."""

    finding = VisibleField(queryset=Finding.objects.all())
    target: Any = VisibleField(queryset=Actor.objects.all(), required=False, allow_null=True)
    step: Any = serializers.ChoiceField(choices=StepKind.choices)
    day = serializers.DateField(required=False)
    legal_ref = serializers.CharField(required=False, allow_blank=True, max_length=300)
    url = serializers.URLField(required=False, allow_blank=True, max_length=1000)
    words = serializers.CharField(required=False, allow_blank=True)

    class Meta:
        model = Measure
        fields = ["finding", "target", *MEASURE_FACTS, "step", *TOLD]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The first step by itself."""
        attrs = super().validate(attrs)
        first = {name: attrs.pop(name) for name in TOLD if name in attrs}
        return {"first": {"kind": attrs.pop("step"), **first}, **attrs}


class MeasureChanges(StrictSerializer, RowSerializer[Measure]):
    """What may be said otherwise; what it rests on and whom it is against stays."""

    class Meta:
        model = Measure
        fields = MEASURE_FACTS


class StepInput(StrictSerializer, RowSerializer[MeasureStep]):
    """What happened; with `corrects` in place of a step that was wrong, and why in `words`."""

    corrects: Any = VisibleField(
        queryset=MeasureStep.objects.all(), required=False, allow_null=True
    )

    class Meta:
        model = MeasureStep
        fields = STEP_FACTS
        validators: list[Any] = []


class MeasureWithdrawnInput(StrictSerializer):
    """Why it was entered by mistake."""

    reason = serializers.CharField()


class MeasureViewSet(RecordViewSet[Measure]):
    """Measures of the cases that you read as a whole; each rests on a finding that was released."""

    policy = SIGNED_IN
    model = Measure
    serializer_class = MeasureSerializer
    filterset_class = MeasureFilter
    relations = ("case", "release__finding", "release__submission")
    inputs = {
        "create": MeasureInput,
        "partial_update": MeasureChanges,
        "steps": StepInput,
        "withdraw": MeasureWithdrawnInput,
    }

    def get_queryset(self) -> QuerySet[Measure]:
        """Each with its steps."""
        rows: Any = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows  # type: ignore[no-any-return]
        return services.followed(rows, person(self.request))

    @extend_schema(request=MeasureInput, responses={201: MeasureSerializer})
    def create(self, request: Request) -> Response:
        """Enter a measure that rests on a released finding, with the first step of it."""
        facts = self.read_body(request)
        measure = services.record_measure(facts.pop("finding"), by=person(request), **facts)
        return self.show(measure, status=201)

    @extend_schema(request=MeasureChanges, responses=MeasureSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the measure as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_measure)

    @extend_schema(request=StepInput, responses={201: MeasureSerializer})
    @action(detail=True, methods=["post"])
    def steps(self, request: Request, pk: str | None = None) -> Response:
        """Enter what happened next; no step is ever changed."""
        measure, asked = self.get_object(), self.read_body(request)
        services.take_step(measure, by=person(request), **asked)
        return self.show(measure, status=201)

    @extend_schema(request=MeasureWithdrawnInput, responses=MeasureSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """Say that it was entered by mistake; it stays readable."""
        measure, asked = self.get_object(), self.read_body(request)
        return self.show(services.withdraw_measure(measure, by=person(request), **asked))


class FollowedSerializer(serializers.Serializer[Any]):
    """One measure and what is overdue of it; `days_silent` only where a step is awaited."""

    measure = serializers.UUIDField(source="measure.pk")
    kind = serializers.CharField(source="measure.kind")
    state = serializers.CharField(source="measure.state", allow_null=True)
    carried_out = serializers.BooleanField(source="measure.is_carried_out")
    withdrawn = serializers.BooleanField(source="measure.is_withdrawn")
    days_silent = serializers.IntegerField(allow_null=True)
    step_overdue = serializers.BooleanField(source="is_silent")
    follow_ups_overdue = serializers.SerializerMethodField()

    def get_follow_ups_overdue(self, followed: Any) -> list[str]:
        return [str(one.pk) for one in followed.overdue_follow_ups]


class OutcomeSerializer(serializers.Serializer[Any]):
    """What followed one released finding; `words_only` where nothing of it was carried out."""

    finding = serializers.UUIDField(source="release.finding_id")
    finding_status = serializers.CharField(source="finding.status")
    finding_version = serializers.IntegerField(source="release.submission.number")
    released_at = serializers.DateTimeField(source="release.decided_at")
    words_only = serializers.BooleanField(source="is_symbolic")
    measures: Any = FollowedSerializer(many=True)


class AccountabilitySerializer(serializers.Serializer[Any]):
    """What came of the findings of a case."""

    days = serializers.IntegerField()
    outcomes: Any = OutcomeSerializer(many=True)


class DaysInput(serializers.Serializer[Any]):
    """After how many days without a step an announcement counts as overdue."""

    days = serializers.IntegerField(
        min_value=1, max_value=3650, required=False, default=services.SILENT_AFTER
    )


class AccountabilityViewSet(GenericViewSet[Case]):
    """What came of the findings of a case, named by the id of the case."""

    policy = SIGNED_IN
    serializer_class = AccountabilitySerializer
    queryset = Case.objects.none()

    @extend_schema(parameters=DAYS, responses=AccountabilitySerializer)
    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """Every released finding with what was announced, what was done and what is overdue."""
        case = whole_case(person(request), pk or "")
        asked = DaysInput(data=request.query_params)
        require_parameters(request.query_params, asked.fields)
        asked.is_valid(raise_exception=True)
        days = asked.validated_data["days"]
        outcomes = services.account_of(case, person(request), silent_after=days)
        return Response(AccountabilitySerializer({"days": days, "outcomes": outcomes}).data)
