"""REST: what a case needs of others, what agencies are asked for, offer, and what was decided."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.models import Agency
from accounts.policy import SIGNED_IN
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations import services
from investigations.filters import ContributionFilter, NeedFilter, OfferFilter
from investigations.models import AssistanceNeed, AssistanceOffer, Case, ContributionRequest
from investigations.models.assistance_words import TAKEN

NEED_FACTS = list(services.NeedFacts.__annotations__)
ASKED_FACTS = list(services.ContributionFacts.__annotations__)
OFFER_FACTS = list(services.OfferFacts.__annotations__)
DECIDED = ["decision", "decided_by", "decided_at", "signed_on", "document_ref", "conditions"]


def agency_field(**kwargs: Any) -> Any:
    """An agency by its exact short name."""
    return serializers.SlugRelatedField(slug_field="short_name", **kwargs)


class NeedSerializer(RowSerializer[AssistanceNeed]):
    """What a case needs; `is_expired` is true once its day passed with nothing agreed on."""

    is_expired = serializers.BooleanField(read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = AssistanceNeed
        fields = [
            *("id", "case", "ref", "version", "created_at", "updated_at", "handling"),
            *("status", "status_reason", "is_expired", "entered_by", *NEED_FACTS),
        ]


class NeedInput(StrictSerializer, RowSerializer[AssistanceNeed]):
    """What enters a need."""

    case = VisibleField(queryset=Case.objects.all())

    class Meta:
        model = AssistanceNeed
        fields = ["case", *NEED_FACTS]


class NeedChanges(NeedInput):
    """What may be said otherwise while it still stands."""

    case: Any = None

    class Meta(NeedInput.Meta):
        fields = NEED_FACTS


class RemarkInput(StrictSerializer):
    """What came of it."""

    remark = serializers.CharField(required=False, default="", allow_blank=True)


class WhyInput(StrictSerializer):
    """Why."""

    reason = serializers.CharField()


class NeedViewSet(RecordViewSet[AssistanceNeed]):
    """What your cases need of others."""

    policy = SIGNED_IN
    model = AssistanceNeed
    serializer_class = NeedSerializer
    filterset_class = NeedFilter
    relations = ("case",)
    inputs = {
        "create": NeedInput,
        "partial_update": NeedChanges,
        "fulfil": RemarkInput,
        "decline": WhyInput,
    }

    @extend_schema(request=NeedInput, responses={201: NeedSerializer})
    def create(self, request: Request) -> Response:
        """Write down what the case cannot do by itself."""
        facts = self.read_body(request)
        need = services.enter_need(facts.pop("case"), by=person(request), **facts)
        return self.show(need, status=201)

    @extend_schema(request=NeedChanges, responses=NeedSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the need as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_need)

    @extend_schema(request=RemarkInput, responses=NeedSerializer)
    @action(detail=True, methods=["post"])
    def fulfil(self, request: Request, pk: str | None = None) -> Response:
        """The help that was agreed on was given."""
        need, said = self.get_object(), self.read_body(request)
        return self.show(services.fulfil_need(need, by=person(request), **said))

    @extend_schema(request=WhyInput, responses=NeedSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str | None = None) -> Response:
        """It is not pursued any more."""
        need, said = self.get_object(), self.read_body(request)
        return self.show(services.decline_need(need, by=person(request), **said))


class ContributionSerializer(RowSerializer[ContributionRequest]):
    """What one agency was asked for, in words that it may read, and its answer."""

    agency: Any = agency_field(read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = ContributionRequest
        fields = [
            *("id", "case", "ref", "version", "created_at", "handling", "need", "agency"),
            *("capability", "asked_by", "answer", "answered_at", "answer_reason", *ASKED_FACTS),
        ]


class ContributionInput(StrictSerializer, RowSerializer[ContributionRequest]):
    """What asks an agency, named by its exact short name."""

    need = VisibleField(queryset=AssistanceNeed.objects.all())
    agency: Any = agency_field(queryset=Agency.objects.all())

    class Meta:
        model = ContributionRequest
        fields = ["need", "agency", *ASKED_FACTS]


class TermsInput(StrictSerializer, RowSerializer[AssistanceOffer]):
    """What is offered, and on which terms; amended only until it is decided."""

    class Meta:
        model = AssistanceOffer
        fields = OFFER_FACTS


class ContributionViewSet(RecordViewSet[ContributionRequest]):
    """What agencies are asked for in your cases; their own people see what they are asked."""

    policy = SIGNED_IN
    model = ContributionRequest
    serializer_class = ContributionSerializer
    filterset_class = ContributionFilter
    relations = ("case", "agency")
    inputs = {"create": ContributionInput, "decline": WhyInput, "offer": TermsInput}

    @extend_schema(request=ContributionInput, responses={201: ContributionSerializer})
    def create(self, request: Request) -> Response:
        """Ask an agency to contribute; the program itself sends nothing."""
        facts = self.read_body(request)
        asked = services.ask_to_contribute(facts.pop("need"), by=person(request), **facts)
        return self.show(asked, status=201)

    @extend_schema(request=WhyInput, responses=ContributionSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str | None = None) -> Response:
        """The agency will not contribute."""
        asked, said = self.get_object(), self.read_body(request)
        return self.show(services.decline_to_contribute(asked, by=person(request), **said))

    @extend_schema(request=TermsInput, responses=ContributionSerializer)
    @action(detail=True, methods=["post"])
    def offer(self, request: Request, pk: str | None = None) -> Response:
        """The agency answers with an offer, which is then among the offers."""
        asked, facts = self.get_object(), self.read_body(request)
        services.answer_request(asked, by=person(request), **facts)
        return self.show(asked)


class OfferSerializer(RowSerializer[AssistanceOffer]):
    """An offer and what was decided; `terms_sha256` stands in the ledger once it was."""

    agency: Any = agency_field(read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = AssistanceOffer
        fields = [
            *("id", "case", "ref", "version", "created_at", "updated_at", "handling", "need"),
            *("asked", "agency", "entered_by", *DECIDED, "decision_reason", "terms_sha256"),
            *OFFER_FACTS,
        ]


class OfferInput(TermsInput):
    """What enters an offer for a need, as it came in."""

    need = VisibleField(queryset=AssistanceNeed.objects.all())
    agency: Any = agency_field(queryset=Agency.objects.all())

    class Meta(TermsInput.Meta):
        fields = ["need", "agency", *OFFER_FACTS]


class DecisionInput(StrictSerializer):
    """What the lead decided, and the document in which it stands."""

    decision = serializers.ChoiceField(choices=[(each.value, each.label) for each in TAKEN])
    document_ref = serializers.CharField(max_length=200)
    signed_on = serializers.DateField()
    conditions = serializers.CharField(required=False, default="", allow_blank=True)
    reason = serializers.CharField(required=False, default="", allow_blank=True)


class OfferViewSet(RecordViewSet[AssistanceOffer]):
    """Offers and agreements of your cases; an agency's people see their own."""

    policy = SIGNED_IN
    decides = ("decide",)
    model = AssistanceOffer
    serializer_class = OfferSerializer
    filterset_class = OfferFilter
    relations = ("case", "agency")
    inputs = {
        "create": OfferInput,
        "partial_update": TermsInput,
        "decide": DecisionInput,
        "withdraw": WhyInput,
    }

    @extend_schema(request=OfferInput, responses={201: OfferSerializer})
    def create(self, request: Request) -> Response:
        """Write down what an agency offers for a need."""
        facts = self.read_body(request)
        offer = services.enter_offer(facts.pop("need"), by=person(request), **facts)
        return self.show(offer, status=201)

    @extend_schema(request=TermsInput, responses=OfferSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend an offer that waits: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_offer)

    @extend_schema(request=DecisionInput, responses=OfferSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str | None = None) -> Response:
        """Accept it, accept it on conditions, or decline it, in writing."""
        offer, said = self.get_object(), self.read_body(request)
        return self.show(services.decide_offer(offer, by=person(request), **said))

    @extend_schema(request=WhyInput, responses=OfferSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """The agency takes it back before it is decided."""
        offer, said = self.get_object(), self.read_body(request)
        return self.show(services.withdraw_offer(offer, by=person(request), **said))
