"""The kinds of records that other programs are told of, in the order in which a snapshot has them.

Not told are hits with other agencies and what was asked and shared about them (they are told by the
day, never by the moment), imports of tables (what they write is told), requests that wait for a
second person, notices (each is one person's), uploads under way, what goes to peers (the bundle is
told), what came from elsewhere until it is accepted, places on teams (whoever gains or loses one is
told of the case), and what belongs to no case: storage, stock-takes, the catalogue, people and
agencies.
"""

from attribution.api import (
    ActorViewSet,
    AssertionViewSet,
    ClaimViewSet,
    FindingViewSet,
    FollowUpViewSet,
    HypothesisViewSet,
    MatrixRowViewSet,
    MatrixSnapshotViewSet,
    MeasureViewSet,
    PostMortemViewSet,
    ReviewCommentViewSet,
    SheetViewSet,
    StatementViewSet,
)
from comparison.api import LinkViewSet
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
    RedactionViewSet,
    RightOfReplyViewSet,
    TraceRequestViewSet,
    WeaponInstanceViewSet,
)
from exchange.api import Kind
from investigations.api import (
    CaseViewSet,
    CasualtyViewSet,
    ContributionViewSet,
    IncidentViewSet,
    NeedViewSet,
    NoteViewSet,
    OfferViewSet,
    SiteViewSet,
    SourceReportViewSet,
    SourceViewSet,
    TaskViewSet,
)
from reports.api import BundleViewSet, ReportViewSet

ITEM, COMPONENT, MARKING = "evidence.Item", "evidence.Component", "evidence.Marking"
SOURCE, REPORT = "investigations.Source", "investigations.SourceReport"
CLAIM, LINK = "attribution.Claim", "comparison.Link"
FIXITY = ("fixity", "fixity_at", "fixity_by")
"""What the nightly check writes, and no door shows."""

WHAT_HAPPENED = [
    Kind("cases", CaseViewSet),
    Kind(
        "incidents",
        IncidentViewSet,
        parts={REPORT: "incident_id"},
        shows={SOURCE: ("source_reports__source",)},
    ),
    Kind("casualties", CasualtyViewSet),
    Kind("sources", SourceViewSet),
    Kind("source-reports", SourceReportViewSet, shows={SOURCE: ("source",)}),
    Kind("sites", SiteViewSet),
    Kind("tasks", TaskViewSet),
    Kind("notes", NoteViewSet),
    Kind("needs", NeedViewSet),
    Kind("contributions", ContributionViewSet),
    Kind("offers", OfferViewSet),
]
WHAT_WAS_FOUND = [
    Kind("items", ItemViewSet),
    Kind("caveats", CaveatViewSet),
    Kind("loans", LoanViewSet, shows={"investigations.Request": ("request",)}),
    Kind("weapons", WeaponInstanceViewSet, shows={ITEM: ("exhibits",)}),
    Kind("components", ComponentViewSet, parts={MARKING: "component_id"}),
    Kind("files", FileViewSet, unshown=FIXITY),
    Kind("markings", MarkingViewSet),
    Kind("machine-readings", MachineReadingViewSet, parts={MARKING: "proposal_id"}),
    Kind("establishments", EstablishmentViewSet),
    Kind("redactions", RedactionViewSet),
    Kind("captures", CaptureViewSet, shows={ITEM: ("item",), "evidence.File": ("file",)}),
    Kind("examinations", LabExamViewSet, shows={ITEM: ("exhibits", "samples")}),
    Kind(
        "traces",
        TraceRequestViewSet,
        parts={"evidence.TraceReply": "trace_id"},
        shows={
            COMPONENT: ("components",),
            "evidence.File": ("photos",),
            "evidence.TraceHop": ("replies__hops",),
        },
    ),
    Kind("right-of-reply", RightOfReplyViewSet),
    Kind(
        "deployments",
        DeploymentViewSet,
        shows={ITEM: ("exhibits",), "investigations.Site": ("sites",)},
    ),
    Kind("deliverables", DeliverableViewSet),
    Kind(
        "comparisons",
        LinkViewSet,
        shows={
            COMPONENT: ("left", "right"),
            "comparison.Judgement": ("judgements",),
            "comparison.Withdrawal": ("judgements__withdrawal",),
        },
        is_across=True,
    ),
]
WHO_DID_IT = [
    Kind("statements", StatementViewSet, shows={SOURCE: ("source",)}, for_the_team=True),
    Kind(
        "claims",
        ClaimViewSet,
        shows={
            CLAIM: ("rests_on",),
            REPORT: ("source_report",),
            SOURCE: ("statement__source", "source_report__source"),
            "attribution.Statement": ("statement",),
        },
        for_the_team=True,
    ),
    Kind(
        "actors",
        ActorViewSet,
        parts={"attribution.ActorName": "actor_id", "attribution.ActorParent": "actor_id"},
        for_the_team=True,
    ),
    Kind(
        "assertions",
        AssertionViewSet,
        parts={"attribution.AssertionEvidence": "assertion_id"},
        shows={CLAIM: ("evidence__claim",), ITEM: ("evidence__item",), LINK: ("evidence__link",)},
        for_the_team=True,
    ),
    Kind("hypotheses", HypothesisViewSet, for_the_team=True),
    Kind("matrix-rows", MatrixRowViewSet, for_the_team=True),
    Kind(
        "matrix-sheets",
        SheetViewSet,
        parts={"attribution.Cell": "sheet_id"},
        for_the_team=True,
        keeps_more=True,
    ),
    Kind("matrix-snapshots", MatrixSnapshotViewSet, for_the_team=True, keeps_more=True),
    Kind(
        "findings",
        FindingViewSet,
        parts={"attribution.Citation": "finding_id", "attribution.Dissent": "finding_id"},
        for_the_team=True,
        keeps_more=True,
    ),
    Kind(
        "review-comments",
        ReviewCommentViewSet,
        parts={"attribution.ReviewReply": "comment_id"},
        for_the_team=True,
        keeps_more=True,
    ),
    Kind(
        "measures",
        MeasureViewSet,
        parts={"attribution.MeasureStep": "measure_id"},
        shows={"attribution.Finding": ("release__finding",)},
        for_the_team=True,
    ),
    Kind("follow-ups", FollowUpViewSet, for_the_team=True),
    Kind(
        "post-mortems",
        PostMortemViewSet,
        shows={"attribution.MatrixRow": ("decisive",)},
        for_the_team=True,
    ),
]
KINDS = [
    *WHAT_HAPPENED,
    *WHAT_WAS_FOUND,
    *WHO_DID_IT,
    Kind("bundles", BundleViewSet, unshown=FIXITY),
    Kind("reports", ReportViewSet, keeps_more=True),
]
