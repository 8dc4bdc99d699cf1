"""Everything that can happen to evidence. No other code writes these tables."""

from evidence.services.calibration import calibrate
from evidence.services.capture import CaptureFacts, receive_capture
from evidence.services.caveat import add_caveat, lift_caveat, require_free, require_takeable
from evidence.services.completing import complete_description, lacking_in
from evidence.services.component import ComponentFacts, amend_component, describe_component
from evidence.services.copying import Step, describe_acquisition, enter_copy, receive_copy
from evidence.services.custody import (
    break_seal,
    correct_custody,
    hand_over,
    may_hand_over,
    receive_item,
    refuse_item,
    seal_item,
    store_item,
    take_back,
)
from evidence.services.custody_event import CustodyFacts, enter
from evidence.services.custody_gap import (
    WAIVERS,
    ItemGap,
    explain_gap,
    gaps_from,
    gaps_of,
    gaps_of_each,
    open_gaps,
    waive_gap,
)
from evidence.services.describing import (
    FileFacts,
    describe_and_assign,
    describe_file,
    describe_files,
)
from evidence.services.disposal import WAYS, ask_to_dispose, dispose_item, may_ask_to_dispose
from evidence.services.establishing import Finding, establish, review_establishment
from evidence.services.examination import PIPELINE_VERSION, examine_file, give_up_examination
from evidence.services.file import (
    assign_file,
    caption_file,
    receive_file,
    take_original,
    verify_file,
)
from evidence.services.fixity import check_stored_files
from evidence.services.intake import assign_files, log_item_with_files
from evidence.services.item import ItemFacts, amend_item
from evidence.services.item_logging import log_item, log_items
from evidence.services.lab_exam import (
    ExamFacts,
    accept_exam,
    amend_exam,
    approve_destruction,
    ask_for_destruction,
    refuse_exam,
    request_exam,
    withdraw_exam,
)
from evidence.services.lab_result import (
    ExamResult,
    begin_exam,
    reopen_exam,
    report_exam,
    verify_exam,
)
from evidence.services.loan import (
    LoanFacts,
    agree_to_loan,
    ask_to_let_out,
    hand_out,
    take_loan_back,
)
from evidence.services.loan_extension import ask_to_extend, extend_loan
from evidence.services.loan_reminder import remind_of_loans
from evidence.services.marking import (
    MarkingFacts,
    accept_proposal,
    amend_marking,
    confirm_marking,
    record_marking,
    refuse_proposal,
)
from evidence.services.publication import (
    describe_publication,
    keep_uploader,
    mark_graphic,
    unmark_graphic,
)
from evidence.services.putting_away import put_away
from evidence.services.reading import give_up_reading, read_file, readers
from evidence.services.redaction import (
    ask_redaction,
    draw_redaction,
    fail_redaction,
    review_redaction,
)
from evidence.services.regrouping import Part, correct_join, join_items, split_item
from evidence.services.reprocessing import ask_to_reprocess, outdated
from evidence.services.right_of_reply import OfferFacts, offer_reply, settle_offer
from evidence.services.safety import assess_safety
from evidence.services.sample import take_sample
from evidence.services.stocktake import (
    begin_stocktake,
    declare_found,
    declare_lost,
    finish_stocktake,
    note_seen,
    tick_seen,
)
from evidence.services.storage_place import (
    PlaceFacts,
    amend_place,
    keep_place,
    move_place,
    open_place,
    reopen_place,
    retire_place,
)
from evidence.services.tiling import tile_of
from evidence.services.trace_reminder import find_due_reminders, remind_of_trace
from evidence.services.trace_reply import HopFacts, ReplyFacts, record_reply
from evidence.services.trace_request import (
    TraceFacts,
    acknowledge_trace,
    amend_trace,
    close_trace,
    draft_trace,
    goes_along,
    send_trace,
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
    take_in_one,
)
from evidence.services.weapon_instance import WeaponObserved, amend_weapon, enter_weapon

__all__ = [
    "PIPELINE_VERSION",
    "WAIVERS",
    "WAYS",
    "Busy",
    "CaptureFacts",
    "ComponentFacts",
    "CustodyFacts",
    "ExamFacts",
    "ExamResult",
    "FileFacts",
    "Finding",
    "HopFacts",
    "ItemFacts",
    "ItemGap",
    "LoanFacts",
    "MarkingFacts",
    "Misplaced",
    "OfferFacts",
    "Part",
    "PlaceFacts",
    "ReplyFacts",
    "Step",
    "TooBig",
    "TraceFacts",
    "WeaponObserved",
    "accept_exam",
    "accept_proposal",
    "acknowledge_trace",
    "add_caveat",
    "agree_to_loan",
    "amend_component",
    "amend_exam",
    "amend_item",
    "amend_marking",
    "amend_place",
    "amend_trace",
    "amend_weapon",
    "approve_destruction",
    "ask_for_destruction",
    "ask_redaction",
    "ask_to_dispose",
    "ask_to_extend",
    "ask_to_let_out",
    "ask_to_reprocess",
    "assess_safety",
    "assign_file",
    "assign_files",
    "begin_exam",
    "begin_stocktake",
    "begin_upload",
    "break_seal",
    "calibrate",
    "caption_file",
    "check_stored_files",
    "close_trace",
    "complete_description",
    "confirm_marking",
    "correct_custody",
    "correct_join",
    "declare_found",
    "declare_lost",
    "describe_acquisition",
    "describe_and_assign",
    "describe_component",
    "describe_file",
    "describe_files",
    "describe_publication",
    "dispose_item",
    "draft_trace",
    "draw_redaction",
    "end_expired_uploads",
    "end_upload",
    "enter",
    "enter_copy",
    "enter_weapon",
    "establish",
    "examine_file",
    "explain_gap",
    "extend_loan",
    "extend_upload",
    "fail_redaction",
    "find_due_reminders",
    "finish_stocktake",
    "finish_upload",
    "gaps_from",
    "gaps_of",
    "gaps_of_each",
    "give_up_examination",
    "give_up_reading",
    "goes_along",
    "hand_out",
    "hand_over",
    "join_items",
    "keep_place",
    "keep_uploader",
    "lacking_in",
    "lift_caveat",
    "log_item",
    "log_item_with_files",
    "log_items",
    "mark_graphic",
    "may_ask_to_dispose",
    "may_hand_over",
    "move_place",
    "note_seen",
    "offer_reply",
    "open_gaps",
    "open_place",
    "outdated",
    "put_away",
    "read_file",
    "readers",
    "receive_capture",
    "receive_copy",
    "receive_file",
    "receive_item",
    "record_marking",
    "record_reply",
    "refuse_exam",
    "refuse_item",
    "refuse_proposal",
    "remind_of_loans",
    "remind_of_trace",
    "reopen_exam",
    "reopen_place",
    "report_exam",
    "request_exam",
    "require_free",
    "require_offset",
    "require_takeable",
    "retire_place",
    "review_establishment",
    "review_redaction",
    "seal_item",
    "send_trace",
    "settle_offer",
    "split_item",
    "step_back",
    "store_item",
    "take_back",
    "take_in_one",
    "take_loan_back",
    "take_original",
    "take_sample",
    "tick_seen",
    "tile_of",
    "unmark_graphic",
    "verify_exam",
    "verify_file",
    "waive_gap",
    "withdraw_exam",
]
