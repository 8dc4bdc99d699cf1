"""REST: examinations and their steps; the second person's yes is given in the browser."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.models import User
from accounts.policy import SIGNED_IN
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence import services
from evidence.filters import LabExamFilter
from evidence.models import File, Item, LabExam
from investigations.models import Case

EXAM_FACTS = list(services.ExamFacts.__annotations__)
RESULT = list(services.ExamResult.__annotations__)
STEPS = [
    *("state", "state_reason", "requested_by", "requested_at", "is_destructive", "approved_by"),
    *("approved_at", "examiner", "examiner_outside", "started_at", "finished_at", "reported_by"),
    *("verifier", "verified_at", "scale_version"),
]


class LabExamSerializer(RowSerializer[LabExam]):
    """An examination as it is shown; `support` is a word of the scale `scale_version`."""

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = LabExam
        fields = [
            *("id", "case", "ref", "version", "created_at", "handling", "exhibits", "samples"),
            *dict.fromkeys([*EXAM_FACTS, *STEPS, *RESULT]),
        ]


class LabExamInput(StrictSerializer, RowSerializer[LabExam]):
    """What asks a laboratory; with `why_destructive` a second person has to agree first."""

    case = VisibleField(queryset=Case.objects.all())
    exhibits: Any = VisibleField(queryset=Item.objects.all(), many=True)
    requested_at = serializers.DateTimeField(required=False, allow_null=True)
    why_destructive = serializers.CharField(max_length=2000, required=False, default="")

    class Meta:
        model = LabExam
        fields = ["case", "exhibits", "requested_at", "why_destructive", *EXAM_FACTS]


class LabExamChanges(StrictSerializer, RowSerializer[LabExam]):
    """What may be asked otherwise until the laboratory has accepted."""

    class Meta:
        model = LabExam
        fields = EXAM_FACTS


class AcceptInput(StrictSerializer):
    """Who examines: somebody of the team, or a name outside of it."""

    examiner: Any = serializers.SlugRelatedField(
        slug_field="username",
        queryset=User.objects.filter(is_active=True),
        required=False,
        allow_null=True,
    )
    examiner_outside = serializers.CharField(max_length=120, required=False, default="")


class MomentInput(StrictSerializer):
    """When it was; now, if nothing is said."""

    at = serializers.DateTimeField(required=False, allow_null=True)


class ExamResultInput(StrictSerializer, RowSerializer[LabExam]):
    """What came out; `version` is that of the examination as it was read."""

    version = serializers.IntegerField(min_value=1)
    finished_at = serializers.DateTimeField(required=False, allow_null=True)
    report_file: Any = VisibleField(queryset=File.objects.all(), required=False, allow_null=True)

    class Meta:
        model = LabExam
        fields = ["version", "finished_at", *RESULT]
        validators = ()  # the service says what is missing


class ExamSampleInput(StrictSerializer):
    """What is taken of which exhibit, and how much."""

    item: Any = VisibleField(queryset=Item.objects.all())
    description = serializers.CharField(max_length=300)
    quantity = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    mass_g = serializers.DecimalField(
        max_digits=12, decimal_places=3, min_value=0, required=False, allow_null=True
    )


class ExamReasonInput(StrictSerializer):
    """Why."""

    reason = serializers.CharField(max_length=1000)


class LabExamViewSet(RecordViewSet[LabExam]):
    """Examinations in the cases that you work on."""

    policy = SIGNED_IN
    model = LabExam
    serializer_class = LabExamSerializer
    filterset_class = LabExamFilter
    relations = ("case",)
    inputs = {
        "create": LabExamInput,
        "partial_update": LabExamChanges,
        "accept": AcceptInput,
        "begin": MomentInput,
        "report": ExamResultInput,
        "sample": ExamSampleInput,
        "refuse": ExamReasonInput,
        "withdraw": ExamReasonInput,
        "reopen": ExamReasonInput,
        "ask_destruction": ExamReasonInput,
    }

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        seen = Item.objects.visible_to(person(self.request))
        return rows.prefetch_related(Prefetch("exhibits", seen), Prefetch("samples", seen))

    @extend_schema(request=LabExamInput, responses={201: LabExamSerializer})
    def create(self, request: Request) -> Response:
        """Put a question about exhibits to a laboratory."""
        facts = self.read_body(request)
        exam = services.request_exam(facts.pop("case"), by=person(request), **facts)
        return self.show(exam, status=201)

    @extend_schema(request=LabExamChanges, responses=LabExamSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Ask otherwise: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_exam)

    @extend_schema(request=AcceptInput, responses=LabExamSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str | None = None) -> Response:
        """The laboratory takes it on."""
        return self.step(request, services.accept_exam)

    @extend_schema(request=MomentInput, responses=LabExamSerializer)
    @action(detail=True, methods=["post"])
    def begin(self, request: Request, pk: str | None = None) -> Response:
        """The examiner sets to work."""
        return self.step(request, services.begin_exam)

    @extend_schema(request=ExamSampleInput, responses=LabExamSerializer)
    @action(detail=True, methods=["post"])
    def sample(self, request: Request, pk: str | None = None) -> Response:
        """Take a sample; the exhibit keeps the rest."""
        return self.step(request, services.take_sample)

    @extend_schema(request=ExamResultInput, responses=LabExamSerializer)
    @action(detail=True, methods=["post"])
    def report(self, request: Request, pk: str | None = None) -> Response:
        """Write down the result, the conclusion and the limitations."""
        return self.step(request, services.report_exam)

    @extend_schema(request=None, responses=LabExamSerializer)
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, pk: str | None = None) -> Response:
        """Another examiner stands by it."""
        exam = services.verify_exam(self.get_object(), by=person(request))
        return self.show(exam)

    @extend_schema(request=ExamReasonInput, responses=LabExamSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str | None = None) -> Response:
        """Another examiner does not stand by it: it goes back to whoever examined."""
        return self.step(request, services.reopen_exam)

    @extend_schema(request=ExamReasonInput, responses=LabExamSerializer)
    @action(detail=True, methods=["post"], url_path="ask-destruction")
    def ask_destruction(self, request: Request, pk: str | None = None) -> Response:
        """Ask anew whether exhibits may be destroyed or altered; a second person agrees."""
        return self.step(request, services.ask_for_destruction)

    @extend_schema(request=ExamReasonInput, responses=LabExamSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str | None = None) -> Response:
        """The laboratory does not take it on."""
        return self.step(request, services.refuse_exam)

    @extend_schema(request=ExamReasonInput, responses=LabExamSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """It is not wanted any more."""
        return self.step(request, services.withdraw_exam)

    def step(self, request: Request, deed: Any) -> Response:
        """Do a step, and show the examination as it is then."""
        exam, said = self.get_object(), self.read_body(request)
        deed(exam, by=person(request), **said)
        return self.show(exam)
