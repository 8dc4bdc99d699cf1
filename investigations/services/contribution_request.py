"""Asking a partner agency to contribute, and writing down that it will not."""

from datetime import date
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from core.errors import Refused
from core.markings import Handling
from core.scope import system_scope
from core.zones import today
from investigations.models import (
    AssistanceNeed,
    CaseRecord,
    ContributionRequest,
    Duty,
    Label,
    Notice,
    Role,
)
from investigations.models.assistance_words import Answer
from investigations.services.assistance_need import lock_need, require_under_way
from investigations.services.notice import tell_once
from investigations.services.numbering import next_numbers
from ledger.services import record


class ContributionFacts(TypedDict, total=False):
    """What is asked of an agency, in words that it may read."""

    words: str
    legal_basis: str
    due: date | None


@transaction.atomic
def ask_to_contribute(
    need: AssistanceNeed, *, by: User, agency: Agency, **facts: Unpack[ContributionFacts]
) -> ContributionRequest:
    """Ask one agency; its people on the case are shown the request, and nothing of the need."""
    need = lock_need(need, by)
    require_under_way(need)
    if agency.pk == by.agency_id:
        raise Refused(_("This is your own agency: name another one."))
    if waits_for(need, agency):
        raise Refused(_("This agency is asked already, and has not answered yet."))
    asked = ContributionRequest(
        case=need.case, need=need, agency=agency, capability=need.capability, asked_by=by, **facts
    )
    if asked.due and asked.due < today():
        raise Refused(_("The answer cannot be due in the past."))
    asked.label = Label.for_handling(Handling(shared_with=frozenset({agency.pk})))
    asked.full_clean(exclude=["ref"])
    asked.ref = f"RC-{next_numbers(need.case, 'contribution')[0]:04d}"
    asked.save(force_insert=True)
    record(
        by,
        "investigations.contribution_asked",
        asked,
        ref=asked.ref,
        need=need.ref,
        agency=str(agency.pk),
        due=str(asked.due or ""),
    )
    tell_agency(agency.pk, Notice.Kind.CONTRIBUTION_ASKED, asked)
    return asked


def waits_for(need: AssistanceNeed, agency: Agency) -> bool:
    """True while an agency that was asked for a need has not answered."""
    with system_scope("an agency is asked once, whoever may see that"):
        return ContributionRequest.objects.filter(need=need, agency=agency).waiting().exists()


@transaction.atomic
def decline_to_contribute(
    asked: ContributionRequest, *, by: User, reason: str
) -> ContributionRequest:
    """The agency will not: one of its people says so, or whoever works on it for the team."""
    asked = lock_contribution(asked, by)
    if not reason.strip():
        raise Refused(_("Say why."))
    asked.answer_reason = reason.strip()
    answer_with(asked, Answer.DECLINED)
    record(
        by,
        "investigations.contribution_declined",
        asked,
        ref=asked.ref,
        agency=str(asked.agency_id),
    )
    return asked


def lock_contribution(asked: ContributionRequest, by: User) -> ContributionRequest:
    """The row, locked, if it waits and `by` may answer it: of that agency, or of the team."""
    asked = ContributionRequest.objects.locked_for(by, asked)
    asked.case.require(by, Duty.ANALYSE, Duty.CONTRIBUTE)
    if not asked.is_waiting:
        raise Refused(_("This request was answered already."))
    return asked


def answer_with(asked: ContributionRequest, answer: Answer) -> None:
    """Write the answer down; the line is written by the deed that answers."""
    asked.answer, asked.answered_at = answer, timezone.now()
    asked.version += 1
    asked.save(update_fields=["answer", "answered_at", "answer_reason", "version", "updated_at"])


def tell_agency(agency: UUID, kind: Notice.Kind, subject: CaseRecord) -> None:
    """Leave a notice with each of an agency's people on the case, as far as it is shown to them."""
    with system_scope("whoever is asked learns of it, whoever asks may see them"):
        places = subject.case.memberships.current().filter(
            user__agency=agency, roles__contains=[Role.PARTNER]
        )
        people = list(places.values_list("user", flat=True))
    tell_once(people, kind, case=subject.case_id, label=subject.label_id, subject=subject)
