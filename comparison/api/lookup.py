"""REST: ask for a comparison anew, and hold a partner's list against what is recorded."""

import json
import time
from hashlib import sha256
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import person
from accounts.policy import SIGNED_IN
from catalogue.models import ComponentCategory
from comparison import services
from comparison.methods.partner_list import MOST_ROWS, Unreadable, read_lines, rows_of_csv
from core.errors import Refused
from core.keyed import KeyedViewSet
from core.models import Once
from core.parsing import StrictJSONParser
from core.rest import StrictSerializer, VisibleField
from evidence.models import Component

BEAT = 0.5
"""Seconds: a list is answered when a whole beat is over, whatever was found meanwhile."""


class CsvParser(BaseParser):
    """A CSV text as it was sent."""

    media_type = "text/csv"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        return bytes(stream.read())


class ListInput(StrictSerializer):
    """Up to 1,000 components, each as an object of texts."""

    components = serializers.ListField(child=serializers.DictField(), max_length=MOST_ROWS)


class AnswerSerializer(serializers.Serializer[Any]):
    """What is told of one row: its faults by column, hits you may see, and bands elsewhere."""

    row = serializers.IntegerField()
    faults: Any = serializers.DictField(child=serializers.CharField())
    hits = serializers.ListField(child=serializers.DictField())
    elsewhere = serializers.ListField(child=serializers.DictField())


@extend_schema_serializer(many=False)
class AnswersSerializer(serializers.Serializer[Any]):
    """How many rows were sent, and what is told of each."""

    rows = serializers.IntegerField()
    answers: Any = AnswerSerializer(many=True)


class LookupViewSet(GenericViewSet[Any]):
    """Hold a list of components against what is recorded. Nothing of it is kept."""

    policy = SIGNED_IN
    parser_classes = (StrictJSONParser, CsvParser)
    serializer_class = AnswersSerializer
    pagination_class = None
    queryset = Component.objects.none()

    @extend_schema(
        request={"application/json": ListInput, "text/csv": OpenApiTypes.STR},
        responses={200: AnswersSerializer},
    )
    def create(self, request: Request) -> Response:
        """Up to 1,000 rows, answered row by row, in whole beats of half a second."""
        began, by = time.monotonic(), person(request)
        services.require_examining(by)
        rows = rows_in(request)
        known = set(ComponentCategory.objects.values_list("code", flat=True))
        answers = services.hold_against(read_lines(rows, known), by=by, sha256=digest_of(rows))
        told = [shown(answer) for answer in answers]
        time.sleep(BEAT - (time.monotonic() - began) % BEAT)
        return Response({"rows": len(rows), "answers": told})


def rows_in(request: Request) -> list[dict[str, Any]]:
    """The rows of the body, whichever of the two it is."""
    sent: Any = request.data
    if isinstance(sent, bytes):
        rows = rows_in_csv(sent)
    else:
        form = ListInput(data=sent)
        form.is_valid(raise_exception=True)
        rows = [dict(one) for one in form.validated_data["components"]]
    if not 0 < len(rows) <= MOST_ROWS:
        raise Refused(_("Send from 1 to %(most)s rows.") % {"most": f"{MOST_ROWS:,}"})
    return rows


def rows_in_csv(sent: bytes) -> list[dict[str, Any]]:
    """The rows of a CSV text, or a sentence on what it lacks."""
    try:
        return rows_of_csv(sent.decode("utf-8"))
    except (UnicodeDecodeError, Unreadable):
        raise Refused(
            _("This is no CSV in UTF-8 whose first line names its columns, `category` among them.")
        ) from None


def digest_of(rows: list[dict[str, Any]]) -> str:
    """SHA-256 of the rows in canonical JSON: all that is kept of them."""
    plain = json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()


def shown(answer: services.Answer) -> dict[str, Any]:
    """One answer, each hit with the address of its component."""
    hits = [
        {**hit, "url": reverse("api:components-detail", args=[hit["component"]])}
        for hit in answer.hits
    ]
    return {"row": answer.row, "faults": answer.faults, "hits": hits, "elsewhere": answer.elsewhere}


class ProposalInput(StrictSerializer):
    """The component to compare anew."""

    component: Any = VisibleField(queryset=Component.objects.all())


class ProposalViewSet(KeyedViewSet[Any]):
    """Ask for a comparison anew; what comes of it is listed under `comparisons/`."""

    policy = SIGNED_IN
    serializer_class = ProposalInput

    @extend_schema(request=ProposalInput, responses={202: OpenApiTypes.OBJECT})
    def create(self, request: Request) -> Response:
        """Have a component compared in the background."""
        form = ProposalInput(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        services.ask_for_comparison(form.validated_data["component"], by=person(request))
        return Response({"is_asked": True}, status=202)

    def again(self, once: Once) -> Response:
        """It was asked for already."""
        return Response(once.plain, status=once.status)
