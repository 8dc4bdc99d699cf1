"""REST: what the ledger holds commitments to; the values are kept and opened in the browser."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.http import key_or_404
from core.keyed import KeyedViewSet
from core.models import Once
from core.rest import StrictSerializer
from core.row_serializer import RowSerializer
from investigations import services
from investigations.models import CommittedValue


class CommittedValueSerializer(RowSerializer[CommittedValue]):
    """What the ledger holds a commitment to; the value itself is opened in the browser alone."""

    class Meta:
        model = CommittedValue
        fields = ["id", "about", "commitment", "created_at", "erased_at"]


class ErasureInput(StrictSerializer):
    """Why it is to go for good; the words are kept, so they name neither person nor value."""

    reason = serializers.CharField(max_length=500)


class CommittedValueViewSet(KeyedViewSet[CommittedValue]):
    """Single values kept apart, never their words; a case lists its `committed-values`.

    No program keeps or opens a value: nothing of it may stay in what is sent again, or elsewhere.
    """

    policy = SIGNED_IN
    serializer_class = CommittedValueSerializer
    queryset = CommittedValue.objects.none()

    def kept(self, request: Request, key: str | None) -> CommittedValue:
        """The value without its words, if this person may know of it."""
        kept = services.value_seen(key_or_404(key), by=person(request))
        if kept is None:
            raise Http404
        return kept

    def again(self, once: Once) -> Response:
        """As it is now, to whoever may still know of it."""
        kept = self.kept(self.request, str(once.subject))
        return Response(CommittedValueSerializer(kept).data, status=once.status)

    @extend_schema(responses=CommittedValueSerializer)
    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """What it is, and whether it was erased: for those who guard it."""
        return Response(CommittedValueSerializer(self.kept(request, pk)).data)

    @extend_schema(request=ErasureInput, responses=CommittedValueSerializer)
    @action(detail=True, methods=["post"], url_path="ask-to-erase")
    def ask_to_erase(self, request: Request, pk: str | None = None) -> Response:
        """Ask for the value to go for good; a second person agrees in the browser."""
        kept, asked = self.kept(request, pk), ErasureInput(data=request.data)
        asked.is_valid(raise_exception=True)
        services.ask_to_erase_value(kept, by=person(request), **asked.validated_data)
        return Response(CommittedValueSerializer(kept).data)
