"""Everything that can happen to evidence. No other code writes these tables."""

from evidence.services.calibration import calibrate
from evidence.services.capture import CaptureFacts, receive_capture
from evidence.services.completing import complete_description, lacking_in
from evidence.services.component import ComponentFacts, amend_component, describe_component
from evidence.services.custody import break_seal, hand_over, may_hand_over, seal_item, store_item
from evidence.services.disposal import WAYS, ask_to_dispose, dispose_item, may_ask_to_dispose
from evidence.services.examination import PIPELINE_VERSION, examine_file, give_up_examination
from evidence.services.file import (
    assign_file,
    caption_file,
    note_download,
    receive_file,
    verify_file,
)
from evidence.services.intake import assign_files, log_item_with_files
from evidence.services.item import ItemFacts, amend_item, log_item
from evidence.services.marking import (
    MarkingFacts,
    accept_proposal,
    amend_marking,
    confirm_marking,
    record_marking,
)
from evidence.services.putting_away import put_away
from evidence.services.reading import give_up_reading, read_file, readers
from evidence.services.regrouping import Part, correct_join, join_items, split_item
from evidence.services.reprocessing import ask_to_reprocess, outdated
from evidence.services.safety import assess_safety
from evidence.services.storage_place import (
    PlaceFacts,
    amend_place,
    keep_place,
    move_place,
    open_place,
    reopen_place,
    retire_place,
)
from evidence.services.upload import (
    Busy,
    Misplaced,
    TooBig,
    begin_upload,
    end_expired_uploads,
    end_upload,
    extend_upload,
    finish_upload,
    require_offset,
    step_back,
)

__all__ = [
    "PIPELINE_VERSION",
    "WAYS",
    "Busy",
    "CaptureFacts",
    "ComponentFacts",
    "ItemFacts",
    "MarkingFacts",
    "Misplaced",
    "Part",
    "PlaceFacts",
    "TooBig",
    "accept_proposal",
    "amend_component",
    "amend_item",
    "amend_marking",
    "amend_place",
    "ask_to_dispose",
    "ask_to_reprocess",
    "assess_safety",
    "assign_file",
    "assign_files",
    "begin_upload",
    "break_seal",
    "calibrate",
    "caption_file",
    "complete_description",
    "confirm_marking",
    "correct_join",
    "describe_component",
    "dispose_item",
    "end_expired_uploads",
    "end_upload",
    "examine_file",
    "extend_upload",
    "finish_upload",
    "give_up_examination",
    "give_up_reading",
    "hand_over",
    "join_items",
    "keep_place",
    "lacking_in",
    "log_item",
    "log_item_with_files",
    "may_ask_to_dispose",
    "may_hand_over",
    "move_place",
    "note_download",
    "open_place",
    "outdated",
    "put_away",
    "read_file",
    "readers",
    "receive_capture",
    "receive_file",
    "record_marking",
    "reopen_place",
    "require_offset",
    "retire_place",
    "seal_item",
    "split_item",
    "step_back",
    "store_item",
    "verify_file",
]
