"""Lines of a ledger as tables to take away: the chain, and what a case was busy with.

Each is a deed, not a reading: that the lines went out stands in the same ledger, hence no GET.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from core.export import Taken
from investigations.models import Case
from investigations.tables import Listed, taken_away
from ledger.models import Entry
from workspace.forms import ActivityFilterForm, LedgerFilterForm, PartnerLogForm
from workspace.models import tell_in_words, told_to
from workspace.models.partner_log import lines_of as about_agency
from workspace.models.partner_log import partners_of
from workspace.models.sendings import kinds_told, records_told, tell_sendings
from workspace.views.ledger import asked_case

LINES: Sequence[Taken[Any]] = [
    (_("No."), lambda line: line.position),
    (_("Time"), lambda line: line.at),
    (_("By"), lambda line: line.actor or _("the program")),
    (_("Deed"), lambda line: line.words),
    (_("Kind"), lambda line: line.kind),
    (_("About"), lambda line: line.named),
    (_("Seal"), lambda line: line.seal),
]


SENT_LINES: Sequence[Taken[Any]] = [
    *LINES[:-1],
    (_("By which door"), lambda line: line.door),
    (_("Records sent"), lambda line: line.count),
    (_("Kinds of records"), kinds_told),
    (_("Records named"), records_told),
    *LINES[-1:],
]


def lines_of(
    case: Case | None,
    name: str,
    told: Callable[[list[Any], User], Iterable[Any]],
    columns: Sequence[Taken[Any]] = LINES,
) -> Listed[Any]:
    """Lines of one chain, each handled as its case and what it is about."""

    def handled(rows: list[Any], reader: User) -> Iterable[Any]:
        for line in told(rows, reader):
            line.handling = case.handling.joined(line.handling) if case else line.handling
            yield line

    act = f"workspace.{name}_exported"
    return Listed(name, act, columns, cases=lambda line: [line.log], told=handled)


def in_words(rows: list[Any], reader: User) -> list[Any]:
    """All of these lines, in words as far as this person may read them."""
    tell_in_words(rows, reader)
    return rows


def with_sendings(rows: list[Any], reader: User) -> list[Any]:
    """The same with what was sent, as far as a line tells of that."""
    tell_sendings(in_words(rows, reader), reader)
    return rows


@open_to(SIGNED_IN)
@require_POST
def ledger_export(request: SignedInRequest) -> HttpResponseBase:
    case, cases = asked_case(request), Case.objects.audited_by(request.user)
    form = LedgerFilterForm(request.GET, cases=cases, case=case)
    rows = form.narrow(Entry.objects.of_log(case.pk if case else UUID(int=1)))
    rows = rows.select_related("actor").order_by("-position")
    return taken_away(request, rows, lines_of(case, "ledger", in_words))


@open_to(SIGNED_IN)
@require_POST
def activity_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    if not case.is_read_whole_by(request.user):
        raise PermissionDenied(_now("Only the team of this case may do this."))
    form = ActivityFilterForm(request.GET, case=case)
    rows = form.narrow(Entry.objects.of_log(case.pk)).select_related("actor")
    return taken_away(request, rows.order_by("-position"), lines_of(case, "activity", told_to))


@open_to(SIGNED_IN)
@require_POST
def partner_log_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = get_object_or_404(Case.objects.audited_by(request.user), pk=case_id)
    agencies = partners_of(case, request.user)
    form = PartnerLogForm(request.GET, agencies=agencies, case=case)
    agency = form.asked("agency") or agencies.first()
    told = about_agency(case, agency) if agency else Entry.objects.none()
    rows = form.narrow(told, case, request.user).select_related("actor").order_by("-position")
    return taken_away(request, rows, lines_of(case, "partner_log", with_sendings, SENT_LINES))
