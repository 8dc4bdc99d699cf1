"""What may be typed about actors, hypotheses and findings."""

from attribution.forms.actor import ActorForm, NewActorForm
from attribution.forms.citation import CiteExhibitForm, CiteLinkForm, CiteReportForm
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

__all__ = [
    "ActorForm",
    "AuthorForm",
    "BareForm",
    "CiteExhibitForm",
    "CiteLinkForm",
    "CiteReportForm",
    "DissentForm",
    "FindingForm",
    "HypothesisForm",
    "NewActorForm",
    "ReasonForm",
    "ReleaseForm",
    "ReviewForm",
]
