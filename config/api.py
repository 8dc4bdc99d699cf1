"""Mounts the REST endpoints that the rooms own, and the document that describes them."""

from django.urls import include, path
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.routers import SimpleRouter

from accounts.policy import SIGNED_IN
from attribution.api import (
    AccountabilityViewSet,
    ActorMatrixViewSet,
    ActorViewSet,
    AssertionViewSet,
    CaseStageViewSet,
    ClaimAccountViewSet,
    ClaimViewSet,
    FindingViewSet,
    FollowUpViewSet,
    HypothesisViewSet,
    MatrixRowViewSet,
    MatrixSnapshotViewSet,
    MatrixViewSet,
    MeasureViewSet,
    PostMortemViewSet,
    ReviewCommentViewSet,
    SheetViewSet,
    StatementViewSet,
)
from catalogue.api import (
    CategoryViewSet,
    CountryViewSet,
    LaboratoryViewSet,
    MakerViewSet,
    TermViewSet,
    TheatreViewSet,
    VariantLinkViewSet,
    VocabularyViewSet,
    WeaponModelViewSet,
)
from comparison.api import (
    AskedViewSet,
    BatchViewSet,
    CommonalityViewSet,
    DisclosureViewSet,
    HitViewSet,
    LinkViewSet,
    LookupViewSet,
    ProposalViewSet,
    WeaponComparisonViewSet,
)
from config.feed import KINDS
from core.asked import tell_by
from core.rest import RecordViewSet
from evidence.api import (
    CaptureViewSet,
    CaveatViewSet,
    ComponentViewSet,
    DeliverableViewSet,
    DeploymentViewSet,
    EstablishmentViewSet,
    FileViewSet,
    ItemViewSet,
    LabExamViewSet,
    LoanViewSet,
    MachineReadingViewSet,
    MarkingViewSet,
    PlaceViewSet,
    RedactionViewSet,
    RightOfReplyViewSet,
    StocktakeViewSet,
    TraceRequestViewSet,
    UploadViewSet,
    WeaponInstanceViewSet,
)
from exchange.api import (
    ArrivalViewSet,
    ArrivedObjectViewSet,
    CaseStixViewSet,
    ChangesViewSet,
    ColumnMapViewSet,
    DeliveredViewSet,
    DeliveryViewSet,
    PeerViewSet,
    ShipmentViewSet,
    SnapshotViewSet,
    TableImportViewSet,
    TableRowViewSet,
    cover,
)
from investigations.api import (
    CaseViewSet,
    CasualtyViewSet,
    CommittedValueViewSet,
    ContributionViewSet,
    HandlingViewSet,
    IncidentViewSet,
    MembershipViewSet,
    NeedViewSet,
    NoteViewSet,
    NoticeViewSet,
    OfferViewSet,
    RequestViewSet,
    SiteViewSet,
    SourceReportViewSet,
    SourceViewSet,
    TaskViewSet,
)
from reports.api import (
    AcceptanceLetterViewSet,
    BundleViewSet,
    ContributionLetterViewSet,
    DossierViewSet,
    ExamLetterViewSet,
    LabelsViewSet,
    ReportViewSet,
    TraceLetterViewSet,
)
from workspace.api import (
    ActivityViewSet,
    HistoryViewSet,
    LineViewSet,
    LogViewSet,
    SearchViewSet,
)

app_name = "api"


class KeyScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document describes our keys."""

    target_class = "accounts.authentication.TokenAuthentication"
    name = "API key"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "vst_…"}


class Description(SpectacularJSONAPIView):
    """The OpenAPI document, for whoever has signed in."""

    policy = SIGNED_IN


router = SimpleRouter()
router.register("cases", CaseViewSet, "cases")
router.register("committed-values", CommittedValueViewSet, "committed-values")
router.register("memberships", MembershipViewSet, "memberships")
router.register("incidents", IncidentViewSet, "incidents")
router.register("casualties", CasualtyViewSet, "casualties")
router.register("sites", SiteViewSet, "sites")
router.register("tasks", TaskViewSet, "tasks")
router.register("notes", NoteViewSet, "notes")
router.register("notices", NoticeViewSet, "notices")
router.register("sources", SourceViewSet, "sources")
router.register("source-reports", SourceReportViewSet, "source-reports")
router.register("needs", NeedViewSet, "needs")
router.register("contributions", ContributionViewSet, "contributions")
router.register("offers", OfferViewSet, "offers")
router.register("deployments", DeploymentViewSet, "deployments")
router.register("deliverables", DeliverableViewSet, "deliverables")
router.register("caveats", CaveatViewSet, "caveats")
router.register("items", ItemViewSet, "items")
router.register("places", PlaceViewSet, "places")
router.register("loans", LoanViewSet, "loans")
router.register("stocktakes", StocktakeViewSet, "stocktakes")
router.register("weapons", WeaponInstanceViewSet, "weapons")
router.register("components", ComponentViewSet, "components")
router.register("files", FileViewSet, "files")
router.register("markings", MarkingViewSet, "markings")
router.register("machine-readings", MachineReadingViewSet, "machine-readings")
router.register("establishments", EstablishmentViewSet, "establishments")
router.register("redactions", RedactionViewSet, "redactions")
router.register("captures", CaptureViewSet, "captures")
router.register("uploads", UploadViewSet, "uploads")
router.register("examinations", LabExamViewSet, "examinations")
router.register("traces", TraceRequestViewSet, "traces")
router.register("right-of-reply", RightOfReplyViewSet, "right-of-reply")
router.register("comparisons/hits", HitViewSet, "hits")
router.register("comparisons/lists", LookupViewSet, "lookups")
router.register("comparisons/proposals", ProposalViewSet, "comparison-proposals")
router.register("comparisons", LinkViewSet, "comparisons")
router.register("disclosures", DisclosureViewSet, "disclosures")
router.register("disclosure-requests", AskedViewSet, "disclosure-requests")
router.register("batches", BatchViewSet, "batches")
router.register("commonality", CommonalityViewSet, "commonality")
router.register("weapon-comparisons", WeaponComparisonViewSet, "weapon-comparisons")
router.register("requests", RequestViewSet, "requests")
router.register(r"handling/(?P<kind>[a-z]+\.[a-z]+)", HandlingViewSet, "handling")
router.register(r"history/(?P<kind>[a-z]+\.[a-z]+)", HistoryViewSet, "history")
router.register("statements", StatementViewSet, "statements")
router.register("claims", ClaimViewSet, "claims")
router.register("claim-accounts", ClaimAccountViewSet, "claim-accounts")
router.register("actors", ActorViewSet, "actors")
router.register("assertions", AssertionViewSet, "assertions")
router.register("hypotheses", HypothesisViewSet, "hypotheses")
router.register("actor-matrix", ActorMatrixViewSet, "actor-matrix")
router.register("matrices", MatrixViewSet, "matrices")
router.register("matrix-rows", MatrixRowViewSet, "matrix-rows")
router.register("matrix-sheets", SheetViewSet, "matrix-sheets")
router.register("matrix-snapshots", MatrixSnapshotViewSet, "matrix-snapshots")
router.register("post-mortems", PostMortemViewSet, "post-mortems")
router.register("findings", FindingViewSet, "findings")
router.register("measures", MeasureViewSet, "measures")
router.register("follow-ups", FollowUpViewSet, "follow-ups")
router.register("accountability", AccountabilityViewSet, "accountability")
router.register("review-comments", ReviewCommentViewSet, "review-comments")
router.register("bundles", BundleViewSet, "bundles")
router.register("reports", ReportViewSet, "reports")
router.register("labels", LabelsViewSet, "labels")
router.register("traces", TraceLetterViewSet, "trace-letters")
router.register("examinations", ExamLetterViewSet, "exam-letters")
router.register("measures", DossierViewSet, "dossiers")
router.register("contributions", ContributionLetterViewSet, "contribution-letters")
router.register("offers", AcceptanceLetterViewSet, "acceptance-letters")
router.register("cases", CaseStageViewSet, "case-stages")
router.register("cases", CaseStixViewSet, "case-stix")
router.register("cases", ActivityViewSet, "case-activity")
router.register("weapon-models", WeaponModelViewSet, "weapon-models")
router.register("weapon-model-links", VariantLinkViewSet, "weapon-model-links")
router.register("component-categories", CategoryViewSet, "component-categories")
router.register("makers", MakerViewSet, "makers")
router.register("laboratories", LaboratoryViewSet, "laboratories")
router.register("countries", CountryViewSet, "countries")
router.register("theatres", TheatreViewSet, "theatres")
router.register("vocabularies", VocabularyViewSet, "vocabularies")
router.register("terms", TermViewSet, "terms")
router.register("arrivals", ArrivalViewSet, "arrivals")
router.register("arrived-objects", ArrivedObjectViewSet, "arrived-objects")
router.register("table-imports", TableImportViewSet, "table-imports")
router.register("column-maps", ColumnMapViewSet, "column-maps")
router.register("table-rows", TableRowViewSet, "table-rows")
router.register("peers", PeerViewSet, "peers")
router.register("shipments", ShipmentViewSet, "shipments")
router.register("deliveries", DeliveryViewSet, "deliveries")
router.register("delivered-records", DeliveredViewSet, "delivered-records")
router.register("ledger/entries", LineViewSet, "ledger-entries")
router.register("ledger/logs", LogViewSet, "ledger-logs")

cover(KINDS)
tell_by(each for _prefix, each, _name in router.registry if issubclass(each, RecordViewSet))
urlpatterns = [
    path("v1/changes/", ChangesViewSet.as_view({"get": "follow"}), name="changes"),
    path("v1/snapshot/", SnapshotViewSet.as_view({"get": "stream"}), name="snapshot"),
    path("v1/search/", SearchViewSet.as_view({"get": "search"}), name="search"),
    path("v1/openapi.json", Description.as_view(), name="openapi"),
    path("v1/", include(router.urls)),
]
