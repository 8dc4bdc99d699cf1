"""REST: letters that ask agencies for help, and that accept what they offer, as PDF files."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.keyed import KeyedViewSet
from core.models import Once
from investigations.models import AssistanceOffer, ContributionRequest
from reports import services
from reports.api.correspondence import OF_ONE, PDF, LetterInput, language_in
from reports.http import letter_file


class ContributionLetterViewSet(KeyedViewSet[ContributionRequest]):
    """Letters of the requests for contribution that you may see; the program sends none."""

    policy = SIGNED_IN
    serializer_class = LetterInput

    def get_queryset(self) -> Any:
        return ContributionRequest.objects.visible_to(person(self.request)).with_lists()

    @extend_schema(parameters=OF_ONE, request=LetterInput, responses=PDF)
    @action(detail=True, methods=["post"])
    def letter(self, request: Request, pk: str | None = None) -> HttpResponse:
        """Make the letter as a PDF file; its digest stands in the ledger, hence no GET."""
        return self.let_out(request)

    def let_out(self, request: Request) -> HttpResponse:
        """The file, in the language that was asked for."""
        asked, language = self.get_object(), language_in(request)
        pdf = services.print_assistance_letter(asked, by=person(request), language=language)
        return letter_file(pdf, asked)

    def again(self, once: Once) -> Any:
        """A letter that is asked for again is made again, and that stands in the ledger too."""
        return self.let_out(self.request)


class AcceptanceLetterViewSet(KeyedViewSet[AssistanceOffer]):
    """Letters by which the offers that you may see were accepted."""

    policy = SIGNED_IN
    serializer_class = LetterInput

    def get_queryset(self) -> Any:
        return AssistanceOffer.objects.visible_to(person(self.request)).with_lists()

    @extend_schema(parameters=OF_ONE, request=LetterInput, responses=PDF)
    @action(detail=True, methods=["post"])
    def letter(self, request: Request, pk: str | None = None) -> HttpResponse:
        """Make the letter as a PDF file; its digest stands in the ledger, hence no GET."""
        return self.let_out(request)

    def let_out(self, request: Request) -> HttpResponse:
        """The file, in the language that was asked for."""
        offer, language = self.get_object(), language_in(request)
        pdf = services.print_acceptance_letter(offer, by=person(request), language=language)
        return letter_file(pdf, offer)

    def again(self, once: Once) -> Any:
        """A letter that is asked for again is made again, and that stands in the ledger too."""
        return self.let_out(self.request)
