"""Cases, the attacks they look into, and the people who work on them."""

from investigations.models.assistance_need import AssistanceNeed
from investigations.models.assistance_offer import AssistanceOffer
from investigations.models.case import Case, CaseCounter, CaseQuerySet
from investigations.models.case_record import CaseRecord, CaseRecordQuerySet, VersionedCaseRecord
from investigations.models.case_stage import CaseOutcome, ReopeningGround, Stage
from investigations.models.committed_value import CommittedValue
from investigations.models.contribution_request import ContributionRequest
from investigations.models.identity import CaseKey, Particulars, Purpose, SourceIdentity
from investigations.models.incident import CasualtyCount, Incident, SourceReport
from investigations.models.label import Label
from investigations.models.mail_choice import MailChoice
from investigations.models.membership import Duty, Membership, Role, duties_of
from investigations.models.note import Note
from investigations.models.notice import Notice
from investigations.models.one_reading import one_reading
from investigations.models.place import Place
from investigations.models.request import Request, RequestKind
from investigations.models.site import Site
from investigations.models.source import Source, SourceKind
from investigations.models.task import Task

__all__ = [
    "AssistanceNeed",
    "AssistanceOffer",
    "Case",
    "CaseCounter",
    "CaseKey",
    "CaseOutcome",
    "CaseQuerySet",
    "CaseRecord",
    "CaseRecordQuerySet",
    "CasualtyCount",
    "CommittedValue",
    "ContributionRequest",
    "Duty",
    "Incident",
    "Label",
    "MailChoice",
    "Membership",
    "Note",
    "Notice",
    "Particulars",
    "Place",
    "Purpose",
    "ReopeningGround",
    "Request",
    "RequestKind",
    "Role",
    "Site",
    "Source",
    "SourceIdentity",
    "SourceKind",
    "SourceReport",
    "Stage",
    "Task",
    "VersionedCaseRecord",
    "duties_of",
    "one_reading",
]
