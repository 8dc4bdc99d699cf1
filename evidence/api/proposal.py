"""REST: what machines read in pictures: accepted as a marking, or refused, by a person."""

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
from evidence.filters import ProposalFilter
from evidence.models import Component, Marking, Proposal
from evidence.models.vocabulary import TEXT_BEARING, MarkingKind, MarkingState

LEGIBLE = [(state.value, state.label) for state in MarkingState if state in TEXT_BEARING]


class ProposalSerializer(RowSerializer[Proposal]):
    """What a machine read on a file, or what a signer claims; never a fact.

    `markings` are those that people made of it.
    """

    handling = HandlingSerializer(read_only=True)
    markings: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = Proposal
        fields = [
            *("id", "case", "file", "kind", "text", "symbology", "box", "confidence", "facts"),
            *("engine", "pipeline_version", "withdrawn_at", "created_at", "handling", "markings"),
            *("refused_by", "refused_at", "refused_because"),
        ]


class AcceptProposalInput(StrictSerializer):
    """On which component it stands, of what kind it is, and how whole it is."""

    component = VisibleField(queryset=Component.objects.all())
    kind = serializers.ChoiceField(choices=MarkingKind.choices)
    state = serializers.ChoiceField(choices=LEGIBLE)


class RefuseProposalInput(StrictSerializer):
    """Why it is not what stands there."""

    reason = serializers.CharField(max_length=300)


class MachineReadingViewSet(RecordViewSet[Proposal]):
    """What machines read on files of the cases that you work on."""

    policy = SIGNED_IN
    model = Proposal
    serializer_class = ProposalSerializer
    filterset_class = ProposalFilter
    relations = ("case", "file")
    inputs = {"accept": AcceptProposalInput, "refuse": RefuseProposalInput}

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        return with_markings(rows, person(self.request))

    @extend_schema(request=AcceptProposalInput, responses={201: ProposalSerializer})
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str | None = None) -> Response:
        """Take it as a marking, which stays marked as read by machine until a person reads it."""
        proposal, said = self.get_object(), self.read_body(request)
        component = said.pop("component")
        services.accept_proposal(proposal, component, by=person(request), **said)
        return self.show(proposal, status=201)

    @extend_schema(request=RefuseProposalInput, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str | None = None) -> Response:
        """Say that the machine misread, and why; its reading stays to be seen."""
        proposal, said = self.get_object(), self.read_body(request)
        return self.show(services.refuse_proposal(proposal, by=person(request), **said))


def with_markings(rows: Any, reader: User) -> Any:
    """Each proposal with the markings that were made of it, as far as `reader` sees them."""
    return rows.prefetch_related(Prefetch("markings", Marking.objects.visible_to(reader)))
