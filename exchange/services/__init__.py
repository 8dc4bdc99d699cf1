"""What the exchange room does: tables brought in, cases let out and taken in, webhooks."""

from exchange.services.arrival import accept_arrived, receive_bundle, set_aside_arrived
from exchange.services.case_uco import export_graph
from exchange.services.column_map import forget_map, keep_map
from exchange.services.incident_list import Tally, case_for, import_incidents
from exchange.services.misp import export_event
from exchange.services.stix import Exported, Shared, export_case, offer_case, withdraw_offer
from exchange.services.table_file import sample_of, sheets
from exchange.services.table_import import (
    map_of,
    map_table,
    read_table_as,
    receive_table,
    undo_table,
    use_map,
    write_table,
)
from exchange.services.table_kinds import KINDS, Kind
from exchange.services.table_sheet import take_refused
from exchange.services.table_work import give_up_table, work_on_table
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
    "KINDS",
    "Exported",
    "Kind",
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
    "forget_map",
    "forget_old_deliveries",
    "give_up_delivery",
    "give_up_table",
    "import_incidents",
    "keep_map",
    "mail_suspension",
    "map_of",
    "map_table",
    "offer_case",
    "read_table_as",
    "receive_bundle",
    "receive_table",
    "renew_secret",
    "resume_receiver",
    "sample_of",
    "send_again",
    "send_test",
    "set_aside_arrived",
    "sheets",
    "suspend_receiver",
    "take_refused",
    "tell_receiver",
    "undo_table",
    "use_map",
    "withdraw_offer",
    "work_on_table",
    "write_table",
]
