"""Bringing lists of incidents in: one pass, in chunks, each chunk whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TextIO, TypeVar

from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.folding import fold
from catalogue.models import Country, Theatre, WeaponModel
from core.errors import Refused
from exchange.formats.incident_map import HARMS, IncidentMap
from exchange.formats.incident_rows import IncidentRow, RefusedRow, read_rows
from investigations.models import Case, SourceReport
from investigations.services import open_case
from investigations.services.bulk import Listed, enter_listed_incidents
from investigations.services.incident import IncidentFacts

CHUNK = 500
Thing = TypeVar("Thing")


@dataclass
class Tally:
    """How many rows were read, and what became of them; the last three add up to the first."""

    read: int = 0
    created: int = 0
    unchanged: int = 0
    refused: int = 0

    def __str__(self) -> str:
        return (
            f"{self.read} rows read: {self.created} created, "
            f"{self.unchanged} unchanged, {self.refused} refused"
        )


@dataclass
class Reference:
    """What the catalogue says of a list's country, theatre and weapons, looked up once each."""

    country: Country | None
    theatre: Theatre | None
    weapons: dict[str, WeaponModel | None] = field(default_factory=dict)

    def weapon(self, stated: str) -> WeaponModel | None:
        """The one model of exactly this name; a compound or ambiguous name is none."""
        if stated not in self.weapons:
            folded = fold(stated)
            models = [
                model
                for model in WeaponModel.objects.named(stated)[:20]
                if folded in model.folded_names.split()
            ]
            self.weapons[stated] = models[0] if len(models) == 1 else None
        return self.weapons[stated]


def import_incidents(
    stream: TextIO,
    plan: IncidentMap,
    case: Case | None,
    *,
    by: User,
    on_progress: Callable[[Tally], None],
    on_refused: Callable[[RefusedRow], None],
) -> Tally:
    """Read the list once and enter what is new into `case`; without a case nothing is written.

    Every row is counted exactly once: created, unchanged or refused.
    """
    tally, reference = Tally(), look_up(plan)
    seen: set[str] = set()
    for chunk in in_chunks(read_rows(stream, plan), CHUNK):
        sound = [row for row in chunk if isinstance(row, IncidentRow)]
        for row in chunk:
            if isinstance(row, RefusedRow):
                on_refused(row)
        created = enter(sound, plan, case, reference, seen, by=by)
        tally.read += len(chunk)
        tally.refused += len(chunk) - len(sound)
        tally.created += created
        tally.unchanged += len(sound) - created
        on_progress(tally)
    return tally


def enter(
    rows: list[IncidentRow],
    plan: IncidentMap,
    case: Case | None,
    reference: Reference,
    seen: set[str],
    *,
    by: User,
) -> int:
    """Enter one chunk and return how many rows were new; in a dry run only count them."""
    if case:
        listed = [listed_as(row, plan, reference) for row in rows]
        return len(enter_listed_incidents(case, listed, by=by, imported_from=plan.name))
    before = SourceReport.objects.visible_to(by).filter(
        imported_from=plan.name, row_key__in=[row.key for row in rows]
    )
    fresh = {row.key for row in rows} - seen - set(before.values_list("row_key", flat=True))
    seen |= fresh
    return len(fresh)


def look_up(plan: IncidentMap) -> Reference:
    """Country and theatre of the map, which must be in the catalogue."""
    country = Country.objects.filter(code=plan.country).first()
    theatre = Theatre.objects.filter(name=plan.theatre).first()
    if plan.country and not country:
        words = _("The catalogue has no country “%(code)s”; run load_catalogue first.")
        raise Refused(words % {"code": plan.country})
    if plan.theatre and not theatre:
        words = _("The catalogue has no theatre “%(name)s”; enter it or change the map.")
        raise Refused(words % {"name": plan.theatre})
    return Reference(country, theatre)


def listed_as(row: IncidentRow, plan: IncidentMap, reference: Reference) -> Listed:
    """One row in the words of the investigations room."""
    facts = IncidentFacts(
        title=row.title,
        occurred_from=row.period.start,
        occurred_to=row.period.end,
        occurred_precision=row.period.precision,
        occurred_as_stated=row.as_stated,
        occurred_zone=str(plan.zone),
        place_name=row.place,
        country=reference.country,
        place_precision=plan.place_precision if row.place else "unknown",
        theatre=reference.theatre,
        attack_mode=row.attack_mode,
        weapon_as_stated=row.weapon,
        weapon_model=reference.weapon(row.weapon) if row.weapon else None,
        narrative=row.narrative,
    )
    return Listed(
        facts=with_figures(facts, row),
        citation=row.citation,
        reliability=plan.reliability,
        credibility=plan.credibility,
        party_to_conflict=plan.party_to_conflict,
        row_key=row.key,
        as_reported=dict(row.as_reported),
        casualties=casualties_of(row),
    )


def with_figures(facts: IncidentFacts, row: IncidentRow) -> IncidentFacts:
    """The same facts with the counts and the point of the row; one figure is least and most."""
    for name in ("launched", "intercepted", "arrived"):
        count = row.counts[name]
        facts[f"{name}_min"] = facts[f"{name}_max"] = count  # type: ignore[literal-required]
    if row.point:
        facts["latitude"], facts["longitude"] = row.point
    return facts


def casualties_of(row: IncidentRow) -> list[tuple[str, int | None, int | None]]:
    """The harm that the row states; what it does not state is left out."""
    stated = []
    for harm in HARMS:
        least, most = row.counts[f"{harm}_min"], row.counts[f"{harm}_max"]
        if least is not None or most is not None:
            stated.append((harm, least, most))
    return stated


def case_for(plan: IncidentMap, *, by: User) -> Case:
    """The case that this list went into before; else a new one, as the map describes it."""
    earlier = SourceReport.objects.visible_to(by).filter(imported_from=plan.name)
    if before := earlier.select_related("case").order_by("id").first():
        return before.case
    return open_case(
        by,
        title=plan.case.get("title", plan.name),
        public_title=plan.case.get("public_title", plan.name),
        mandate=plan.case.get("mandate", "Imported reference list."),
    )


def in_chunks(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """The things, `size` at a time."""
    iterator = iter(things)
    while chunk := list(islice(iterator, size)):
        yield chunk
