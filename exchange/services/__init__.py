"""What the exchange room does: lists of incidents brought in, cases let out as STIX, and back."""

from exchange.services.arrival import accept_arrived, receive_bundle, set_aside_arrived
from exchange.services.incident_list import Tally, case_for, import_incidents
from exchange.services.stix import Shared, export_case, offer_case, withdraw_offer

__all__ = [
    "Shared",
    "Tally",
    "accept_arrived",
    "case_for",
    "export_case",
    "import_incidents",
    "offer_case",
    "receive_bundle",
    "set_aside_arrived",
    "withdraw_offer",
]
