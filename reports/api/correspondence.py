"""REST: letters of trace requests and examinations, as PDF files."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.keyed import KeyedViewSet
from core.models import Once
from core.rest import StrictSerializer
from evidence.models import LabExam, TraceRequest
from reports import services
from reports.http import letter_file
from reports.models import Report

PDF: Any = {(200, "application/pdf"): OpenApiTypes.BINARY}
OF_ONE = [OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)]


class LetterInput(StrictSerializer):
    """The language that the letter is written in."""

    language = serializers.ChoiceField(choices=Report.Language.choices)


class TraceLetterViewSet(KeyedViewSet[TraceRequest]):
    """Letters of the trace requests that you may see; the program sends none."""

    policy = SIGNED_IN
    serializer_class = LetterInput

    def get_queryset(self) -> Any:
        return TraceRequest.objects.visible_to(person(self.request)).with_lists()

    @extend_schema(parameters=OF_ONE, request=LetterInput, responses=PDF)
    @action(detail=True, methods=["post"])
    def letter(self, request: Request, pk: str | None = None) -> HttpResponse:
        """Make the letter as a PDF file; its digest stands in the ledger, hence no GET."""
        return self.let_out(request)

    def let_out(self, request: Request) -> HttpResponse:
        """The file, in the language that was asked for."""
        trace, language = self.get_object(), language_in(request)
        pdf = services.print_trace_letter(trace, by=person(request), language=language)
        return letter_file(pdf, trace)

    def again(self, once: Once) -> Any:
        """A letter that is asked for again is made again, and that stands in the ledger too."""
        return self.let_out(self.request)


class ExamLetterViewSet(KeyedViewSet[LabExam]):
    """Letters that ask laboratories for the examinations that you may see."""

    policy = SIGNED_IN
    serializer_class = LetterInput

    def get_queryset(self) -> Any:
        return LabExam.objects.visible_to(person(self.request)).with_lists()

    @extend_schema(parameters=OF_ONE, request=LetterInput, responses=PDF)
    @action(detail=True, methods=["post"])
    def letter(self, request: Request, pk: str | None = None) -> HttpResponse:
        """Make the letter as a PDF file; its digest stands in the ledger, hence no GET."""
        return self.let_out(request)

    def let_out(self, request: Request) -> HttpResponse:
        """The file, in the language that was asked for."""
        exam, language = self.get_object(), language_in(request)
        pdf = services.print_exam_letter(exam, by=person(request), language=language)
        return letter_file(pdf, exam)

    def again(self, once: Once) -> Any:
        """A letter that is asked for again is made again, and that stands in the ledger too."""
        return self.let_out(self.request)


def language_in(request: Request) -> str:
    """The language that the body names; a wrong one raises and becomes 422."""
    asked = LetterInput(data=request.data)
    asked.is_valid(raise_exception=True)
    return str(asked.validated_data["language"])
