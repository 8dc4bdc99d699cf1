"""REST: lines of the ledger with their proofs, and how far it is signed."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.asked import require_parameters
from core.http import key_or_404
from core.keyed import KeyedViewSet, kept
from core.models import Once
from core.rest import require_nothing
from core.row_serializer import RowSerializer
from investigations.models import Case
from ledger import proofs
from ledger.models import Alarm, Checkpoint, Entry, EntryQuerySet, TimeStamp
from workspace import services
from workspace.models import tell_in_words

MAPPING = {200: OpenApiTypes.OBJECT}


class LineSerializer(RowSerializer[Entry]):
    """One line; `body`, the exact text, is null for who may not read what it is about."""

    actor = serializers.CharField(source="actor_id", allow_null=True, read_only=True)
    body = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = [
            *("id", "log", "position", "at", "actor", "act", "subject_kind", "subject_id"),
            *("body", "previous_seal", "seal"),
        ]

    def get_body(self, entry: Any) -> str | None:
        return None if entry.is_closed else entry.body


class CheckpointSerializer(RowSerializer[Checkpoint]):
    """One signed checkpoint, and the first time-stamp that covers it; null while none does."""

    time_stamp = serializers.SerializerMethodField()

    class Meta:
        model = Checkpoint
        fields = ["id", "size", "root", "at", "note", "register_index", "time_stamp"]

    def get_time_stamp(self, row: Checkpoint) -> dict[str, Any] | None:
        """The token, and the note of the register that it is over."""
        stamp = self.context["stamps"].get(row.pk)
        told = proofs.told_stamp(stamp)
        return told and {**told, "register": register_of(stamp)}


def register_of(stamp: TimeStamp) -> dict[str, Any]:
    """The checkpoint of the register that a time-stamp is over."""
    return {"note": stamp.checkpoint.note, "size": stamp.checkpoint.size}


class SizesInput(serializers.Serializer[Any]):
    """Two sizes of one log, the older first."""

    old = serializers.IntegerField(min_value=1)
    new = serializers.IntegerField(min_value=1)


class LineViewSet(GenericViewSet[Entry]):
    """Lines of the ledgers that you may read, one by one, each with its proof."""

    policy = SIGNED_IN
    serializer_class = LineSerializer
    queryset = Entry.objects.none()

    def get_queryset(self) -> EntryQuerySet:
        """Those of the cases whose ledger the asking person may read."""
        cases = Case.objects.audited_by(person(self.request))
        return Entry.objects.filter(log__in=cases.values("pk"))

    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """One line."""
        entry = self.get_object()
        tell_in_words([entry], person(request))
        return Response(self.get_serializer(entry).data)

    @extend_schema(responses=MAPPING)
    @action(detail=True)
    def proof(self, request: Request, pk: str | None = None) -> Response:
        """That the line stands in the signed log, the log in the register, the register in time.

        docs/ledger-format.md says how to check it; what is not there yet is null.
        """
        return Response(proofs.proof_of(self.get_object()).told())


class VerdictSerializer(serializers.Serializer[Any]):
    """How many seals were recomputed, and whether each fits; if not, from which line on and why."""

    lines = serializers.IntegerField()
    whole = serializers.BooleanField()
    flaw_at = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)


class LogViewSet(KeyedViewSet[Case]):
    """The log of one case, named by the case: how far it is signed, and that it only ever grew."""

    policy = SIGNED_IN
    queryset = Case.objects.none()
    serializer_class = SizesInput

    def audited(self, pk: str | None) -> Case:
        """The case, if the asking person may read its ledger."""
        cases = Case.objects.audited_by(person(self.request))
        return get_object_or_404(cases, pk=key_or_404(pk))

    def log(self, pk: str | None) -> UUID:
        """The log, if the asking person may read it."""
        return self.audited(pk).ledger_log

    @extend_schema(responses=MAPPING)
    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """The newest signed checkpoint, the keys to check it with, and what the signer refuses."""
        log = self.log(pk)
        newest = Checkpoint.objects.filter(log=log).order_by("-size").first()
        alarm = Alarm.objects.filter(log=log, over_at=None).first()
        return Response(
            {
                "log": str(log),
                "size": newest.size if newest else 0,
                "note": newest.note if newest else None,
                "keys": proofs.keys(),
                "refused": alarm.reason if alarm else None,
            }
        )

    @extend_schema(
        responses=MAPPING,
        parameters=[OpenApiParameter("old", int), OpenApiParameter("new", int)],
    )
    @action(detail=True)
    def consistency(self, request: Request, pk: str | None = None) -> Response:
        """The hashes that show that the log of `new` lines begins with the log of `old`."""
        log = self.log(pk)
        asked = SizesInput(data=request.query_params)
        require_parameters(request.query_params, asked.fields)
        asked.is_valid(raise_exception=True)
        old, new = asked.validated_data["old"], asked.validated_data["new"]
        try:
            path = proofs.consistency(log, old, new)
        except ValueError as problem:
            raise serializers.ValidationError({"new": [str(problem)]}) from problem
        return Response({"log": str(log), "old": old, "new": new, "consistency": path})

    @extend_schema(responses=CheckpointSerializer(many=True))
    @action(detail=True)
    def checkpoints(self, request: Request, pk: str | None = None) -> Response:
        """Every signed checkpoint of the log, the newest first, with its time-stamp."""
        asked: Any = Checkpoint.objects.filter(log=self.log(pk))
        rows: Any = self.paginate_queryset(asked) or []
        context = {"stamps": proofs.first_stamps(rows)}
        told = CheckpointSerializer(rows, many=True, context=context)
        return self.get_paginated_response(told.data)

    @extend_schema(request=None, responses=VerdictSerializer)
    @action(detail=True, methods=["post"], pagination_class=None)
    def check(self, request: Request, pk: str | None = None) -> Response:
        """Recompute every seal of the log; that it was done is a line of it."""
        require_nothing(request)
        verdict = services.check_ledger(self.audited(pk), by=person(request))
        flaw = verdict.flaws[0] if verdict.flaws else None
        told = {
            "lines": verdict.entries,
            "whole": flaw is None,
            "flaw_at": flaw.position if flaw else None,
            "reason": flaw.reason if flaw else "",
        }
        return kept(Response(told), told)

    def again(self, once: Once) -> Response:
        """What was found when it was checked."""
        return Response(once.plain, status=once.status)
