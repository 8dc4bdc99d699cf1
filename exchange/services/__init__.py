"""What the exchange room does: lists of incidents brought in, cases let out, and files taken in."""

from exchange.services.arrival import accept_arrived, receive_bundle, set_aside_arrived
from exchange.services.case_uco import export_graph
from exchange.services.incident_list import Tally, case_for, import_incidents
from exchange.services.misp import export_event
from exchange.services.stix import Exported, Shared, export_case, offer_case, withdraw_offer

__all__ = [
    "Exported",
    "Shared",
    "Tally",
    "accept_arrived",
    "case_for",
    "export_case",
    "export_event",
    "export_graph",
    "import_incidents",
    "offer_case",
    "receive_bundle",
    "set_aside_arrived",
    "withdraw_offer",
]
