"""What the exchange room does: lists of incidents, cases as STIX, and bundles between peers."""

from exchange.services.agreeing import hear_agreement, hear_new_key, speak_to_peer
from exchange.services.arrival import accept_arrived, receive_bundle, set_aside_arrived
from exchange.services.delivered import (
    accept_delivered_exhibit,
    accept_delivered_files,
    accept_delivered_incident,
    earlier_of,
    lines_of,
    set_aside_delivered,
)
from exchange.services.delivery import (
    receive_shipment,
    require_taker,
    take_delivery,
    take_into_new_case,
    verify_again,
)
from exchange.services.hearing import Said, Unheard, listen
from exchange.services.incident_list import Tally, case_for, import_incidents
from exchange.services.own_key import make_own_key, newest_own_key
from exchange.services.pairing import (
    ask_for_key,
    code_for,
    confirm_code,
    enter_peer,
    renew_own_key,
    resume_peer,
    revoke_peer,
    suspend_peer,
)
from exchange.services.recall import hear_recall
from exchange.services.sending import fail_shipment, send_shipment, tell_of_recall
from exchange.services.shipment import (
    agree_to_shipment,
    ask_to_ship,
    preview_shipment,
    recall_shipment,
)
from exchange.services.speaking import identity_note
from exchange.services.stix import Shared, export_case, offer_case, withdraw_offer
from exchange.services.verifying import give_up_delivery, verify_delivery

__all__ = [
    "Said",
    "Shared",
    "Tally",
    "Unheard",
    "accept_arrived",
    "accept_delivered_exhibit",
    "accept_delivered_files",
    "accept_delivered_incident",
    "agree_to_shipment",
    "ask_for_key",
    "ask_to_ship",
    "case_for",
    "code_for",
    "confirm_code",
    "earlier_of",
    "enter_peer",
    "export_case",
    "fail_shipment",
    "give_up_delivery",
    "hear_agreement",
    "hear_new_key",
    "hear_recall",
    "identity_note",
    "import_incidents",
    "lines_of",
    "listen",
    "make_own_key",
    "newest_own_key",
    "offer_case",
    "preview_shipment",
    "recall_shipment",
    "receive_bundle",
    "receive_shipment",
    "renew_own_key",
    "require_taker",
    "resume_peer",
    "revoke_peer",
    "send_shipment",
    "set_aside_arrived",
    "set_aside_delivered",
    "speak_to_peer",
    "suspend_peer",
    "take_delivery",
    "take_into_new_case",
    "tell_of_recall",
    "verify_again",
    "verify_delivery",
    "withdraw_offer",
]
