"""The past of any record that people amend: its deeds, and what it says otherwise since."""

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.http import key_or_404
from workspace.forms import MomentsForm
from workspace.http import with_past_or_404
from workspace.models import History


class PastFactSerializer(serializers.Serializer[Any]):
    """One fact at one moment, in the words of the reader's language."""

    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField(source="after")


class PastChangeSerializer(serializers.Serializer[Any]):
    """One fact before and after, in words; what was unknown is empty, as is what is `withheld`.

    Withheld is what the record said under a label, or as a draft, that is not yours to read.
    """

    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
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
