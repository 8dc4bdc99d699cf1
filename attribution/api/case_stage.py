"""REST: where a case stands, what its next gate asks for, moving, concluding and re-opening it."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.forms.case_stage import LONGEST_REASON, stages_in_reach
from attribution.http import whole_case
from core.conditions import PreconditionFailed, etag_of, version_read
from core.errors import Stale
from core.keyed import KeyedViewSet
from core.models import Once
from core.rest import StrictSerializer
from investigations.models import Case, CaseOutcome, Duty, ReopeningGround, Stage
from investigations.services import reopen_case

OF_ONE = [
    OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH),
]
AS_READ = [
    *OF_ONE,
    OpenApiParameter("If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True),
]


class PointSerializer(serializers.Serializer[Any]):
    """One thing that a gate asks for; `left` is how much of it is open, `href` where it is done.

    Nobody passes while one that `bars` is open. Of the others it is kept that they were.
    """

    code = serializers.CharField()
    words = serializers.CharField()
    left = serializers.IntegerField()
    bars = serializers.BooleanField()
    href = serializers.SerializerMethodField()

    def get_href(self, point: services.Point) -> str:
        door = point.door(self.context["case"])
        return str(self.context["request"].build_absolute_uri(door)) if door else ""


class GateAheadSerializer(serializers.Serializer[Any]):
    """The gate of one stage that lies ahead, as far as you may see what it asks for."""

    stage = serializers.ChoiceField(choices=Stage.choices)
    points: Any = PointSerializer(many=True)


class StandingSerializer(serializers.Serializer[Any]):
    """Where a case stands; `within_reach` are the stages that it can be moved to from here."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    status = serializers.ChoiceField(choices=Case.Status.choices)
    stage = serializers.ChoiceField(choices=Stage.choices)
    outcome = serializers.ChoiceField(choices=CaseOutcome.choices, allow_blank=True)
    within_reach = serializers.SerializerMethodField()
    gates: Any = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(Stage.choices)))
    def get_within_reach(self, case: Case) -> list[str]:
        return [str(stage.value) for stage in stages_in_reach(case)]

    @extend_schema_field(GateAheadSerializer(many=True))
    def get_gates(self, case: Case) -> Any:
        reader = person(self.context["request"])
        gates = [
            {"stage": stage.value, "points": services.gate_to(stage, case, reader)}
            for stage in services.stages_ahead(case)
        ]
        context = {**self.context, "case": case}
        return GateAheadSerializer(gates, many=True, context=context).data


class MoveInput(StrictSerializer):
    """The stage to move to: the next one, or one that lies behind, and why."""

    stage = serializers.ChoiceField(choices=Stage.choices)
    reason = serializers.CharField(max_length=LONGEST_REASON)


class ConclusionInput(StrictSerializer):
    """What the case came to, and why it ends."""

    outcome = serializers.ChoiceField(choices=CaseOutcome.choices)
    reason = serializers.CharField(max_length=LONGEST_REASON)


class ReopeningInput(StrictSerializer):
    """On what ground the case is taken up again, and why."""

    ground = serializers.ChoiceField(choices=ReopeningGround.choices)
    reason = serializers.CharField(max_length=LONGEST_REASON)


class CaseStageViewSet(KeyedViewSet[Case]):
    """The stages of the cases that you read as a whole.

    Whoever moves a case sends as `If-Match` the ETag with which it was read: its gate is looked at
    by somebody who has seen where it stands. While something bars the way, the answer is a problem
    (RFC 9457) with every open ground under `reasons`, each with the page where it is mended.
    """

    policy = SIGNED_IN
    decides = ("conclude", "reopen")
    serializer_class = StandingSerializer
    queryset = Case.objects.none()

    @extend_schema(parameters=OF_ONE, responses=StandingSerializer)
    @action(detail=True, methods=["get"])
    def stage(self, request: Request, pk: str) -> Response:
        """Where the case stands, and what the gates ask for that lie ahead."""
        return self.standing(whole_case(person(request), pk))

    @extend_schema(parameters=AS_READ, request=MoveInput, responses=StandingSerializer)
    @stage.mapping.post
    def move(self, request: Request, pk: str) -> Response:
        """Move the case through the gate of its next stage, or back to an earlier one."""
        return self.moved(pk, MoveInput, services.move_case)

    @extend_schema(parameters=AS_READ, request=ConclusionInput, responses=StandingSerializer)
    @action(detail=True, methods=["post"])
    def conclude(self, request: Request, pk: str) -> Response:
        """End the case with what it came to."""
        return self.moved(pk, ConclusionInput, services.conclude_case)

    @extend_schema(parameters=AS_READ, request=ReopeningInput, responses=StandingSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Take the ended case up again; what was released stands until it is superseded."""
        return self.moved(pk, ReopeningInput, reopen_case)

    def moved(
        self, pk: str, asks: type[serializers.Serializer[Any]], deed: Callable[..., Case]
    ) -> Response:
        """Do the deed to the case as it was read, and tell where it stands then."""
        by = person(self.request)
        case = whole_case(by, pk)
        case.require(by, Duty.MANAGE)
        version = version_read(self.request.headers.get("If-Match"))
        form = asks(data=self.request.data)
        form.is_valid(raise_exception=True)
        try:
            deed(case, by=by, version=version, **form.validated_data)
        except Stale as stale:
            raise PreconditionFailed(str(stale)) from None
        return self.standing(whole_case(by, pk))

    def standing(self, case: Case) -> Response:
        """Where the case stands, and which version of it that is."""
        return Response(self.get_serializer(case).data, headers=etag_of(case))

    def again(self, once: Once) -> Response:
        """The answer of before, as the case stands now."""
        return self.standing(whole_case(person(self.request), str(once.subject)))
