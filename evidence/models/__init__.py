"""Evidence: the physical things and files that an investigation rests on."""

from evidence.models.calibration import Calibration
from evidence.models.capture import Capture, capturable_by, captures_of
from evidence.models.caveat import Caveat, CaveatKind, Door
from evidence.models.component import Component
from evidence.models.custody import Check, custody_of, exhibits_with, last_check
from evidence.models.custody_event import CustodyEvent, CustodyKind
from evidence.models.deliverable import Deliverable
from evidence.models.deployment import Deployment
from evidence.models.establishment import Establishment
from evidence.models.file import File
from evidence.models.gap_note import GapNote
from evidence.models.item import Item
from evidence.models.lab_exam import LabExam
from evidence.models.loan import Loan
from evidence.models.marking import Marking
from evidence.models.proposal import Proposal
from evidence.models.redaction import Redaction
from evidence.models.regrouping import Regrouping
from evidence.models.right_of_reply import RightOfReply, right_of_reply_offered
from evidence.models.stocktake import Sighting, Stocktake
from evidence.models.storage_place import StoragePlace
from evidence.models.trace_reply import TraceHop, TraceReply
from evidence.models.trace_request import TraceRequest
from evidence.models.transformation import Transformation
from evidence.models.upload import Upload
from evidence.models.weapon_instance import WeaponInstance

__all__ = [
    "Calibration",
    "Capture",
    "Caveat",
    "CaveatKind",
    "Check",
    "Component",
    "CustodyEvent",
    "CustodyKind",
    "Deliverable",
    "Deployment",
    "Door",
    "Establishment",
    "File",
    "GapNote",
    "Item",
    "LabExam",
    "Loan",
    "Marking",
    "Proposal",
    "Redaction",
    "Regrouping",
    "RightOfReply",
    "Sighting",
    "Stocktake",
    "StoragePlace",
    "TraceHop",
    "TraceReply",
    "TraceRequest",
    "Transformation",
    "Upload",
    "WeaponInstance",
    "capturable_by",
    "captures_of",
    "custody_of",
    "exhibits_with",
    "last_check",
    "right_of_reply_offered",
]
