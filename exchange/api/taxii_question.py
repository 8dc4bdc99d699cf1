"""What a client of TAXII asks for: which objects, which versions, since when, and how many."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from core.listing import cut
from exchange.formats.stix.words import SPEC, read_moment, to_milliseconds
from exchange.models import StixVersion
from exchange.models.stix_version import StixVersionQuerySet

USUAL, MOST = 100, 1000
LAST, FIRST, ALL = "last", "first", "all"


@dataclass(frozen=True)
class Page:
    """The versions to tell, in the order in which they were put on offer, and where to go on."""

    rows: list[StixVersion]
    next: str

    @property
    def headers(self) -> dict[str, str]:
        """When the first and the last of these were put on offer."""
        if not self.rows:
            return {}
        return {
            "X-TAXII-Date-Added-First": date_added(self.rows[0]),
            "X-TAXII-Date-Added-Last": date_added(self.rows[-1]),
        }


def page_of(request: Request, rows: StixVersionQuerySet, *, versions: str = LAST) -> Page:
    """The page of these that a client asks for; `versions` is which ones where it does not say."""
    asked = request.query_params
    rows = of_kind(request, rows)
    rows = in_versions(rows, words(request, "match[version]") or [versions])
    for name in ("added_after", "next"):
        if name in asked:
            rows = rows.filter(offered_at__gt=moment_in(name, asked[name]))
    limit = limit_in(asked.get("limit", str(USUAL)))
    found, more = cut(rows.order_by("offered_at"), limit)
    return Page(found, date_added(found[-1]) if more else "")


def of_kind(request: Request, rows: StixVersionQuerySet) -> StixVersionQuerySet:
    """Narrowed by identifier, by type, and by the version of STIX."""
    if identifiers := words(request, "match[id]"):
        rows = rows.filter(stix_id__in=identifiers)
    if kinds := words(request, "match[type]"):
        rows = rows.filter(kind__in=kinds)
    specs = words(request, "match[spec_version]")
    return rows if not specs or SPEC in specs else rows.none()


def in_versions(rows: StixVersionQuerySet, asked: list[str]) -> StixVersionQuerySet:
    """The last, the first, every version, or those of certain moments; several may be asked for."""
    if ALL in asked:
        return rows
    if asked == [LAST]:
        return rows.newest()
    wanted = Q(pk__in=rows.newest().values("pk")) if LAST in asked else Q()
    if FIRST in asked:
        wanted |= Q(pk__in=rows.oldest().values("pk"))
    moments = [moment_in("match[version]", word) for word in asked if word not in (LAST, FIRST)]
    if moments:
        wanted |= Q(modified__in=[to_milliseconds(moment) for moment in moments])
    return rows.filter(wanted)


def words(request: Request, name: str) -> list[str]:
    """The values of a filter, which are parted by commas; none of them can hold a NUL."""
    said = request.query_params.get(name, "")
    if "\0" in said:
        raise ParseError(_("The character NUL cannot be stored."))
    return [word.strip() for word in said.split(",") if word.strip()]


def moment_in(name: str, text: str) -> datetime:
    """The moment that a filter names."""
    moment = read_moment(text)
    if moment is None:
        raise ParseError(
            _("“%(name)s” has to be a moment such as 2026-03-14T02:40:00Z.") % {"name": name}
        )
    return moment


def limit_in(text: str) -> int:
    """How many at most; never more than we give at once."""
    if not text.isdecimal() or len(text) > len(str(MOST)) + 6 or int(text) < 1:
        raise ParseError(_("“limit” has to be a whole number from 1 on."))
    return min(int(text), MOST)


def date_added(row: StixVersion) -> str:
    """When it was put on offer, to the microsecond: no two of a collection were at once."""
    offered = (row.offered_at or row.created_at).astimezone(UTC)
    return f"{offered:%Y-%m-%dT%H:%M:%S.%f}Z"
