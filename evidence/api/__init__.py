"""REST: exhibits, components, files and what is under way."""

from evidence.api.capture import CaptureViewSet
from evidence.api.component import ComponentViewSet
from evidence.api.cooperation import (
    CaveatViewSet,
    DeliverableViewSet,
    DeploymentViewSet,
)
from evidence.api.establishment import EstablishmentViewSet
from evidence.api.file import FileViewSet
from evidence.api.item import ItemViewSet
from evidence.api.lab_exam import LabExamViewSet
from evidence.api.loan import LoanViewSet
from evidence.api.marking import MarkingViewSet
from evidence.api.proposal import MachineReadingViewSet
from evidence.api.redaction import RedactionViewSet
from evidence.api.right_of_reply import RightOfReplyViewSet
from evidence.api.stocktake import StocktakeViewSet
from evidence.api.storage_place import PlaceViewSet
from evidence.api.trace_request import TraceRequestViewSet
from evidence.api.upload import UploadViewSet
from evidence.api.weapon_instance import WeaponInstanceViewSet

__all__ = [
    "CaptureViewSet",
    "CaveatViewSet",
    "ComponentViewSet",
    "DeliverableViewSet",
    "DeploymentViewSet",
    "EstablishmentViewSet",
    "FileViewSet",
    "ItemViewSet",
    "LabExamViewSet",
    "LoanViewSet",
    "MachineReadingViewSet",
    "MarkingViewSet",
    "PlaceViewSet",
    "RedactionViewSet",
    "RightOfReplyViewSet",
    "StocktakeViewSet",
    "TraceRequestViewSet",
    "UploadViewSet",
    "WeaponInstanceViewSet",
]
