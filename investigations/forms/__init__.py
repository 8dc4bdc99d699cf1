"""What a person may type about cases, incidents and the people who work on them."""

from investigations.forms.assistance import (
    AgencyField,
    ContributionForm,
    DecideForm,
    FulfilForm,
    NeedForm,
    NewOfferForm,
    OfferForm,
)
from investigations.forms.case import CaseFilterForm, CaseForm, NewCaseForm, StatusForm
from investigations.forms.committed_value import ValueForm, ValueReasonForm
from investigations.forms.handling import HandlingForm
from investigations.forms.incident import CasualtiesForm, IncidentForm, SourceForm
from investigations.forms.incident_filter import IncidentFilterForm
from investigations.forms.mail_choice import MailChoiceForm
from investigations.forms.membership import MemberForm
from investigations.forms.note import NoteForm
from investigations.forms.request import EmergencyForm, ReasonForm
from investigations.forms.site import SiteForm
from investigations.forms.source import (
    ErasureForm,
    IdentityForm,
    NewSourceForm,
    OpeningForm,
    SourceFactsForm,
)
from investigations.forms.source_report import ReportForm
from investigations.forms.task import TaskEditForm, TaskForm

__all__ = [
    "AgencyField",
    "CaseFilterForm",
    "CaseForm",
    "CasualtiesForm",
    "ContributionForm",
    "DecideForm",
    "EmergencyForm",
    "ErasureForm",
    "FulfilForm",
    "HandlingForm",
    "IdentityForm",
    "IncidentFilterForm",
    "IncidentForm",
    "MailChoiceForm",
    "MemberForm",
    "NeedForm",
    "NewCaseForm",
    "NewOfferForm",
    "NewSourceForm",
    "NoteForm",
    "OfferForm",
    "OpeningForm",
    "ReasonForm",
    "ReportForm",
    "SiteForm",
    "SourceFactsForm",
    "SourceForm",
    "StatusForm",
    "TaskEditForm",
    "TaskForm",
    "ValueForm",
    "ValueReasonForm",
]
