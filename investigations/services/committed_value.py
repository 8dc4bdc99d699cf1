"""Committing to sensitive values, and erasing them lawfully while the ledger's proofs hold."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Case, Duty, Request, RequestKind
from investigations.models.committed_value import CommittedValue
from investigations.models.identity import Told
from investigations.services.request import approve, ask, require_kind
from ledger.commitments import commitment, new_blind
from ledger.services import record

KEPT_APART = "committed values are kept where no person's question reaches"


@transaction.atomic
@sensitive_variables()
def commit_value(case: Case, value: str, *, by: User, about: str) -> CommittedValue:
    """Keep a sensitive value apart; the line holds the commitment, and `about` says what it is.

    A caller with a line of its own puts `{"commitment": kept.commitment}` among its facts.
    """
    case.require_member(by)
    if not value.strip() or not about.strip():
        raise Refused(_("Write the value, and what it is."))
    if value.strip().casefold() in about.casefold():
        raise Refused(_("What it is names the value itself, and would stay: say it otherwise."))
    blind, raw = new_blind(), value.encode()
    with system_scope(KEPT_APART):
        kept = CommittedValue(case=case, commitment=commitment(raw, blind), about=about.strip())
        kept.value, kept.blind = raw, blind
        kept.save(force_insert=True)
    told: dict[str, Any] = {"commitment": kept.commitment, "about": kept.about}
    record(by, "investigations.value_committed", case, **told)
    return kept


def values_of(case: Case, *, by: User) -> list[CommittedValue]:
    """What is kept apart in a case, without the values themselves, for those who guard them."""
    case.require(by, Duty.PROTECT)
    with system_scope(KEPT_APART):
        rows = CommittedValue.objects.known_to(by).filter(case=case)
        return list(rows.defer("value", "blind"))


def value_seen(key: UUID, *, by: User) -> CommittedValue | None:
    """One of them without the value, for those who see its case and guard what is in it."""
    with system_scope(KEPT_APART):
        rows = CommittedValue.objects.known_to(by).select_related("case").defer("value", "blind")
        kept = rows.filter(pk=key).first()
    if kept is None:
        return None
    kept.case.require(by, Duty.PROTECT)
    return kept


def locked(key: UUID) -> CommittedValue:
    """One with its value, locked; for services that have asked who may."""
    rows = CommittedValue.objects.select_for_update(of=["self"], no_key=True).select_related("case")
    return rows.get(pk=key)


@transaction.atomic
@sensitive_variables()
def open_value(kept: CommittedValue, *, by: User, reason: str) -> Told:
    """Show a value to one who guards it; that it was shown, and why, stands in the ledger."""
    kept.case.require(by, Duty.PROTECT)
    with system_scope(KEPT_APART):
        kept = locked(kept.pk)
        if kept.erased_at:
            raise Refused(_("It is erased."))
        if not kept.holds:
            raise Refused(_("It was changed outside of Vestige: it is not what was committed to."))
    require_reason(kept, reason)
    told: dict[str, Any] = {"commitment": kept.commitment, "reason": reason.strip()}
    record(by, "investigations.value_opened", kept.case, **told)
    return kept.told


@transaction.atomic
def ask_to_erase_value(kept: CommittedValue, *, by: User, reason: str) -> Request:
    """Ask a second person to agree that a value goes for good."""
    kept.case.require(by, Duty.MANAGE)
    with system_scope(KEPT_APART):
        kept = locked(kept.pk)
    if kept.erased_at:
        raise Refused(_("It is erased already."))
    require_reason(kept, reason)
    words = {"words": {_("Commitment"): kept.commitment}}
    ref = str(kept)
    return ask(RequestKind.ERASE_VALUE, kept, by=by, reason=reason, ref=ref, asked=words)


@transaction.atomic
def erase_value(request: Request, *, by: User) -> CommittedValue:
    """The second person agrees: value and blind are emptied for good; the commitment stays."""
    request = approve(request, by=by)
    require_kind(request, RequestKind.ERASE_VALUE)
    with system_scope(KEPT_APART):
        kept = locked(request.subject_id)
        if kept.erased_at:
            raise Refused(_("It is erased already."))
        kept.value, kept.blind, kept.erased_at = None, None, timezone.now()
        kept.save(update_fields=["value", "blind", "erased_at"])
        case = kept.case
    told: dict[str, Any] = {"commitment": kept.commitment, "request": str(request.pk)}
    record(by, "investigations.value_erased", case, **told)
    return kept


@sensitive_variables()
def require_reason(kept: CommittedValue, reason: str) -> None:
    """A reason, in which the value does not stand: it would outlive the value."""
    if not reason.strip():
        raise Refused(_("Say why."))
    if kept.told.casefold() in reason.casefold():
        raise Refused(_("The reason names the value: take it out."))
