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
)
from accounts.services.token import issue_token, note_token_use, revoke_token

__all__ = [
    "admit_first_administrator",
    "admit_user",
    "choose_preferences",
    "found_agency",
    "give_random_password",
    "issue_token",
    "keep_account_edit",
    "note_password_set",
    "note_token_use",
    "random_password",
    "require_administrator",
    "revoke_token",
]
