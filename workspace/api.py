"""REST: lines of the ledger with their proofs, how far it is signed, and the past of records."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
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
from investigations.models import Case
from ledger import proofs
from ledger.models import Alarm, Checkpoint, Entry, EntryQuerySet, TimeStamp
from workspace.forms import MomentsForm
from workspace.http import with_past_or_404
from workspace.models import History, tell_in_words

MAPPING = {200: OpenApiTypes.OBJECT}


class LineSerializer(serializers.ModelSerializer[Entry]):
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


class CheckpointSerializer(serializers.ModelSerializer[Checkpoint]):
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


class LogViewSet(GenericViewSet[Case]):
    """The log of one case, named by the case: how far it is signed, and that it only ever grew."""

    policy = SIGNED_IN
    queryset = Case.objects.none()
    serializer_class = SizesInput

    def log(self, pk: str | None) -> UUID:
        """The log, if the asking person may read it."""
        cases = Case.objects.audited_by(person(self.request))
        return get_object_or_404(cases, pk=key_or_404(str(pk))).ledger_log

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


class PastFactSerializer(serializers.Serializer[Any]):
    """One fact at one moment, in the words of the reader's language."""

    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # its own label is not asked for
    value = serializers.CharField(source="after")


class PastChangeSerializer(serializers.Serializer[Any]):
    """One fact before and after, in words; what was unknown is empty, as is what is `withheld`.

    Withheld is what the record said under a label, or as a draft, that is not yours to read.
    """

    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # its own label is not asked for
    before = serializers.CharField()
    after = serializers.CharField()
    withheld = serializers.BooleanField()


class PastStepSerializer(serializers.Serializer[Any]):
    """One deed: its line in the ledger, who did it, and what it changed; the program is null."""

    entry = serializers.UUIDField(source="entry.pk")
    at = serializers.DateTimeField(source="entry.at")
    actor = serializers.UUIDField(source="entry.actor_id", allow_null=True)
    act = serializers.CharField(source="entry.act")
    changes = PastChangeSerializer(many=True)


class PastSerializer(serializers.Serializer[Any]):
    """Every deed on a record, the newest first, and what it says later otherwise than earlier.

    `since` and `until` are the two moments, `differences` what it says otherwise at the later one,
    `as_of` all that it then said: null before it was entered, or where that is `withheld`.
    """

    kind = serializers.CharField()
    id = serializers.UUIDField()
    steps = PastStepSerializer(many=True)
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    withheld = serializers.BooleanField()
    differences = PastChangeSerializer(many=True)
    as_of = PastFactSerializer(many=True, allow_null=True)


MOMENT = "A moment, such as 2026-03-14T08:00:00Z."
BETWEEN = [
    OpenApiParameter("id", UUID, OpenApiParameter.PATH),
    OpenApiParameter(
        "from", datetime, description=f"{MOMENT} Left out: just before the last change until `to`."
    ),
    OpenApiParameter("to", datetime, description=f"{MOMENT} Left out: now."),
]


class HistoryViewSet(GenericViewSet[Any]):
    """The past of a record that people amend, by its kind (such as `evidence.item`) and its id."""

    policy = SIGNED_IN
    serializer_class = PastSerializer

    @extend_schema(parameters=BETWEEN, responses=PastSerializer)
    def retrieve(self, request: Request, kind: str, pk: str) -> Response:
        """What each deed changed, and what the record says at one moment otherwise than before."""
        past = with_past_or_404(person(request), kind, key_or_404(pk))
        asked = MomentsForm(request.query_params, moments=[])
        if not asked.is_valid():
            wrong = {name: [str(one) for one in found] for name, found in asked.errors.items()}
            raise serializers.ValidationError(wrong)
        return Response(PastSerializer(told_of(past, *asked.asked)).data)


def told_of(past: History, since: datetime | None, until: datetime | None) -> dict[str, Any]:
    """The history of one record as programs read it."""
    found = past.between(since, until)
    facts = past.told_at(found.until)
    return {
        "kind": past.row._meta.label_lower,
        "id": past.row.pk,
        "steps": past.steps(),
        "since": found.since,
        "until": found.until,
        "withheld": found.withheld,
        "differences": found.changes,
        "as_of": None if not facts or facts[0].withheld else facts,
    }


def key_or_404(said: str) -> UUID:
    """The id in an address; what is none names nothing."""
    try:
        return UUID(said)
    except ValueError as problem:
        raise Http404 from problem
