"""Everything that can happen to evidence. No other code writes these tables."""

from evidence.services.component import ComponentFacts, amend_component, describe_component
from evidence.services.custody import break_seal, hand_over, may_hand_over, seal_item, store_item
from evidence.services.examination import examine_file, give_up_examination
from evidence.services.file import (
    assign_file,
    caption_file,
    note_download,
    receive_file,
    verify_file,
)
from evidence.services.intake import assign_files, log_item_with_files
from evidence.services.item import ItemFacts, amend_item, log_item
from evidence.services.marking import MarkingFacts, amend_marking, record_marking

__all__ = [
    "ComponentFacts",
    "ItemFacts",
    "MarkingFacts",
    "amend_component",
    "amend_item",
    "amend_marking",
    "assign_file",
    "assign_files",
    "break_seal",
    "caption_file",
    "describe_component",
    "examine_file",
    "give_up_examination",
    "hand_over",
    "log_item",
    "log_item_with_files",
    "may_hand_over",
    "note_download",
    "receive_file",
    "record_marking",
    "seal_item",
    "store_item",
    "verify_file",
]
