"""Everything that can happen to cases, incidents and the people who work on them."""

from investigations.services.assistance_need import (
    NeedFacts,
    amend_need,
    decline_need,
    enter_need,
    fulfil_need,
)
from investigations.services.assistance_offer import (
    Decided,
    OfferFacts,
    amend_offer,
    answer_request,
    decide_offer,
    enter_offer,
    may_change_offer,
    withdraw_offer,
)
from investigations.services.case import (
    admit_member,
    amend_case,
    change_case_status,
    end_membership,
    open_case,
)
from investigations.services.case_key import (
    cases_with_keys_before,
    keys_of_former_keepers,
    rewrap_case_key,
    rotate_case_key,
)
from investigations.services.case_stage import close_case, reopen_case, set_case_stage
from investigations.services.casualty_count import (
    CountFacts,
    correct_count,
    count_casualties,
    enter_count,
)
from investigations.services.committed_value import (
    ask_to_erase_value,
    commit_value,
    erase_value,
    open_value,
    value_seen,
    values_of,
)
from investigations.services.contribution import label_of_contribution
from investigations.services.contribution_request import (
    ContributionFacts,
    ask_to_contribute,
    decline_to_contribute,
)
from investigations.services.embargo import (
    Outlet,
    require_no_embargo,
    words_of_embargo,
)
from investigations.services.emergency import (
    ask_for_emergency_access,
    give_emergency_access,
    note_emergency_reading,
)
from investigations.services.export import note_export
from investigations.services.identity import (
    approval_of,
    ask_to_erase,
    ask_to_erase_all,
    ask_to_open,
    erase_identity,
    let_open,
    open_identity,
    write_identity,
)
from investigations.services.incident import (
    IncidentFacts,
    amend_incident,
    enter_incident,
)
from investigations.services.label import ask_to_lower, lower_label, mark_more_strictly
from investigations.services.membership import watch_places
from investigations.services.note import write_note
from investigations.services.notice import put_notice_away, put_notices_away, tell_once
from investigations.services.notice_mail import choose_mail, mail_notice
from investigations.services.numbering import next_numbers
from investigations.services.partner_reading import note_partner_reading
from investigations.services.partner_sending import note_sent_to_agency, note_sent_to_partner
from investigations.services.request import (
    approve,
    ask,
    decline,
    refuse,
    require_kind,
    withdraw,
)
from investigations.services.site import SiteFacts, amend_site, enter_site
from investigations.services.source import SourceFacts, amend_source, enter_source
from investigations.services.source_report import ReportFacts, amend_report, cite_source
from investigations.services.task import (
    TaskFacts,
    amend_task,
    complete_task,
    remind_of_tasks,
    reopen_task,
    set_task,
)

__all__ = [
    "ContributionFacts",
    "CountFacts",
    "Decided",
    "IncidentFacts",
    "NeedFacts",
    "OfferFacts",
    "Outlet",
    "ReportFacts",
    "SiteFacts",
    "SourceFacts",
    "TaskFacts",
    "admit_member",
    "amend_case",
    "amend_incident",
    "amend_need",
    "amend_offer",
    "amend_report",
    "amend_site",
    "amend_source",
    "amend_task",
    "answer_request",
    "approval_of",
    "approve",
    "ask",
    "ask_for_emergency_access",
    "ask_to_contribute",
    "ask_to_erase",
    "ask_to_erase_all",
    "ask_to_erase_value",
    "ask_to_lower",
    "ask_to_open",
    "cases_with_keys_before",
    "change_case_status",
    "choose_mail",
    "cite_source",
    "close_case",
    "commit_value",
    "complete_task",
    "correct_count",
    "count_casualties",
    "decide_offer",
    "decline",
    "decline_need",
    "decline_to_contribute",
    "end_membership",
    "enter_count",
    "enter_incident",
    "enter_need",
    "enter_offer",
    "enter_site",
    "enter_source",
    "erase_identity",
    "erase_value",
    "fulfil_need",
    "give_emergency_access",
    "keys_of_former_keepers",
    "label_of_contribution",
    "let_open",
    "lower_label",
    "mail_notice",
    "mark_more_strictly",
    "may_change_offer",
    "next_numbers",
    "note_emergency_reading",
    "note_export",
    "note_partner_reading",
    "note_sent_to_agency",
    "note_sent_to_partner",
    "open_case",
    "open_identity",
    "open_value",
    "put_notice_away",
    "put_notices_away",
    "refuse",
    "remind_of_tasks",
    "reopen_case",
    "reopen_task",
    "require_kind",
    "require_no_embargo",
    "rewrap_case_key",
    "rotate_case_key",
    "set_case_stage",
    "set_task",
    "tell_once",
    "value_seen",
    "values_of",
    "watch_places",
    "withdraw",
    "withdraw_offer",
    "words_of_embargo",
    "write_identity",
    "write_note",
]
