"""REST: exhibits and their custody."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.models import User
from accounts.policy import SIGNED_IN
from catalogue.models import ComponentCategory
from core.bulk import BulkDoor
from core.pagination import NEWEST_FIRST
from core.rest import HandlingSerializer, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence import services
from evidence.api.cooperation import InForceSerializer
from evidence.api.custody import INPUTS as CUSTODY_INPUTS
from evidence.api.custody import CustodyDeeds
from evidence.api.description import INPUTS as DESCRIPTION_INPUTS
from evidence.api.description import DescriptionDeeds
from evidence.api.putting_away import INPUTS as PUTTING_AWAY_INPUTS
from evidence.api.putting_away import PuttingAway
from evidence.filters import ItemFilter
from evidence.models import Item, StoragePlace
from evidence.models.vocabulary import Hazard
from evidence.services.caveat import caveats_of
from investigations.api.reference import CaseField, IncidentField
from investigations.models import Request as Asked
from investigations.models import RequestKind, Site

ITEM_FACTS = list(services.ItemFacts.__annotations__)
DESCRIBED = ["render_safe", "cleared_by", "cleared_at", "completed_at"]
CUSTODY = ["status", "holder", "offered_to", "kept_at", "storage", "seal_no"]


class ItemSerializer(RowSerializer[Item]):
    """An exhibit as it is shown."""

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Item
        fields = [
            *("id", "case", "exhibit_no", "version", "created_at", "handling"),
            *(*CUSTODY, *DESCRIBED, *ITEM_FACTS),
        ]


class ItemInput(StrictSerializer, RowSerializer[Item]):
    """What logs an exhibit; without a number it gets the next of the case."""

    incident = IncidentField()
    case = CaseField()
    site = VisibleField(queryset=Site.objects.all(), required=False, allow_null=True)
    documentation_site: Any = VisibleField(
        queryset=Site.objects.all(), required=False, allow_null=True
    )
    parent: Any = VisibleField(queryset=Item.objects.all(), required=False, allow_null=True)
    exhibit_no = serializers.CharField(max_length=30, required=False, allow_blank=True)
    kind = serializers.SlugRelatedField(slug_field="code", queryset=ComponentCategory.objects.all())
    hazards = serializers.ListField(
        child=serializers.ChoiceField(choices=Hazard.choices), required=False
    )

    class Meta:
        model = Item
        fields = ["incident", "case", "exhibit_no", *ITEM_FACTS]
        validators = ()  # the service says which number is taken, and gives the next one


class ItemChanges(ItemInput):
    """What may be said otherwise of an exhibit; its number and its case stay."""

    case: Any = None
    exhibit_no: Any = None

    class Meta(ItemInput.Meta):
        fields = ITEM_FACTS


class HandOverInput(StrictSerializer):
    """To whom, and what for."""

    to: Any = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(is_active=True)
    )
    purpose = serializers.CharField(max_length=300, required=False, default="")
    at = serializers.DateTimeField(required=False)


class ReceiveInput(StrictSerializer):
    """The seal read off the package (empty for none), the condition, and when it came."""

    seal = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    condition = serializers.CharField(max_length=300, required=False, default="")
    mass_g = serializers.DecimalField(12, 3, min_value=0, required=False)
    place = serializers.CharField(max_length=200, required=False, default="")
    at = serializers.DateTimeField(required=False)


class NotAcceptInput(StrictSerializer):
    """Why it is not taken over, and when."""

    reason = serializers.CharField(max_length=300)
    at = serializers.DateTimeField(required=False)


class TakeBackInput(StrictSerializer):
    """Why it is kept after all, and when."""

    reason = serializers.CharField(max_length=300, required=False, default="")
    at = serializers.DateTimeField(required=False)


class StoreInput(StrictSerializer):
    """A place of storage, or where none is entered for it, the words down to the box; and when."""

    storage: Any = VisibleField(queryset=StoragePlace.objects.in_use(), required=False)
    place = serializers.CharField(max_length=200, required=False, default="")
    at = serializers.DateTimeField(required=False)


class SealInput(StrictSerializer):
    """The number of the seal, and when it was put on."""

    seal_no = serializers.CharField(max_length=60)
    at = serializers.DateTimeField(required=False)


class BreakSealInput(StrictSerializer):
    """Why the seal is broken, and when."""

    reason = serializers.CharField(max_length=300)
    at = serializers.DateTimeField(required=False)


class DisposeInput(StrictSerializer):
    """How the exhibit goes, to whom when it is returned, and why."""

    way = serializers.ChoiceField(choices=[(way.value, way.label) for way in services.WAYS])
    to = serializers.CharField(max_length=200, required=False, default="")
    reason = serializers.CharField(max_length=1000)


class ItemViewSet(CustodyDeeds, DescriptionDeeds, PuttingAway, BulkDoor[Item]):
    """Exhibits of the cases that you work on."""

    policy = SIGNED_IN
    model = Item
    serializer_class = ItemSerializer
    filterset_class = ItemFilter
    relations = ("case", "kind")
    orderings = {**NEWEST_FIRST, "exhibit_no": "exhibit_no", "description": "description"}
    inputs = {
        "create": ItemInput,
        "partial_update": ItemChanges,
        "hand_over": HandOverInput,
        "receive": ReceiveInput,
        "not_accept": NotAcceptInput,
        "take_back": TakeBackInput,
        "store": StoreInput,
        "seal": SealInput,
        "break_seal": BreakSealInput,
        "dispose": DisposeInput,
        **CUSTODY_INPUTS,
        **DESCRIPTION_INPUTS,
        **PUTTING_AWAY_INPUTS,
    }

    @extend_schema(request=ItemInput, responses={201: ItemSerializer})
    def create(self, request: Request) -> Response:
        """Log an exhibit; it is in your hands until you hand it over."""
        return self.show_new(self.enter(self.read_body(request)))

    def enter(self, facts: dict[str, Any]) -> Item:
        return services.log_item(facts.pop("case"), by=person(self.request), **facts)

    def enter_together(self, rows: Sequence[dict[str, Any]]) -> Sequence[Item] | None:
        """In one step, where they are of one case, as exhibits that are found together are."""
        cases = {facts["case"].pk: facts["case"] for facts in rows}
        if len(cases) != 1:
            return None
        said = [{name: one for name, one in row.items() if name != "case"} for row in rows]
        (case,) = cases.values()
        return services.log_items(case, said, by=person(self.request))

    @extend_schema(request=ItemChanges, responses=ItemSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the exhibit as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_item)

    @extend_schema(responses=InForceSerializer(many=True))
    @action(detail=True, pagination_class=None, filterset_class=None)
    def caveats(self, request: Request, pk: str | None = None) -> Response:
        """What binds the exhibit now: its own caveats, and those it is under as a part."""
        item = self.get_object()
        told = InForceSerializer(caveats_of(item), many=True, context={"item": item.pk})
        return Response(told.data)

    @extend_schema(request=HandOverInput, responses=ItemSerializer)
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: str | None = None) -> Response:
        """Hand the exhibit out to another member of the team, who has yet to receive it."""
        item, asked = self.get_object(), self.read_body(request)
        return self.show(services.hand_over(item, by=person(request), **asked))

    @extend_schema(request=ReceiveInput, responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: str | None = None) -> Response:
        """Take over the exhibit that was handed out to you."""
        item, asked = self.get_object(), self.read_body(request)
        return self.show(services.receive_item(item, by=person(request), **asked))

    @extend_schema(request=NotAcceptInput, responses=ItemSerializer)
    @action(detail=True, methods=["post"], url_path="not-accept")
    def not_accept(self, request: Request, pk: str | None = None) -> Response:
        """Leave the exhibit to its giver, for a stated reason."""
        item, asked = self.get_object(), self.read_body(request)
        return self.show(services.refuse_item(item, by=person(request), **asked))

    @extend_schema(request=TakeBackInput, responses=ItemSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str | None = None) -> Response:
        """Keep the exhibit that you handed out and nobody has received."""
        item, asked = self.get_object(), self.read_body(request)
        return self.show(services.take_back(item, by=person(request), **asked))

    @extend_schema(request=StoreInput, responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def store(self, request: Request, pk: str | None = None) -> Response:
        """Put the exhibit in a named place."""
        item, asked = self.get_object(), self.read_body(request)
        return self.show(services.store_item(item, by=person(request), **asked))

    @extend_schema(request=SealInput, responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def seal(self, request: Request, pk: str | None = None) -> Response:
        """Close the package with a numbered seal."""
        item, asked = self.get_object(), self.read_body(request)
        return self.show(services.seal_item(item, by=person(request), **asked))

    @extend_schema(request=BreakSealInput, responses=ItemSerializer)
    @action(detail=True, methods=["post"], url_path="break-seal")
    def break_seal(self, request: Request, pk: str | None = None) -> Response:
        """Open the package, for a stated reason."""
        item, asked = self.get_object(), self.read_body(request)
        return self.show(services.break_seal(item, by=person(request), **asked))

    @extend_schema(request=DisposeInput, responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def dispose(self, request: Request, pk: str | None = None) -> Response:
        """Ask for the exhibit to be destroyed or returned; a second person agrees."""
        item, asked = self.get_object(), self.read_body(request)
        services.ask_to_dispose(item, by=person(request), **asked)
        return self.show(item)

    @extend_schema(request=None, responses=ItemSerializer)
    @action(detail=True, methods=["post"], url_path="confirm-disposal")
    def confirm_disposal(self, request: Request, pk: str | None = None) -> Response:
        """The second person's yes to the disposal that waits."""
        item = self.get_object()
        waiting = Asked.objects.visible_to(person(request)).about(item).waiting()
        asked = get_object_or_404(waiting, kind=RequestKind.DISPOSAL)
        return self.show(services.dispose_item(asked, by=person(request)))
