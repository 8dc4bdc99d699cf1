"""What the exchange room does: lists and tables brought in, cases let out as STIX, and back."""

from exchange.services.arrival import accept_arrived, receive_bundle, set_aside_arrived
from exchange.services.column_map import forget_map, keep_map
from exchange.services.incident_list import Tally, case_for, import_incidents
from exchange.services.stix import Shared, export_case, offer_case, withdraw_offer
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

__all__ = [
    "KINDS",
    "Kind",
    "Shared",
    "Tally",
    "accept_arrived",
    "case_for",
    "export_case",
    "forget_map",
    "give_up_table",
    "import_incidents",
    "keep_map",
    "map_of",
    "map_table",
    "offer_case",
    "read_table_as",
    "receive_bundle",
    "receive_table",
    "sample_of",
    "set_aside_arrived",
    "sheets",
    "take_refused",
    "undo_table",
    "use_map",
    "withdraw_offer",
    "work_on_table",
    "write_table",
]
