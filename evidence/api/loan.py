"""REST: loans and exports; a program asks and writes down, and never agrees."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence import services
from evidence.filters import LoanFilter
from evidence.models import Item, Loan

FACTS = list(services.LoanFacts.__annotations__)


class LoanSerializer(RowSerializer[Loan]):
    """A loan or an export as it is shown; `state` is asked, authorised, out, overdue and so on."""

    handling = HandlingSerializer(read_only=True)
    state = serializers.CharField(read_only=True)

    class Meta:
        model = Loan
        fields = [
            *("id", "case", "item", "version", "created_at", "handling", "state", "request"),
            *("asked_by", "out_at", "back_at", "condition_back", *FACTS),
        ]


class LoanInput(StrictSerializer, RowSerializer[Loan]):
    """What is agreed with the party outside; a second person agrees in the browser."""

    item = VisibleField(queryset=Item.objects.all())

    class Meta:
        model = Loan
        fields = ["item", *FACTS]


class HandOutInput(StrictSerializer):
    """In what condition it leaves."""

    condition = serializers.CharField(max_length=300, required=False, default="")
    at = serializers.DateTimeField(required=False)


class LoanBackInput(StrictSerializer):
    """In what condition it came back, and the seal read off its package."""

    condition = serializers.CharField(max_length=300)
    seal = serializers.CharField(max_length=60, required=False, default="")
    at = serializers.DateTimeField(required=False)


class ExtendInput(StrictSerializer):
    """By when it is back then, and why; a second person agrees in the browser."""

    due = serializers.DateField()
    reason = serializers.CharField(max_length=500)


class LoanViewSet(RecordViewSet[Loan]):
    """What is or was with parties outside of your cases' teams."""

    policy = SIGNED_IN
    model = Loan
    serializer_class = LoanSerializer
    filterset_class = LoanFilter
    relations = ("case", "item", "request")
    inputs = {
        "create": LoanInput,
        "hand_out": HandOutInput,
        "extend": ExtendInput,
        "take_back": LoanBackInput,
    }

    @extend_schema(request=LoanInput, responses={201: LoanSerializer})
    def create(self, request: Request) -> Response:
        """Ask for an exhibit to be lent or exported."""
        facts = self.read_body(request)
        item = facts.pop("item")
        return self.show_new(services.ask_to_let_out(item, by=person(request), **facts))

    @extend_schema(request=HandOutInput, responses=LoanSerializer)
    @action(detail=True, methods=["post"], url_path="hand-out")
    def hand_out(self, request: Request, pk: str | None = None) -> Response:
        """The exhibit leaves, as was agreed to."""
        loan, said = self.get_object(), self.read_body(request)
        return self.show(services.hand_out(loan, by=person(request), **said))

    @extend_schema(request=ExtendInput, responses=LoanSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str | None = None) -> Response:
        """Ask for it to be due back on a later day; `due` stays until somebody agrees."""
        loan, said = self.get_object(), self.read_body(request)
        services.ask_to_extend(loan, by=person(request), **said)
        return self.show(loan)

    @extend_schema(request=LoanBackInput, responses=LoanSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str | None = None) -> Response:
        """The exhibit is back."""
        loan, said = self.get_object(), self.read_body(request)
        return self.show(services.take_loan_back(loan, by=person(request), **said))
