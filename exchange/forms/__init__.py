"""What people type and choose about keys, sharing, tables, receivers and peers."""

from exchange.forms.peer import (
    CodeForm,
    ExhibitMergeForm,
    IncidentMergeForm,
    PeerForm,
    ReasonForm,
    ShipmentForm,
    TakeForm,
)
from exchange.forms.sharing import (
    CASE_UCO,
    DOWNLOAD,
    MISP,
    OFFER,
    AcceptForm,
    ArrivalForm,
    KeyForm,
    ReceiverForm,
    StixForm,
)
from exchange.forms.table import KeepMapForm, ReadingForm, TableForm, TakeMapForm
from exchange.forms.table_map import MapForm

__all__ = [
    "CASE_UCO",
    "DOWNLOAD",
    "MISP",
    "OFFER",
    "AcceptForm",
    "ArrivalForm",
    "CodeForm",
    "ExhibitMergeForm",
    "IncidentMergeForm",
    "KeepMapForm",
    "KeyForm",
    "MapForm",
    "PeerForm",
    "ReadingForm",
    "ReasonForm",
    "ReceiverForm",
    "ShipmentForm",
    "StixForm",
    "TableForm",
    "TakeForm",
    "TakeMapForm",
]
