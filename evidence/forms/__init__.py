"""What a person may type about evidence, and how it is checked."""

from evidence.forms.calibration import CalibrationForm
from evidence.forms.component import ComponentForm
from evidence.forms.custody import (
    BreakSealForm,
    CorrectForm,
    DisposeForm,
    ExplainGapForm,
    HandOverForm,
    NotAcceptForm,
    ReceiveForm,
    SealForm,
    TakeBackForm,
    WaiveGapForm,
)
from evidence.forms.digital import AcquisitionForm, CopyForm, EstablishForm, ReviewForm
from evidence.forms.file import AssignForm, CaptionForm, DescribeForm, NewExhibitForm, UploadForm
from evidence.forms.item import ItemForm, NewItemForm
from evidence.forms.item_filter import ItemFilterForm
from evidence.forms.lab_exam import (
    BeginForm,
    ExamAcceptForm,
    ExamFilterForm,
    ExamForm,
    ExamReasonForm,
    ExamReportForm,
    ExamStepForm,
    NewExamForm,
    SampleForm,
)
from evidence.forms.loan import (
    ExtendLoanForm,
    HandOutForm,
    LoanBackForm,
    LoanFilterForm,
    LoanForm,
)
from evidence.forms.marking import MarkingForm
from evidence.forms.publication import PublicationForm
from evidence.forms.reading import AcceptForm, MisreadForm, SecondReadingForm
from evidence.forms.redaction import RegionFormSet
from evidence.forms.regrouping import JoinForm, ReasonForm, SplitForm
from evidence.forms.right_of_reply import OfferForm, SettleForm
from evidence.forms.safety import SafetyForm
from evidence.forms.stocktake import FoundForm, LostForm, ScanForm
from evidence.forms.storage_place import (
    MovePlaceForm,
    PlaceForm,
    PutAwayForm,
    RetireForm,
    StoreForm,
)
from evidence.forms.trace_reply import ReplyForm
from evidence.forms.trace_request import (
    AcknowledgeForm,
    CloseTraceForm,
    RemindForm,
    SendForm,
    TraceFilterForm,
    TraceForm,
    TraceStepForm,
)
from evidence.forms.weapon_instance import WeaponInstanceFilterForm, WeaponInstanceForm

__all__ = [
    "AcceptForm",
    "AcknowledgeForm",
    "AcquisitionForm",
    "AssignForm",
    "BeginForm",
    "BreakSealForm",
    "CalibrationForm",
    "CaptionForm",
    "CloseTraceForm",
    "ComponentForm",
    "CopyForm",
    "CorrectForm",
    "DescribeForm",
    "DisposeForm",
    "EstablishForm",
    "ExamAcceptForm",
    "ExamFilterForm",
    "ExamForm",
    "ExamReasonForm",
    "ExamReportForm",
    "ExamStepForm",
    "ExplainGapForm",
    "ExtendLoanForm",
    "FoundForm",
    "HandOutForm",
    "HandOverForm",
    "ItemFilterForm",
    "ItemForm",
    "JoinForm",
    "LoanBackForm",
    "LoanFilterForm",
    "LoanForm",
    "LostForm",
    "MarkingForm",
    "MisreadForm",
    "MovePlaceForm",
    "NewExamForm",
    "NewExhibitForm",
    "NewItemForm",
    "NotAcceptForm",
    "OfferForm",
    "PlaceForm",
    "PublicationForm",
    "PutAwayForm",
    "ReasonForm",
    "ReceiveForm",
    "RegionFormSet",
    "RemindForm",
    "ReplyForm",
    "RetireForm",
    "ReviewForm",
    "SafetyForm",
    "SampleForm",
    "ScanForm",
    "SealForm",
    "SecondReadingForm",
    "SendForm",
    "SettleForm",
    "SplitForm",
    "StoreForm",
    "TakeBackForm",
    "TraceFilterForm",
    "TraceForm",
    "TraceStepForm",
    "UploadForm",
    "WaiveGapForm",
    "WeaponInstanceFilterForm",
    "WeaponInstanceForm",
]
