"""REST: dossiers of measures, as PDF files."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution.models import Measure
from core.keyed import KeyedViewSet
from core.models import Once
from reports import services
from reports.api.correspondence import OF_ONE, PDF, LetterInput, language_in
from reports.http import letter_file


class DossierViewSet(KeyedViewSet[Measure]):
    """Dossiers of the measures that you may see; the program sends none."""

    policy = SIGNED_IN
    serializer_class = LetterInput

    def get_queryset(self) -> Any:
        return Measure.objects.visible_to(person(self.request)).select_related("case")

    @extend_schema(parameters=OF_ONE, request=LetterInput, responses=PDF)
    @action(detail=True, methods=["post"])
    def dossier(self, request: Request, pk: str | None = None) -> HttpResponse:
        """Make the dossier as a PDF file; its digest stands in the ledger, hence no GET."""
        return self.let_out(request)

    def let_out(self, request: Request) -> HttpResponse:
        """The file, in the language that was asked for."""
        measure, language = self.get_object(), language_in(request)
        pdf = services.print_dossier(measure, by=person(request), language=language)
        return letter_file(pdf, measure)

    def again(self, once: Once) -> Any:
        """A dossier that is asked for again is made again, and that stands in the ledger too."""
        return self.let_out(self.request)
