"""The deeds of the reports room, one file per noun; no other module writes its rows."""

from reports.services.bundle import (
    give_up_bundle,
    make_bundle,
    note_bundle_download,
    request_bundle,
    waits_for_maker,
)
from reports.services.correspondence import (
    print_acceptance_letter,
    print_assistance_letter,
    print_exam_letter,
    print_trace_letter,
)
from reports.services.dossier import print_dossier
from reports.services.fixity import ask_to_check_bytes, check_bytes
from reports.services.report import (
    FONTS,
    NO_LONGER_ALLOWED,
    TYPESET,
    give_up,
    note_download,
    print_labels,
    request_report,
    typeset_report,
    waits_for_worker,
)

__all__ = [
    "FONTS",
    "NO_LONGER_ALLOWED",
    "TYPESET",
    "ask_to_check_bytes",
    "check_bytes",
    "give_up",
    "give_up_bundle",
    "make_bundle",
    "note_bundle_download",
    "note_download",
    "print_acceptance_letter",
    "print_assistance_letter",
    "print_dossier",
    "print_exam_letter",
    "print_labels",
    "print_trace_letter",
    "request_bundle",
    "request_report",
    "typeset_report",
    "waits_for_maker",
    "waits_for_worker",
]
