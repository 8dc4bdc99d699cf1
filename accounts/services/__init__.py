"""Everything that can happen to people, agencies and keys."""

from accounts.services.account import (
    admit_first_administrator,
    admit_user,
    choose_preferences,
    found_agency,
    give_random_password,
    keep_account_edit,
    note_password_set,
    random_password,
    require_administrator,
    require_another_for_more,
)
from accounts.services.guess import Entry, count_entry, spend_code, take_back
from accounts.services.proof import (
    ask_for_reset,
    lacks_second_factor,
    note_factors_changed,
    note_password_changed,
    note_session_use,
    note_single_sign_on_linked,
    remove_factors,
    revoke_other_sessions,
    revoke_session,
    send_reset,
)
from accounts.services.token import issue_token, note_token_use, revoke_keys_of, revoke_token

__all__ = [
    "Entry",
    "admit_first_administrator",
    "admit_user",
    "ask_for_reset",
    "choose_preferences",
    "count_entry",
    "found_agency",
    "give_random_password",
    "issue_token",
    "keep_account_edit",
    "lacks_second_factor",
    "note_factors_changed",
    "note_password_changed",
    "note_password_set",
    "note_session_use",
    "note_single_sign_on_linked",
    "note_token_use",
    "random_password",
    "remove_factors",
    "require_administrator",
    "require_another_for_more",
    "revoke_keys_of",
    "revoke_other_sessions",
    "revoke_session",
    "revoke_token",
    "send_reset",
    "spend_code",
    "take_back",
]
