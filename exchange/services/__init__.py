"""What the exchange room does: tables in, cases out and in, webhooks, what passes with peers."""

from exchange.services.agreeing import hear_agreement, hear_new_key, speak_to_peer
from exchange.services.arrival import accept_arrived, receive_bundle, set_aside_arrived
from exchange.services.case_uco import export_graph
from exchange.services.column_map import forget_map, keep_map
from exchange.services.delivered import (
    accept_delivered_exhibit,
    accept_delivered_files,
    accept_delivered_incident,
    earlier_of,
    lines_of,
    ours_of,
    set_aside_delivered,
)
from exchange.services.delivery import (
    receive_shipment,
    require_taker,
    take_delivery,
    take_into_new_case,
    verify_again,
)
from exchange.services.fixity import ask_to_check_bytes, check_bytes
from exchange.services.follower import require_snapshot
from exchange.services.hearing import Said, Unheard, listen
from exchange.services.incident_list import Tally, case_for, import_incidents
from exchange.services.looking_after import (
    stop_shipment,
    stop_table,
    try_shipment_again,
    try_table_again,
    try_verifying_again,
)
from exchange.services.misp import export_event
from exchange.services.own_key import make_own_key, newest_own_key
from exchange.services.pairing import (
    ask_for_key,
    code_for,
    confirm_code,
    enter_peer,
    renew_own_key,
    resume_peer,
    revoke_peer,
    revoked_at,
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
from exchange.services.stix import Exported, Shared, export_case, offer_case, withdraw_offer
from exchange.services.table_file import sample_of, sheets
from exchange.services.table_import import (
    map_of,
    map_table,
    read_table_as,
    receive_file_as_table,
    receive_table,
    undo_table,
    use_map,
    write_table,
)
from exchange.services.table_kinds import KINDS, Kind
from exchange.services.table_sheet import take_refused
from exchange.services.table_work import give_up_table, work_on_table
from exchange.services.verifying import give_up_verifying, verify_delivery
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
    "Said",
    "Shared",
    "Tally",
    "Unheard",
    "accept_arrived",
    "accept_delivered_exhibit",
    "accept_delivered_files",
    "accept_delivered_incident",
    "agree_to_shipment",
    "amend_receiver",
    "ask_for_key",
    "ask_to_check_bytes",
    "ask_to_ship",
    "ask_to_tell",
    "begin_anew",
    "case_for",
    "check_bytes",
    "check_receiver",
    "code_for",
    "confirm_code",
    "deliver",
    "earlier_of",
    "end_former_secret",
    "enter_peer",
    "enter_receiver",
    "export_case",
    "export_event",
    "export_graph",
    "fail_shipment",
    "forget_map",
    "forget_old_deliveries",
    "give_up_delivery",
    "give_up_table",
    "give_up_verifying",
    "hear_agreement",
    "hear_new_key",
    "hear_recall",
    "identity_note",
    "import_incidents",
    "keep_map",
    "lines_of",
    "listen",
    "mail_suspension",
    "make_own_key",
    "map_of",
    "map_table",
    "newest_own_key",
    "offer_case",
    "ours_of",
    "preview_shipment",
    "read_table_as",
    "recall_shipment",
    "receive_bundle",
    "receive_file_as_table",
    "receive_shipment",
    "receive_table",
    "renew_own_key",
    "renew_secret",
    "require_snapshot",
    "require_taker",
    "resume_peer",
    "resume_receiver",
    "revoke_peer",
    "revoked_at",
    "sample_of",
    "send_again",
    "send_shipment",
    "send_test",
    "set_aside_arrived",
    "set_aside_delivered",
    "sheets",
    "speak_to_peer",
    "stop_shipment",
    "stop_table",
    "suspend_peer",
    "suspend_receiver",
    "take_delivery",
    "take_into_new_case",
    "take_refused",
    "tell_of_recall",
    "tell_receiver",
    "try_shipment_again",
    "try_table_again",
    "try_verifying_again",
    "undo_table",
    "use_map",
    "verify_again",
    "verify_delivery",
    "withdraw_offer",
    "work_on_table",
    "write_table",
]
