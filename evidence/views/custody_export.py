"""What is open in custody, and what was seen in storage, as tables to take away.

Each is a deed, not a reading: that the rows went out stands in the ledger, hence no GET.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from core.markings import Handling
from evidence.models import Item, Sighting
from evidence.services.custody_gap import ItemGap, gaps_of_each
from evidence.tables import unbound_taken
from evidence.views.stocktake import checked
from investigations.models import Case
from investigations.tables import Listed


@dataclass(frozen=True)
class OpenGap:
    """A gap that nobody has waived, handled as its exhibit."""

    found: ItemGap

    @property
    def handling(self) -> Handling:
        """As the exhibit."""
        return self.found.item.handling

    @property
    def case_id(self) -> UUID:
        """The case whose ledger tells of it."""
        return self.found.item.case_id


def open_gaps(items: list[Item], _reader: User) -> Iterable[OpenGap]:
    """The open gaps of these exhibits."""
    return [OpenGap(found) for found in gaps_of_each(items) if found.waiver is None]


GAPS: Listed[OpenGap] = Listed(
    "custody-gaps",
    "evidence.gaps_exported",
    [
        (_("Exhibit"), lambda row: row.found.item.exhibit_no),
        (_("What it is"), lambda row: row.found.item.description),
        (_("Gap"), lambda row: row.found.words),
        (_("Unaccounted for"), lambda row: row.found.unaccounted),
        (_("Explained"), lambda row: _("yes") if row.found.explanations else _("no")),
        (_("Holder"), lambda row: row.found.item.holder),
        (_("Case"), lambda row: row.found.item.case.ref),
    ],
    told=open_gaps,
)

SIGHTINGS: Listed[Sighting] = Listed(
    "inventory-check",
    "evidence.sightings_exported",
    [
        (_("Exhibit"), lambda row: row.item.exhibit_no),
        (_("What it is"), lambda row: row.item.description),
        (_("Result"), lambda row: row.get_verdict_display()),
        (_("Seen by"), lambda row: row.seen_by),
        (_("Time"), lambda row: row.created_at),
        (_("Case"), lambda row: row.case.ref),
    ],
)


@open_to(SIGNED_IN)
@require_POST
def gap_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    rows = Item.objects.visible_to(request.user).filter(case=case).with_open_gaps()
    rows = rows.select_related("case", "holder").order_by("exhibit_no")
    return unbound_taken(request, rows, GAPS, "pk", at="evidence:case_attention")


@open_to(SIGNED_IN)
@require_POST
def sighting_export(request: SignedInRequest, stocktake_id: UUID) -> HttpResponseBase:
    stocktake = checked(request, stocktake_id)
    rows = Sighting.objects.visible_to(request.user).filter(stocktake=stocktake).with_lists()
    at = "evidence:stocktake_detail"
    return unbound_taken(request, rows.order_by("id"), SIGHTINGS, "item", at=at)
