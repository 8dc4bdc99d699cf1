"""What a person may type about evidence, and how it is checked."""

from evidence.forms.calibration import CalibrationForm
from evidence.forms.component import ComponentForm
from evidence.forms.custody import (
    BreakSealForm,
    DisposeForm,
    HandOverForm,
    SealForm,
)
from evidence.forms.file import AssignForm, CaptionForm, NewExhibitForm, UploadForm
from evidence.forms.item import ItemForm, NewItemForm
from evidence.forms.item_filter import ItemFilterForm
from evidence.forms.marking import MarkingForm
from evidence.forms.reading import AcceptForm, SecondReadingForm
from evidence.forms.regrouping import JoinForm, ReasonForm, SplitForm
from evidence.forms.safety import SafetyForm
from evidence.forms.storage_place import (
    MovePlaceForm,
    PlaceForm,
    PutAwayForm,
    RetireForm,
    StoreForm,
)

__all__ = [
    "AcceptForm",
    "AssignForm",
    "BreakSealForm",
    "CalibrationForm",
    "CaptionForm",
    "ComponentForm",
    "DisposeForm",
    "HandOverForm",
    "ItemFilterForm",
    "ItemForm",
    "JoinForm",
    "MarkingForm",
    "MovePlaceForm",
    "NewExhibitForm",
    "NewItemForm",
    "PlaceForm",
    "PutAwayForm",
    "ReasonForm",
    "RetireForm",
    "SafetyForm",
    "SealForm",
    "SecondReadingForm",
    "SplitForm",
    "StoreForm",
    "UploadForm",
]
