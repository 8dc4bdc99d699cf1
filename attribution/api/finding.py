"""REST: findings and the signatures they need."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.api.drafting import INPUTS as DRAFTING_INPUTS
from attribution.api.drafting import DraftingDeeds
from attribution.api.gate import GateSerializer, OriginatorConsentInput
from attribution.filters import FindingFilter
from attribution.models import Actor, Citation, Dissent, Finding, Hypothesis, Review
from attribution.models.vocabulary import Audience, Confidence, Likelihood, Standard
from comparison.models import Link
from core.markings import Tlp
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence.models import Item
from investigations.models import Request as Asked
from investigations.models import RequestKind, SourceReport

CITABLE = ("item", "link", "source_report")
FINDING_FACTS = list(services.FindingFacts.__annotations__)


class CitationSerializer(RowSerializer[Citation]):
    """One thing cited, for the finding or against it, pinned once the finding was handed in.

    `kind` says which of the three it is. Its id, version and digest are told to those who may read
    it; those of a comparison across two cases are not: `comparisons/` tells of it who sees both.
    """

    kind = serializers.SerializerMethodField()

    class Meta:
        model = Citation
        fields = ["id", "stance", "kind", *CITABLE, "remark", "version_cited", "sha256_cited"]

    def get_kind(self, citation: Citation) -> str:
        return next(name for name in CITABLE if getattr(citation, f"{name}_id"))

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """What the reader may not see is left unnamed, as it is on the page."""
        told = dict(super().to_representation(instance))
        if not getattr(instance, f"sees_{told['kind']}"):
            told |= {told["kind"]: None, "version_cited": None, "sha256_cited": ""}
        return told


class DissentSerializer(RowSerializer[Dissent]):
    """A signed minority view; one that was taken back before the review is not there any more."""

    class Meta:
        model = Dissent
        fields = ["id", "author", "text", "likelihood", "confidence", "created_at"]
        # Empty where a view was signed before its likelihood was asked for.
        extra_kwargs = {"likelihood": {"allow_blank": True}}


class FindingSerializer(RowSerializer[Finding]):
    """A finding as those see it who may read it, with what it cites and who disagrees."""

    citations: Any = CitationSerializer(many=True, read_only=True)
    dissents: Any = DissentSerializer(many=True, read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Finding
        fields = [
            *("id", "case", "ref", "hypothesis", "status", "version", "created_at"),
            *("submitted_at", "released_at", "supersedes", "authors", "handling"),
            *("citations", "dissents"),
            *FINDING_FACTS,
        ]


class FindingInput(StrictSerializer, RowSerializer[Finding]):
    """What drafts a finding: a hypothesis, and what is concluded of it."""

    hypothesis = VisibleField(queryset=Hypothesis.objects.all())
    subject = VisibleField(queryset=Actor.objects.all(), required=False, allow_null=True)
    level = serializers.IntegerField(min_value=0, max_value=7, required=False)

    class Meta:
        model = Finding
        fields = ["hypothesis", *FINDING_FACTS]


class FindingChanges(FindingInput):
    """What may be said otherwise in a draft; its hypothesis stays."""

    hypothesis: Any = None

    class Meta(FindingInput.Meta):
        fields = FINDING_FACTS


class ReviewInput(StrictSerializer):
    """A verdict on the version handed in, with the standards it meets."""

    verdict = serializers.ChoiceField(choices=Review.Verdict.choices)
    standards_met = serializers.ListField(
        child=serializers.ChoiceField(choices=Standard.choices), required=False, default=list
    )
    comment = serializers.CharField(required=False, allow_blank=True, default="")


class DissentInput(StrictSerializer):
    """A signed minority view, with the likelihood that its author sees."""

    text = serializers.CharField()
    likelihood = serializers.ChoiceField(choices=Likelihood.choices)
    confidence = serializers.ChoiceField(choices=Confidence.choices, required=False, default="")


class ReleaseInput(StrictSerializer):
    """To whom the finding goes, and under which marking."""

    audience = serializers.ChoiceField(choices=Audience.choices)
    tlp = serializers.ChoiceField(choices=Tlp.choices)
    conditions = serializers.CharField(required=False, allow_blank=True, default="")


class WithdrawInput(StrictSerializer):
    """Why the finding no longer stands."""

    reason = serializers.CharField()


class CiteInput(StrictSerializer):
    """One thing that the finding rests on, or that speaks against it."""

    item: Any = VisibleField(queryset=Item.objects.all(), required=False)
    link: Any = VisibleField(queryset=Link.objects.all(), required=False)
    source_report: Any = VisibleField(queryset=SourceReport.objects.all(), required=False)
    stance = serializers.ChoiceField(choices=Citation.Stance.choices)
    remark = serializers.CharField(required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        things = [attrs.pop(name) for name in CITABLE if name in attrs]
        if len(things) != 1:
            raise serializers.ValidationError(_("Cite one exhibit, comparison or source report."))
        return {**attrs, "thing": things[0]}


class FindingViewSet(DraftingDeeds, RecordViewSet[Finding]):
    """Findings that you may read: drafts only of your own, or if you review or release."""

    policy = SIGNED_IN
    decides = (
        *("submit", "review", "dissent", "take_back_dissent", "consent"),
        *("release", "confirm_release", "withdraw"),
    )
    model = Finding
    serializer_class = FindingSerializer
    filterset_class = FindingFilter
    relations = ("case",)
    inputs = {
        "create": FindingInput,
        "partial_update": FindingChanges,
        "cite": CiteInput,
        "consent": OriginatorConsentInput,
        "review": ReviewInput,
        "dissent": DissentInput,
        "release": ReleaseInput,
        "withdraw": WithdrawInput,
        **DRAFTING_INPUTS,
    }

    def get_queryset(self) -> QuerySet[Finding]:
        """Each with its citations and dissents, as far as the asking person may read them."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        reader = person(self.request)
        cited = Citation.objects.visible_to(reader).with_sight(reader)
        disagreed = Dissent.objects.visible_to(reader)
        told = (Prefetch("citations", cited), Prefetch("dissents", disagreed))
        return rows.prefetch_related("authors", *told)

    @extend_schema(request=FindingInput, responses={201: FindingSerializer})
    def create(self, request: Request) -> Response:
        """Begin a finding; it stays yours until you hand it in."""
        facts = self.read_body(request)
        finding = services.draft_finding(facts.pop("hypothesis"), by=person(request), **facts)
        return self.show(finding, status=201)

    @extend_schema(request=FindingChanges, responses=FindingSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Rewrite a draft as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_finding)

    @extend_schema(request=CiteInput, responses={201: FindingSerializer})
    @action(detail=True, methods=["post"])
    def cite(self, request: Request, pk: str | None = None) -> Response:
        """Cite an exhibit, a confirmed comparison or a source report, for or against."""
        finding, asked = self.get_object(), self.read_body(request)
        services.cite(finding, asked.pop("thing"), by=person(request), **asked)
        return self.show(finding, status=201)

    @extend_schema(request=None, responses=FindingSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str | None = None) -> Response:
        """Hand the finding in for review; its text stands still from then on."""
        return self.show(services.submit_finding(self.get_object(), by=person(request)))

    @extend_schema(responses=GateSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def gates(self, request: Request, pk: str | None = None) -> Response:
        """What keeps it from being released, each with the page where that is mended."""
        found = services.open_gates(self.get_object())
        context = self.get_serializer_context()
        return Response(GateSerializer(found, many=True, context=context).data)

    @extend_schema(request=OriginatorConsentInput, responses=FindingSerializer)
    @action(detail=True, methods=["post"])
    def consent(self, request: Request, pk: str | None = None) -> Response:
        """Enter that an agency which keeps control of what is cited agrees to its release."""
        finding, asked = self.get_object(), self.read_body(request)
        services.record_consent(finding, by=person(request), **asked)
        return self.show(finding)

    @extend_schema(request=ReviewInput, responses=FindingSerializer)
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str | None = None) -> Response:
        """Approve or return; nobody reviews what they wrote."""
        finding, asked = self.get_object(), self.read_body(request)
        services.review_finding(finding, by=person(request), **asked)
        return self.show(finding)

    @extend_schema(request=DissentInput, responses=FindingSerializer)
    @action(detail=True, methods=["post"])
    def dissent(self, request: Request, pk: str | None = None) -> Response:
        """Put a signed minority view beside the finding."""
        finding, asked = self.get_object(), self.read_body(request)
        services.record_dissent(finding, by=person(request), **asked)
        return self.show(finding)

    @extend_schema(request=ReleaseInput, responses=FindingSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str | None = None) -> Response:
        """Let an approved finding go; from level L5 on a second authority confirms."""
        finding, asked = self.get_object(), self.read_body(request)
        services.release_finding(finding, by=person(request), **asked)
        return self.show(finding)

    @extend_schema(request=None, responses=FindingSerializer)
    @action(detail=True, methods=["post"], url_path="confirm-release")
    def confirm_release(self, request: Request, pk: str | None = None) -> Response:
        """The second signature under a proposed release."""
        finding = self.get_object()
        waiting = Asked.objects.visible_to(person(request)).about(finding).waiting()
        asked = get_object_or_404(waiting, kind=RequestKind.RELEASE)
        services.confirm_release(asked, by=person(request))
        return self.show(finding)

    @extend_schema(request=WithdrawInput, responses=FindingSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """Take the finding back, with a reason; it stays on record."""
        finding, asked = self.get_object(), self.read_body(request)
        services.withdraw_finding(finding, by=person(request), **asked)
        return self.show(finding)

    @extend_schema(request=None, responses={201: FindingSerializer})
    @action(detail=True, methods=["post"])
    def supersede(self, request: Request, pk: str | None = None) -> Response:
        """Begin the successor of a released finding, which is told; the released one stands."""
        successor = services.supersede_finding(self.get_object(), by=person(request))
        return self.show(successor, status=201)
