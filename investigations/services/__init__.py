"""Everything that can happen to cases, incidents and the people who work on them."""

from investigations.services.case import (
    admit_member,
    amend_case,
    change_case_status,
    end_membership,
    open_case,
)
from investigations.services.contribution import label_of_contribution
from investigations.services.emergency import ask_for_emergency_access, give_emergency_access
from investigations.services.export import note_export
from investigations.services.incident import (
    IncidentFacts,
    amend_incident,
    cite_source,
    count_casualties,
    enter_incident,
)
from investigations.services.label import ask_to_lower, lower_label, mark_more_strictly
from investigations.services.note import write_note
from investigations.services.numbering import next_numbers
from investigations.services.request import approve, ask, refuse, withdraw
from investigations.services.site import SiteFacts, amend_site, enter_site
from investigations.services.task import complete_task, reopen_task, set_task

__all__ = [
    "IncidentFacts",
    "SiteFacts",
    "admit_member",
    "amend_case",
    "amend_incident",
    "amend_site",
    "approve",
    "ask",
    "ask_for_emergency_access",
    "ask_to_lower",
    "change_case_status",
    "cite_source",
    "complete_task",
    "count_casualties",
    "end_membership",
    "enter_incident",
    "enter_site",
    "give_emergency_access",
    "label_of_contribution",
    "lower_label",
    "mark_more_strictly",
    "next_numbers",
    "note_export",
    "open_case",
    "refuse",
    "reopen_task",
    "set_task",
    "withdraw",
    "write_note",
]
