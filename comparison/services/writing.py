"""Write what was found about pairs, one or a batch in one statement, and the lines about it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from comparison.methods.assessment import Alert, Assessment
from comparison.methods.found_by import found_by, place_in_queue
from comparison.methods.words import spoken_figure
from comparison.models import Link, LinkState, Reading
from comparison.services.standing import judgements_that_count, settle

Deed = tuple[Link, str]
"""A link, and what happened to it."""
Lines = list[tuple[Link, Mapping[str, Any]]]
PROPOSED, REASSESSED = "comparison.link_proposed", "comparison.link_reassessed"
SUPERSEDED = "comparison.link_superseded"

_COLUMNS = {
    "outcome": "varchar",
    "ratio": "float8",
    "log10_ratio": "float8",
    "band": "varchar",
    "rank": "float8",
    "found_by": "varchar",
    "place": "float8",
    "alert": "varchar",
    "cross_theatre": "boolean",
    "explanation": "jsonb",
    "parameters_version": "varchar",
    "fingerprint": "varchar",
}
# Names of columns from the table above, and nothing of anybody else's.
_REWRITE = f"""UPDATE comparison_link AS link SET state = 'proposed', examiners = 0,
    version = link.version + 1, proposed_at = now(), updated_at = now(),
    {", ".join(f"{name} = anew.{name}" for name in _COLUMNS)}
    FROM unnest(%s::uuid[], {", ".join(f"%s::{kind}[]" for kind in _COLUMNS.values())})
    AS anew(id, {", ".join(_COLUMNS)}) WHERE link.id = anew.id"""  # noqa: S608  # nosec B608
_STEP_BACK = """UPDATE comparison_link SET state = 'superseded', version = version + 1,
    updated_at = now() WHERE id = ANY(%s::uuid[])"""


class Told(NamedTuple):
    """What a link says now, as far as it matters whether it still does; `outcome` is kept along."""

    id: UUID
    left_id: UUID
    right_id: UUID
    case_id: UUID
    other_case_id: UUID
    outcome: str
    band: str
    ratio: float | None

    def link(self, **said: Any) -> Link:
        """As a line of the ledger names it."""
        return Link(**{**self._asdict(), **said})


def says_otherwise(link: Link | Told, shown: Assessment) -> bool:
    """Whether newer counts change the words, or the figure in its two significant digits."""
    if link.ratio is None or shown.ratio is None:
        return link.band != shown.words.value
    return spoken_figure(link.ratio) != spoken_figure(shown.ratio)


def columns_of(shown: Assessment, first: Reading, second: Reading) -> dict[str, Any]:
    """An assessment as a link's columns."""
    theatres = {first.theatre_id, second.theatre_id}
    way = found_by(shown.rows, shown.alerts)
    return {
        "outcome": shown.outcome.value,
        "ratio": shown.ratio,
        "log10_ratio": shown.log10,
        "band": shown.words.value,
        "rank": shown.rank,
        "found_by": way.value,
        "place": place_in_queue(way, shown.rank),
        "alert": shown.alert.value if shown.alert else "",
        "cross_theatre": len(theatres) == 2 and None not in theatres,
        "explanation": shown.to_json(),
        "parameters_version": shown.parameters_version,
    }


def pair_fingerprint(first: Reading, second: Reading, shown: Assessment) -> str:
    """SHA-256 over the facts of both ends, and that one photograph is under both.

    A photograph is no fact of its component; one under both exhibits is a fact of the pair, and
    whoever judged before it was known must judge again.
    """
    shared = Alert.SAME_PHOTOGRAPH if Alert.SAME_PHOTOGRAPH in shown.alerts else ""
    return sha256(f"{first.fingerprint}{second.fingerprint}{shared}".encode()).hexdigest()


def write_link(link: Link, shown: Assessment, first: Reading, second: Reading) -> None:
    """Put the pair (back) on the queue with a new version of its explanation.

    Where examiners judged these very facts before others were recorded, their words hold again.
    """
    for name, value in columns_of(shown, first, second).items():
        setattr(link, name, value)
    link.state = LinkState.PROPOSED
    link.fingerprint = pair_fingerprint(first, second, shown)
    link.proposed_at, link.examiners = timezone.now(), 0
    is_new = link._state.adding
    link.version += 0 if is_new else 1
    link.save()
    if not is_new and (judged := judgements_that_count([link])[link.pk]):
        settle(link, judged)
        link.save(update_fields=["state", "examiners"])


def rewrite_links(anew: Iterable[tuple[Told, Assessment, Reading, Reading]]) -> list[Deed]:
    """Write locked links again, in one statement, each with a new version of its explanation."""
    deeds, rows = [], []
    for told, shown, first, second in anew:
        columns = columns_of(shown, first, second)
        columns |= {"fingerprint": pair_fingerprint(first, second, shown)}
        said = {name: columns[name] for name in ("outcome", "band")}
        deeds.append((told.link(**said, state=LinkState.PROPOSED), REASSESSED))
        columns["explanation"] = json.dumps(columns["explanation"], ensure_ascii=False)
        rows.append((told.id, *(columns[name] for name in _COLUMNS)))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_REWRITE, [list(column) for column in zip(*rows, strict=True)])
    return deeds


def step_back(link: Link) -> Deed:
    """Take a pair that no longer deserves a look from the queue."""
    link.state = LinkState.SUPERSEDED
    link.version += 1
    link.save(update_fields=["state", "version", "updated_at"])
    return link, SUPERSEDED


def step_all_back(links: Iterable[Told]) -> list[Deed]:
    """Take locked pairs that no longer deserve a look from the queue, all in one statement."""
    deeds = [(told.link(state=LinkState.SUPERSEDED), SUPERSEDED) for told in links]
    if deeds:
        with connection.cursor() as cursor:
            cursor.execute(_STEP_BACK, [[link.pk for link, _act in deeds]])
    return deeds


def lines_by_chain(deeds: Iterable[Deed]) -> dict[tuple[UUID, str], Lines]:
    """The ledger's lines by chain and act, in one fixed order.

    A pair across two cases gets none: either chain is read by people who may not know of the other
    case, and a line would tell them, at the very second, that it holds something alike.
    """
    chains: dict[tuple[UUID, str], Lines] = defaultdict(list)
    for link, act in deeds:
        if link.case_id == link.other_case_id:
            chains[link.case_id, act].append((link, link.in_short))
    return dict(sorted(chains.items()))
