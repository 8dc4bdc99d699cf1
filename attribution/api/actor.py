"""REST: actors, their names in every script, and whom they belonged to; none is scored."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.filters import ActorFilter
from attribution.models import Actor, ActorName, ActorParent
from catalogue.models import Country
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations.models import Case

ACTOR_FACTS = list(services.ActorFacts.__annotations__)
NAME_FACTS = list(services.NameFacts.__annotations__)


class NameSerializer(RowSerializer[ActorName]):
    """One further name; `script` is read from its letters."""

    class Meta:
        model = ActorName
        fields = ["id", "script", *NAME_FACTS]


class ParentSerializer(RowSerializer[ActorParent]):
    """Whom the actor was part of; an empty end means that none is known."""

    class Meta:
        model = ActorParent
        fields = ["id", "parent", "since", "until", "citation"]


class ActorSerializer(RowSerializer[Actor]):
    """An actor: whom a hypothesis may be about, and no finding."""

    names: Any = NameSerializer(many=True, read_only=True)
    parents: Any = ParentSerializer(many=True, read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Actor
        fields = [
            *("id", "case", "version", "created_at", "updated_at", "handling"),
            *("names", "parents", *ACTOR_FACTS),
        ]


class ActorInput(StrictSerializer, RowSerializer[Actor]):
    """What enters an actor into a case."""

    case = VisibleField(queryset=Case.objects.all())
    country = serializers.PrimaryKeyRelatedField(
        queryset=Country.objects.all(), required=False, allow_null=True
    )

    class Meta:
        model = Actor
        fields = ["case", *ACTOR_FACTS]
        validators: list[Any] = []


class ActorChanges(ActorInput):
    """What may be said otherwise of an actor; it stays in its case."""

    case: Any = None

    class Meta(ActorInput.Meta):
        fields = ACTOR_FACTS


class NameInput(StrictSerializer, RowSerializer[ActorName]):
    """One more name, as it is written; `transliteration` is how it is read in Latin letters."""

    class Meta:
        model = ActorName
        fields = NAME_FACTS
        validators: list[Any] = []


class ParentInput(StrictSerializer):
    """Whom the actor was part of, from one day until another, both included."""

    parent: Any = VisibleField(queryset=Actor.objects.all())
    since = serializers.DateField(required=False, allow_null=True, default=None)
    until = serializers.DateField(required=False, allow_null=True, default=None)
    citation = serializers.CharField(required=False, allow_blank=True, default="")


class NameStruck(StrictSerializer):
    """Which name was entered by mistake."""

    name: Any = VisibleField(queryset=ActorName.objects.all())


class TieStruck(StrictSerializer):
    """Which parent was entered by mistake: the id of the row, not of the parent."""

    tie: Any = VisibleField(queryset=ActorParent.objects.all())


class TieEnded(TieStruck):
    """Until which day an actor was part of another."""

    until = serializers.DateField()


class ActorViewSet(RecordViewSet[Actor]):
    """Actors of the cases that you read as a whole; being here is no finding."""

    policy = SIGNED_IN
    model = Actor
    serializer_class = ActorSerializer
    filterset_class = ActorFilter
    relations = ("case",)
    inputs = {
        "create": ActorInput,
        "partial_update": ActorChanges,
        "add_name": NameInput,
        "add_parent": ParentInput,
        "strike_name": NameStruck,
        "strike_parent": TieStruck,
        "end_parent": TieEnded,
    }

    def get_queryset(self) -> QuerySet[Actor]:
        """Each with its names and parents, as far as the asking person may read them."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        reader = person(self.request)
        names = Prefetch("names", ActorName.objects.visible_to(reader))
        return rows.prefetch_related(
            names, Prefetch("parents", ActorParent.objects.visible_to(reader))
        )

    def own(self, actor: Actor, row: Any) -> Any:
        """The row, if it is one of this actor's."""
        if row.actor_id != actor.pk:
            raise serializers.ValidationError(_("This belongs to another actor."))
        return row

    @extend_schema(request=ActorInput, responses={201: ActorSerializer})
    def create(self, request: Request) -> Response:
        """Enter somebody whom a hypothesis of the case may be about."""
        facts = self.read_body(request)
        actor = services.enter_actor(facts.pop("case"), by=person(request), **facts)
        return self.show(actor, status=201)

    @extend_schema(request=ActorChanges, responses=ActorSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the actor as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_actor)

    @extend_schema(request=NameInput, responses={201: ActorSerializer})
    @action(detail=True, methods=["post"], url_path="names")
    def add_name(self, request: Request, pk: str | None = None) -> Response:
        """Enter one more name under which the actor goes."""
        actor, asked = self.get_object(), self.read_body(request)
        services.name_actor(actor, by=person(request), **asked)
        return self.show(actor, status=201)

    @extend_schema(request=ParentInput, responses={201: ActorSerializer})
    @action(detail=True, methods=["post"], url_path="parents")
    def add_parent(self, request: Request, pk: str | None = None) -> Response:
        """Say that the actor was part of another over a time; it may be part of several."""
        actor, asked = self.get_object(), self.read_body(request)
        services.place_under(actor, asked.pop("parent"), by=person(request), **asked)
        return self.show(actor, status=201)

    @extend_schema(request=NameStruck, responses=ActorSerializer)
    @action(detail=True, methods=["post"], url_path="strike-name")
    def strike_name(self, request: Request, pk: str | None = None) -> Response:
        """Take away a name that was entered by mistake."""
        actor, asked = self.get_object(), self.read_body(request)
        services.strike_name(self.own(actor, asked["name"]), by=person(request))
        return self.show(actor)

    @extend_schema(request=TieStruck, responses=ActorSerializer)
    @action(detail=True, methods=["post"], url_path="strike-parent")
    def strike_parent(self, request: Request, pk: str | None = None) -> Response:
        """Take away a parent that was entered by mistake."""
        actor, asked = self.get_object(), self.read_body(request)
        services.strike_parent(self.own(actor, asked["tie"]), by=person(request))
        return self.show(actor)

    @extend_schema(request=TieEnded, responses=ActorSerializer)
    @action(detail=True, methods=["post"], url_path="end-parent")
    def end_parent(self, request: Request, pk: str | None = None) -> Response:
        """Say until when the actor was part of another."""
        actor, asked = self.get_object(), self.read_body(request)
        tie = self.own(actor, asked["tie"])
        services.end_parent(tie, by=person(request), until=asked["until"])
        return self.show(actor)
