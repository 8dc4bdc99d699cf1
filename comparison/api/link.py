"""REST: comparisons, with the explanation they were frozen with, and the examiners' judgements."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from comparison import services
from comparison.filters import LinkFilter
from comparison.models import Conclusion, Confidence, Link, LinkState
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer


class LinkSerializer(serializers.ModelSerializer[Link]):
    """A comparison as it is shown; it says nothing about who used either weapon."""

    handling = HandlingSerializer(read_only=True)
    sentence = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()

    class Meta:
        model = Link
        fields = [
            *("id", "case", "other_case", "left", "right", "version", "state", "outcome"),
            *("ratio", "log10_ratio", "band", "alert", "cross_theatre", "examiners"),
            *("parameters_version", "proposed_at", "sentence", "explanation", "handling"),
        ]

    def get_sentence(self, link: Link) -> str:
        return services.sentence_of(link)

    def get_state(self, link: Any) -> str:
        """The state: to an examiner who has yet to judge without knowing the first, proposed."""
        return str(LinkState.PROPOSED if link.is_blind else link.state)


class JudgementInput(StrictSerializer):
    """A conclusion in fixed words, with its reason and the differences explained."""

    conclusion = serializers.ChoiceField(choices=Conclusion.choices)
    confidence = serializers.ChoiceField(choices=Confidence.choices)
    reason = serializers.CharField(max_length=5000)
    alternatives = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    explained: Any = serializers.DictField(
        child=serializers.CharField(max_length=2000), required=False
    )
    version = serializers.IntegerField(min_value=1)


class LinkViewSet(RecordViewSet[Link]):
    """Comparisons both of whose cases you work on."""

    policy = SIGNED_IN
    decides = ("judge",)
    model = Link
    serializer_class = LinkSerializer
    filterset_class = LinkFilter
    relations = ("case", "other_case", "left", "right")
    inputs = {"judge": JudgementInput}

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        drawn = getattr(self, "swagger_fake_view", False)
        return rows if drawn else rows.with_blindness(self.request.user)

    @extend_schema(request=JudgementInput, responses={201: LinkSerializer})
    @action(detail=True, methods=["post"])
    def judge(self, request: Request, pk: str | None = None) -> Response:
        """Confirm or reject, with a reason; a second examiner judges without seeing the first."""
        link, asked = self.get_object(), self.read_body(request)
        services.judge_link(link, by=person(request), **asked)
        return self.show(link, status=201)
