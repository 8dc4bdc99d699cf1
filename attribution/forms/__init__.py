"""What may be typed about statements, claims, actors, hypotheses, findings and measures."""

from attribution.forms.actor import ActorForm, NewActorForm
from attribution.forms.actor_name import ActorNameForm, ActorParentForm, EndForm
from attribution.forms.assertion import AssertionForm, AssertionOpeningForm
from attribution.forms.case_stage import ConclusionForm, ReopeningForm, StageForm
from attribution.forms.citation import CiteExhibitForm, CiteLinkForm, CiteReportForm
from attribution.forms.claim import ClaimFilterForm, ClaimForm, ClaimOpeningForm
from attribution.forms.deeds import (
    AuthorForm,
    BareForm,
    DissentForm,
    ReasonForm,
    ReleaseForm,
    ReviewForm,
)
from attribution.forms.finding import FindingForm
from attribution.forms.follow_up import FollowUpForm, OutcomeForm
from attribution.forms.hypothesis import HypothesisForm
from attribution.forms.matrix import (
    MatrixRowForm,
    NewMatrixRowForm,
    PostMortemForm,
    SnapshotForm,
)
from attribution.forms.measure import MeasureForm, NewMeasureForm, SilenceForm, StepForm
from attribution.forms.originator_consent import ConsentForm
from attribution.forms.review_comment import CommentForm, ReplyForm
from attribution.forms.sheet import SheetForm
from attribution.forms.statement import StatementForm

__all__ = [
    "ActorForm",
    "ActorNameForm",
    "ActorParentForm",
    "AssertionForm",
    "AssertionOpeningForm",
    "AuthorForm",
    "BareForm",
    "CiteExhibitForm",
    "CiteLinkForm",
    "CiteReportForm",
    "ClaimFilterForm",
    "ClaimForm",
    "ClaimOpeningForm",
    "CommentForm",
    "ConclusionForm",
    "ConsentForm",
    "DissentForm",
    "EndForm",
    "FindingForm",
    "FollowUpForm",
    "HypothesisForm",
    "MatrixRowForm",
    "MeasureForm",
    "NewActorForm",
    "NewMatrixRowForm",
    "NewMeasureForm",
    "OutcomeForm",
    "PostMortemForm",
    "ReasonForm",
    "ReleaseForm",
    "ReopeningForm",
    "ReplyForm",
    "ReviewForm",
    "SheetForm",
    "SilenceForm",
    "SnapshotForm",
    "StageForm",
    "StatementForm",
    "StepForm",
]
