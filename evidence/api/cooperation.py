"""REST: caveats on exhibits, teams that came under agreements, and what they delivered."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.models import Agency, User
from accounts.policy import SIGNED_IN
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence import services
from evidence.filters import CaveatFilter, DeliverableFilter, DeploymentFilter
from evidence.models import Caveat, Deliverable, Deployment, File, Item, LabExam
from evidence.services.deliverable import expect_deliverable, receive_deliverable
from evidence.services.deployment import DeploymentFacts, amend_deployment, enter_deployment
from investigations.models import AssistanceOffer, Site

CONSENT = ["consented_by", "consented_on", "consent_ref"]
DEPLOYED = list(DeploymentFacts.__annotations__)
TOUCHED = ["sites", "exhibits"]


class CaveatSerializer(RowSerializer[Caveat]):
    """What an agency holds to about an exhibit and all its parts, until it consents otherwise."""

    agency: Any = serializers.SlugRelatedField(slug_field="short_name", read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Caveat
        fields = [
            *("id", "case", "item", "created_at", "handling", "kind", "agency", "reason"),
            *("added_by", "lifted_at", "lifted_by", *CONSENT),
        ]


class InForceSerializer(RowSerializer[Caveat]):
    """What binds an exhibit now; `is_inherited` where it is under it as a part of another."""

    agency: Any = serializers.SlugRelatedField(slug_field="short_name", read_only=True)
    is_inherited = serializers.SerializerMethodField()

    class Meta:
        model = Caveat
        fields = ["kind", "agency", "is_inherited"]

    def get_is_inherited(self, caveat: Caveat) -> bool:
        return bool(caveat.item_id != self.context.get("item"))


class CaveatInput(StrictSerializer, RowSerializer[Caveat]):
    """What binds an exhibit; the agency by its exact short name."""

    item = VisibleField(queryset=Item.objects.all())
    agency: Any = serializers.SlugRelatedField(
        slug_field="short_name", queryset=Agency.objects.all()
    )

    class Meta:
        model = Caveat
        fields = ["item", "kind", "agency", "reason"]
        validators = ()


class ConsentInput(StrictSerializer):
    """Who consented for the agency, when, and where that is written."""

    consented_by = serializers.CharField(max_length=200)
    consented_on = serializers.DateField()
    consent_ref = serializers.CharField(max_length=200)


class CaveatViewSet(RecordViewSet[Caveat]):
    """Caveats on the exhibits that you may see; `items/{id}/caveats` has those in force."""

    policy = SIGNED_IN
    model = Caveat
    serializer_class = CaveatSerializer
    filterset_class = CaveatFilter
    relations = ("case", "agency")
    inputs = {"create": CaveatInput, "lift": ConsentInput}

    @extend_schema(request=CaveatInput, responses={201: CaveatSerializer})
    def create(self, request: Request) -> Response:
        """Bind an exhibit, and all its parts."""
        facts = self.read_body(request)
        caveat = services.add_caveat(facts.pop("item"), by=person(request), **facts)
        return self.show(caveat, status=201)

    @extend_schema(request=ConsentInput, responses=CaveatSerializer)
    @action(detail=True, methods=["post"])
    def lift(self, request: Request, pk: str | None = None) -> Response:
        """The agency consents; who, when and in which document stands beside it."""
        caveat, said = self.get_object(), self.read_body(request)
        return self.show(services.lift_caveat(caveat, by=person(request), **said))


class DeploymentSerializer(RowSerializer[Deployment]):
    """A team that came under an agreement, with the sites and exhibits it touched."""

    liaison: Any = serializers.SlugRelatedField(slug_field="username", read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Deployment
        fields = [
            *("id", "case", "ref", "version", "created_at", "updated_at", "handling", "offer"),
            *(*DEPLOYED, *TOUCHED),
        ]


class DeploymentInput(StrictSerializer, RowSerializer[Deployment]):
    """What enters a team; `liaison` is the user name of its host on the case's own team."""

    offer = VisibleField(queryset=AssistanceOffer.objects.all())
    liaison: Any = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(is_active=True)
    )
    persons = serializers.ListField(child=serializers.CharField(max_length=200))
    sites: Any = VisibleField(queryset=Site.objects.all(), many=True, required=False)
    exhibits: Any = VisibleField(queryset=Item.objects.all(), many=True, required=False)

    class Meta:
        model = Deployment
        fields = ["offer", *DEPLOYED, *TOUCHED]


class DeploymentChanges(DeploymentInput):
    """What may be said otherwise; it stays under its agreement."""

    offer: Any = None

    class Meta(DeploymentInput.Meta):
        fields = [*DEPLOYED, *TOUCHED]


class DeploymentViewSet(RecordViewSet[Deployment]):
    """Teams of other agencies at work on your cases."""

    policy = SIGNED_IN
    model = Deployment
    serializer_class = DeploymentSerializer
    filterset_class = DeploymentFilter
    relations = ("case", "liaison")
    inputs = {"create": DeploymentInput, "partial_update": DeploymentChanges}

    def get_queryset(self) -> Any:
        """Each with what it touched, as far as the asking person may read it."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        user = person(self.request)
        return rows.prefetch_related(
            Prefetch("sites", Site.objects.visible_to(user)),
            Prefetch("exhibits", Item.objects.visible_to(user)),
        )

    @extend_schema(request=DeploymentInput, responses={201: DeploymentSerializer})
    def create(self, request: Request) -> Response:
        """Enter a team that came, or comes, under an agreement."""
        facts = self.read_body(request)
        deployment = enter_deployment(facts.pop("offer"), by=person(request), **facts)
        return self.show(deployment, status=201)

    @extend_schema(request=DeploymentChanges, responses=DeploymentSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend it as you read it: send its ETag as `If-Match`."""
        return self.amend(request, amend_deployment)


class DeliverableSerializer(RowSerializer[Deliverable]):
    """What is due under an agreement, and what came; `is_overdue` once its day has passed."""

    is_overdue = serializers.BooleanField(read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Deliverable
        fields = [
            *("id", "case", "offer", "version", "created_at", "handling", "what", "due"),
            *("is_overdue", "received_on", "received_by", "file", "exam", "remarks"),
        ]


class DeliverableInput(StrictSerializer, RowSerializer[Deliverable]):
    """What is expected of the agency, and until when."""

    offer = VisibleField(queryset=AssistanceOffer.objects.all())

    class Meta:
        model = Deliverable
        fields = ["offer", "what", "due"]


class ReceivedInput(StrictSerializer):
    """What came: a file or an examination of the case, or in words what it was."""

    received_on = serializers.DateField(required=False)
    file: Any = VisibleField(queryset=File.objects.all(), required=False, allow_null=True)
    exam: Any = VisibleField(queryset=LabExam.objects.all(), required=False, allow_null=True)
    remarks = serializers.CharField(required=False, default="", allow_blank=True)


class DeliverableViewSet(RecordViewSet[Deliverable]):
    """What agencies owe your cases, and what they delivered."""

    policy = SIGNED_IN
    model = Deliverable
    serializer_class = DeliverableSerializer
    filterset_class = DeliverableFilter
    relations = ("case",)
    inputs = {"create": DeliverableInput, "receive": ReceivedInput}

    @extend_schema(request=DeliverableInput, responses={201: DeliverableSerializer})
    def create(self, request: Request) -> Response:
        """Write down what is expected under an agreement."""
        facts = self.read_body(request)
        deliverable = expect_deliverable(facts.pop("offer"), by=person(request), **facts)
        return self.show(deliverable, status=201)

    @extend_schema(request=ReceivedInput, responses=DeliverableSerializer)
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: str | None = None) -> Response:
        """It came."""
        deliverable, came = self.get_object(), self.read_body(request)
        return self.show(receive_deliverable(deliverable, by=person(request), **came))
