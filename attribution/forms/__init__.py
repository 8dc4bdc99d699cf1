"""What may be typed about statements, claims, actors, hypotheses and findings."""

from attribution.forms.actor import ActorForm, NewActorForm
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
from attribution.forms.hypothesis import HypothesisForm
from attribution.forms.statement import StatementForm

__all__ = [
    "ActorForm",
    "AuthorForm",
    "BareForm",
    "CiteExhibitForm",
    "CiteLinkForm",
    "CiteReportForm",
    "ClaimFilterForm",
    "ClaimForm",
    "ClaimOpeningForm",
    "DissentForm",
    "FindingForm",
    "HypothesisForm",
    "NewActorForm",
    "ReasonForm",
    "ReleaseForm",
    "ReviewForm",
    "StatementForm",
]
