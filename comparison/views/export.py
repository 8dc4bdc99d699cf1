"""The lists of what is alike as tables to take away.

Each is a deed, not a reading: that the rows went out stands in the ledgers, hence no GET.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from comparison.forms import BatchFilterForm, CommonalityFilterForm, Queue
from comparison.models import Hit
from comparison.models.reading import ReadingQuerySet
from comparison.services import batch as batches
from comparison.services import commonality as services
from comparison.tables import LINKS
from comparison.views.batch import kind_asked
from comparison.views.hit import hits_asked
from core.markings import Handling
from evidence.models import Component
from evidence.tables import bound_behind, goes_without, held, unbound_taken, without
from investigations.tables import Listed, taken_away

MODELS: Listed[Component] = Listed(
    "component-models",
    "comparison.models_exported",
    [
        (_("Kind of component"), lambda row: row.category),
        (_("Maker"), lambda row: row.maker_text),
        (_("Part number or model"), lambda row: row.part_number or row.model_name),
        (_("Incident"), lambda row: row.item.incident.ref),
        (_("Theatre"), lambda row: row.item.incident.theatre),
        (_("Exhibit"), lambda row: row.item.exhibit_no),
        (_("Case"), lambda row: row.case.ref),
    ],
)
"""One line for each component behind a count: whoever has the table can count again."""

HITS: Listed[Hit] = Listed(
    "hits",
    "comparison.hits_exported",
    [
        (_("Component"), lambda row: row.component),
        (_("Kind of component"), lambda row: row.component.category),
        (_("Exhibit"), lambda row: row.component.item.exhibit_no),
        (_("With"), lambda row: row.agency or _("another team")),
        (_("Strength"), lambda row: row.get_band_display()),
        (_("Told"), lambda row: row.told_on),
        (_("Case"), lambda row: row.case.ref),
    ],
)


@dataclass(frozen=True)
class Member:
    """One component of one batch; batches of a table are numbered from 1."""

    number: int
    place: batches.Place

    @property
    def handling(self) -> Handling:
        """As what was read from the component."""
        return self.place.reading.handling

    @property
    def case_id(self) -> UUID:
        """The case whose ledger tells of it."""
        return self.place.reading.case_id


BATCHES: Listed[Member] = Listed(
    "batches",
    "comparison.batches_exported",
    [
        (_("Batch"), lambda row: row.number),
        (_("Kind of component"), lambda row: row.place.component.category),
        (_("Maker"), lambda row: row.place.component.maker_text),
        (_("Part number"), lambda row: row.place.component.part_number),
        (_("Serial number"), lambda row: row.place.component.serial_number),
        (_("Exhibit"), lambda row: row.place.component.item.exhibit_no),
        (_("Incident"), lambda row: row.place.incident.ref),
        (_("Theatre"), lambda row: row.place.incident.theatre),
        (_("Case"), lambda row: row.place.component.case.ref),
    ],
)


@open_to(SIGNED_IN)
@require_POST
def link_export(request: SignedInRequest) -> HttpResponseBase:
    rows = Queue(request.user, request.GET).rows.with_lists().order_by("-place", "-id")
    ends, at = ("left__item", "right__item"), "comparison:link_list"
    return unbound_taken(request, rows, LINKS, *ends, at=at)


@open_to(SIGNED_IN)
@require_POST
def commonality_export(request: SignedInRequest) -> HttpResponseBase:
    form = CommonalityFilterForm(request.GET, user=request.user)
    rows = services.exported(form.narrow(services.components_seen(request.user)))
    return unbound_taken(request, rows, MODELS, "item", at="comparison:commonality")


@open_to(SIGNED_IN)
@require_POST
def hit_export(request: SignedInRequest) -> HttpResponseBase:
    rows = hits_asked(request).with_lists().order_by("-rank", "-id")
    return unbound_taken(request, rows, HITS, "component__item", at="comparison:hit_list")


@open_to(SIGNED_IN)
@require_POST
def batch_export(request: SignedInRequest) -> HttpResponseBase:
    rows, path = batches.seen_by(request.user), "component__item"
    bound = bound_behind(request, rows, path)
    if bound and not goes_without(request):
        return held(request, bound, at="comparison:batch_list")
    members = members_of(request, without(rows, bound, path))
    return taken_away(request, members, BATCHES, left_out=len(bound))


def members_of(request: SignedInRequest, rows: ReadingQuerySet) -> Iterator[Member]:
    """The components of all batches that the address asks for, one page of batches at a time."""
    form, kind = BatchFilterForm(request.GET), kind_asked(request)
    narrowed, after, numbers = form.narrow(rows, batches.COLUMNS[kind]), "", count(1)
    while True:
        wanted = form.wanted()
        page = batches.batches_among(rows, kind, narrowed=narrowed, wanted=wanted, after=after)
        for batch in page.rows:
            number = next(numbers)
            yield from (Member(number, place) for place in batch.places)
        if not (after := page.after):
            return
