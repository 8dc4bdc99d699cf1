"""Committing to sensitive values, and erasing them lawfully while the ledger's proofs hold."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Case, Duty
from investigations.models.committed_value import CommittedValue
from ledger.commitments import commitment, new_blind
from ledger.services import record


@transaction.atomic
@sensitive_variables()
def commit_value(case: Case, value: str, *, by: User, about: str) -> CommittedValue:
    """Keep a sensitive value apart; the line holds the commitment, and `about` says what it is.

    A caller with a line of its own puts `{"commitment": kept.commitment}` among its facts.
    """
    case.require_member(by)
    if not value:
        raise Refused(_("There is nothing to commit to."))
    blind, raw = new_blind(), value.encode()
    with system_scope("committed values are kept where no person's question reaches"):
        kept = CommittedValue.objects.create(
            case=case, commitment=commitment(raw, blind), value=raw, blind=blind
        )
    record(by, "investigations.value_committed", case, commitment=kept.commitment, about=about)
    return kept


@transaction.atomic
def erase_value(kept: CommittedValue, *, by: User, reason: str) -> CommittedValue:
    """Empty value and blind for good: a lead's deed, with a reason; the commitment stays."""
    if not reason.strip():
        raise Refused(_("Say why."))
    kept.case.require(by, Duty.MANAGE)
    with system_scope("committed values are kept where no person's question reaches"):
        kept = CommittedValue.objects.select_for_update(of=["self"]).get(pk=kept.pk)
        if kept.erased_at:
            raise Refused(_("It is erased already."))
        kept.value, kept.blind, kept.erased_at = None, None, timezone.now()
        kept.save(update_fields=["value", "blind", "erased_at"])
        case = kept.case
    told: dict[str, Any] = {"commitment": kept.commitment, "reason": reason.strip()}
    record(by, "investigations.value_erased", case, **told)
    return kept
