"""What a client may ask of the feed, and how it is told that it cannot go on."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.asked import require_parameters
from exchange.api.kinds import COVERED
from exchange.api.page import Asked
from exchange.api.reader import Reader
from exchange.services.cursor import Holder
from exchange.services.refusals import CursorRefused

LONGEST_WAIT = 30
USUAL, MOST = 500, 5000
PROBLEM = "application/problem+json"
TITLE = gettext_lazy("This cursor cannot be gone on from")


class NarrowedInput(serializers.Serializer[Any]):
    """Which kinds (`items,files`) in which cases; without them all that you see."""

    kind = serializers.CharField(required=False, help_text="items,files")
    case = serializers.CharField(required=False, help_text="ID,ID")

    def validate_kind(self, value: str) -> list[str]:
        """Names of kinds, told in the order in which they are covered."""
        named = {name.strip() for name in value.split(",") if name.strip()}
        if unknown := sorted(named - set(COVERED)):
            told = {"unknown": ", ".join(unknown), "known": ", ".join(COVERED)}
            raise serializers.ValidationError(
                _("%(unknown)s: there is no such kind. There are: %(known)s.") % told
            )
        return [name for name in COVERED if name in named]

    def validate_case(self, value: str) -> list[UUID]:
        """Ids of cases; one that the reader does not see is one of which nothing is told."""
        try:
            return [UUID(part.strip()) for part in value.split(",") if part.strip()]
        except ValueError:
            raise serializers.ValidationError(_("Name cases by their ids.")) from None


class FollowInput(NarrowedInput):
    """Where the client is, how many lines it takes (to 5000), how many seconds it waits (to 30)."""

    since = serializers.CharField(required=False)
    limit = serializers.IntegerField(required=False, min_value=1, max_value=MOST, default=USUAL)
    wait = serializers.IntegerField(required=False, min_value=0, max_value=LONGEST_WAIT, default=0)


class ChangeLine(serializers.Serializer[Any]):
    """One line; `record` is what the door of its `kind` shows, with `put` alone.

    `gained`: a case that you see newly, all of which follows. `lost`: forget all of this case.
    `put`: a record as it is now. `gone`: a record that is not there any more, or not for you.
    `reset`: forget the records of these `kinds` in this case, of which those for you follow.
    """

    op = serializers.ChoiceField(choices=["gained", "lost", "put", "gone", "reset"])
    case = serializers.UUIDField()
    kind = serializers.CharField(required=False)
    id = serializers.UUIDField(required=False)
    record = serializers.DictField(required=False)
    kinds = serializers.ListField(child=serializers.CharField(), required=False)


class ChangesPage(serializers.Serializer[Any]):
    """Lines in their order, the cursor to ask with next, and whether more is waiting already."""

    changes = ChangeLine(many=True)
    cursor = serializers.CharField()
    more = serializers.BooleanField()


def asked_of(told: dict[str, Any]) -> Asked:
    """What was asked for, with everything that was left open."""
    kinds = tuple(told.get("kind") or COVERED)
    return Asked(kinds, tuple(sorted(told.get("case") or ())), told.get("limit", USUAL))


def holder_of(reader: Reader, told: dict[str, Any]) -> Holder:
    """Whom a cursor is given to, and for what."""
    token = reader.token.pk if reader.token else None
    kinds, cases = tuple(told.get("kind") or ()), tuple(told.get("case") or ())
    return Holder(reader.user.pk, token, kinds, cases)


def read_query(request: Request, form: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The query, checked; a wrong one raises and becomes 422."""
    asked = form(data=request.query_params)
    require_parameters(request.query_params, asked.fields)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def problem(refusal: CursorRefused) -> Response:
    """RFC 9457: what is wrong with the cursor, by a code, and in a sentence what to do."""
    body = {
        "type": "about:blank",
        "title": str(TITLE),
        "status": refusal.status,
        "detail": str(refusal),
        "code": refusal.code,
    }
    return Response(body, status=refusal.status, content_type=PROBLEM)
