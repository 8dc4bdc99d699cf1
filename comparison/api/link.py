"""REST: comparisons, with the explanation they were frozen with, and the examiners' judgements."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from comparison import services
from comparison.filters import LinkFilter
from comparison.models import AlertCause, Conclusion, Confidence, Judgement, Link, LinkState
from core.errors import Refused
from core.models import Once
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer


class LinkSerializer(RowSerializer[Link]):
    """A comparison as it is shown; it says nothing about who used either weapon."""

    handling = HandlingSerializer(read_only=True)
    sentence = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()

    class Meta:
        model = Link
        fields = [
            *("id", "case", "other_case", "left", "right", "version", "state", "outcome"),
            *("ratio", "log10_ratio", "band", "found_by", "alert", "cross_theatre", "examiners"),
            *("alert_cause", "alert_reason"),
            *("parameters_version", "proposed_at", "sentence", "explanation", "handling"),
        ]

    def get_sentence(self, link: Link) -> str:
        return services.sentence_of(link)

    def get_state(self, link: Any) -> str:
        """The state: to an examiner who has yet to judge without knowing the first, proposed."""
        return str(LinkState.PROPOSED if link.is_blind else link.state)


class JudgementInput(StrictSerializer):
    """A conclusion in fixed words and its reason; `explained` gives, by feature, what explains a
    difference, or a note.
    """

    conclusion = serializers.ChoiceField(choices=Conclusion.choices)
    confidence = serializers.ChoiceField(choices=Confidence.choices)
    reason = serializers.CharField(max_length=5000)
    alternatives = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    explained: Any = serializers.DictField(
        child=serializers.CharField(max_length=2000), required=False
    )
    version = serializers.IntegerField(min_value=1)


class AlarmInput(StrictSerializer):
    """What an alarm turned out to be, and how that is known."""

    cause = serializers.ChoiceField(choices=AlertCause.choices)
    reason = serializers.CharField(max_length=5000)
    version = serializers.IntegerField(min_value=1)


class SeenInput(StrictSerializer):
    """A comparison, and the version of it that was looked at."""

    id: Any = VisibleField(queryset=Link.objects.all())
    version = serializers.IntegerField(min_value=1)


class SeriesInput(StrictSerializer):
    """One conclusion and one reason for each of these comparisons, at most 500."""

    links: Any = SeenInput(many=True, max_length=services.MOST_AT_ONCE)  # type: ignore[call-arg]
    conclusion = serializers.ChoiceField(choices=Conclusion.choices)
    confidence = serializers.ChoiceField(choices=Confidence.choices)
    reason = serializers.CharField(max_length=5000)
    alternatives = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class LeftSerializer(serializers.Serializer[Any]):
    """A comparison that was left, and why."""

    id = serializers.UUIDField()
    why = serializers.CharField()


class SeriesSerializer(serializers.Serializer[Any]):
    """What came of a series."""

    judged = serializers.ListField(child=serializers.UUIDField())
    left = LeftSerializer(many=True)


class LinkViewSet(RecordViewSet[Link]):
    """Comparisons both of whose cases you work on."""

    policy = SIGNED_IN
    decides = ("judge", "withdraw", "judge_series", "resolve_alarm")
    model = Link
    serializer_class = LinkSerializer
    filterset_class = LinkFilter
    relations = ("case", "other_case", "left", "right")
    inputs = {
        "judge": JudgementInput,
        "judge_series": SeriesInput,
        "resolve_alarm": AlarmInput,
    }

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

    @extend_schema(request=None, responses={201: LinkSerializer})
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """Take back your own last judgement, within ten minutes and before a colleague judges."""
        link, by = self.get_object(), person(request)
        mine = Judgement.objects.visible_to(by).standing().filter(link=link, examiner=by)
        services.require_examiner(link, by)
        judgement = mine.order_by("-id").first()
        if judgement is None:
            raise Refused(_("You have not judged this pair: there is nothing to take back."))
        services.withdraw_judgement(judgement, by=by)
        return self.show(link, status=201)

    @extend_schema(request=AlarmInput, responses=LinkSerializer)
    @action(detail=True, methods=["post"], url_path="resolve-alarm")
    def resolve_alarm(self, request: Request, pk: str | None = None) -> Response:
        """Say what the alarm turned out to be; only then may the pair be judged."""
        link, asked = self.get_object(), self.read_body(request)
        return self.show(services.resolve_alarm(link, by=person(request), **asked))

    @extend_schema(request=SeriesInput, responses={201: SeriesSerializer})
    @action(detail=False, methods=["post"], url_path="series", pagination_class=None)
    def judge_series(self, request: Request) -> Response:
        """Conclude the same of many comparisons; those that need a look of their own are left."""
        asked = self.read_body(request)
        versions = {one["id"].pk: one["version"] for one in asked.pop("links")}
        done = services.judge_links(versions, by=person(request), **asked)
        return self.show_series([one.link_id for one in done.judged], done.left)

    def show_series(self, judged: list[UUID], left: list[tuple[Link, str]]) -> Response:
        """What was judged, and what was left with the reason."""
        told = [{"id": link.pk, "why": why} for link, why in left]
        series = SeriesSerializer({"judged": judged, "left": told})
        return Response(series.data, status=201)

    def again(self, once: Once) -> Response:
        """A series sent twice is told again: what of it is judged, and what was left."""
        if self.action != "judge_series":
            return super().again(once)
        asked, by = self.read_body(self.request), person(self.request)
        versions = {one["id"].pk: one["version"] for one in asked.pop("links")}
        judged = Link.objects.visible_to(by).filter(pk__in=list(versions)).judged_by(by)
        keys = list(judged.order_by("pk").values_list("pk", flat=True))
        return self.show_series(keys, services.left_of(versions, by=by, **asked))
