"""What the exchange room does: lists brought in, cases let out and taken in, webhooks."""

from exchange.services.arrival import accept_arrived, receive_bundle, set_aside_arrived
from exchange.services.case_uco import export_graph
from exchange.services.incident_list import Tally, case_for, import_incidents
from exchange.services.misp import export_event
from exchange.services.stix import Exported, Shared, export_case, offer_case, withdraw_offer
from exchange.services.webhook_delivery import deliver, forget_old_deliveries, give_up_delivery
from exchange.services.webhook_receiver import (
    amend_receiver,
    begin_anew,
    check_receiver,
    end_former_secret,
    enter_receiver,
    renew_secret,
    resume_receiver,
    send_again,
    send_test,
    suspend_receiver,
)
from exchange.services.webhook_suspension import mail_suspension
from exchange.services.webhook_telling import ask_to_tell, tell_receiver

__all__ = [
    "Exported",
    "Shared",
    "Tally",
    "accept_arrived",
    "amend_receiver",
    "ask_to_tell",
    "begin_anew",
    "case_for",
    "check_receiver",
    "deliver",
    "end_former_secret",
    "enter_receiver",
    "export_case",
    "export_event",
    "export_graph",
    "forget_old_deliveries",
    "give_up_delivery",
    "import_incidents",
    "mail_suspension",
    "offer_case",
    "receive_bundle",
    "renew_secret",
    "resume_receiver",
    "send_again",
    "send_test",
    "set_aside_arrived",
    "suspend_receiver",
    "tell_receiver",
    "withdraw_offer",
]
