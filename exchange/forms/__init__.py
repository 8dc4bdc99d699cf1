"""What people type and choose about keys, STIX, peers and what passes between them."""

from exchange.forms.peer import (
    CodeForm,
    ExhibitMergeForm,
    IncidentMergeForm,
    PeerForm,
    ReasonForm,
    ShipmentForm,
    TakeForm,
)
from exchange.forms.stix import (
    DOWNLOAD,
    OFFER,
    AcceptForm,
    ArrivalForm,
    KeyForm,
    StixForm,
)

__all__ = [
    "DOWNLOAD",
    "OFFER",
    "AcceptForm",
    "ArrivalForm",
    "CodeForm",
    "ExhibitMergeForm",
    "IncidentMergeForm",
    "KeyForm",
    "PeerForm",
    "ReasonForm",
    "ShipmentForm",
    "StixForm",
    "TakeForm",
]
