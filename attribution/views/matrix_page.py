"""What the page of the matrix shows: sentences first, then places, then every row."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.forms import BaseForm
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from attribution import services
from attribution.forms import SnapshotForm
from attribution.http import way
from attribution.methods.ach import STEPS, Key, Omission
from attribution.models import Hypothesis, MatrixRow, MatrixSnapshot, PostMortem, Sheet
from attribution.models.matrix_words import Rating
from attribution.models.sheet import CONCLUDED
from attribution.services import Matrix, Rated
from attribution.services.matrix_words import FAR
from investigations.http import handling_of, home_of
from investigations.models import Case, Duty

PAGE = "attribution/matrix_detail.html"
LIST = "attribution:hypothesis_list"
SNAPSHOTS = 20


@dataclass(frozen=True)
class CellSeen:
    """One cell in words: how often each rating was given, and how far the analysts lie apart.

    `why` is told where one analyst's sheet is looked at.
    """

    words: str
    tone: str
    is_apart: bool
    why: str


@dataclass(frozen=True)
class RowSeen:
    """One row with its cells, what it tells apart, and what would be without it."""

    row: MatrixRow
    url: str
    cells: list[CellSeen]
    spread: str
    without: str


@dataclass(frozen=True)
class Place:
    """One hypothesis with its figure and its place, together and by each analyst."""

    hypothesis: Hypothesis
    rank: int | None
    figure: str
    by_analyst: list[int | None]


def matrix_page(request: SignedInRequest, case: Case, **refused: BaseForm) -> dict[str, Any]:
    """Everything on the page of a matrix; a refused form takes the place of a fresh one."""
    matrix = services.read_matrix(case, request.user)
    shown = matrix.sheets if matrix.is_open else []
    layer = next((one for one in shown if str(one.pk) == request.GET.get("sheet")), None)
    rows = rows_seen(matrix, [layer] if layer else shown, with_reasons=layer is not None)
    if request.GET.get("sort") == "spread":
        rows.sort(key=lambda one: -matrix.outcome.spread[str(one.row.pk)])
    snapshots = MatrixSnapshot.objects.visible_to(request.user).filter(case=case)
    duties = case.duties(request.user)
    marking = handling_of([*matrix.rows, *matrix.taken_out], *matrix.hypotheses)
    return {
        "case": case,
        "matrix": matrix,
        "sentences": services.in_words(matrix),
        "places": places(matrix, shown),
        "rows": rows,
        "taken_out": matrix.taken_out,
        "sheets": shown,
        "layer": layer,
        "by_spread": request.GET.get("sort") == "spread",
        "snapshots": list(snapshots.select_related("taken_by").defer("body")[:SNAPSHOTS]),
        "post_mortems": post_mortems(request, case),
        "marking": marking or case.handling,
        "crumbs": way(case, LIST, _("Hypotheses"), (_("Matrix"), "")),
        "may_rate": Duty.ANALYSE in duties,
        "may_look_back": Duty.MANAGE in duties and case.status in CONCLUDED,
        "form": SnapshotForm(),
        **refused,
    }


def post_mortems(request: SignedInRequest, case: Case) -> list[PostMortem]:
    """What was written each time the case was concluded, with the rows that decided it."""
    written = PostMortem.objects.visible_to(request.user).filter(case=case)
    found = list(written.select_related("held", "written_by"))
    if found:
        named = MatrixRow.objects.visible_to(request.user).with_things()
        prefetch_related_objects(found, Prefetch("decisive", named))
    return found


def places(matrix: Matrix, sheets: list[Sheet]) -> list[Place]:
    """The hypotheses, the least contradicted first, those without a figure last."""
    outcome = matrix.outcome
    each = [matrix.ranking(sheet).ranks for sheet in sheets]
    told = [
        Place(
            one,
            outcome.ranks.get(key),
            services.figure(outcome.scores[key]) if key in outcome.scores else "",
            [ranks.get(key) for ranks in each],
        )
        for key, one in zip(matrix.columns, matrix.hypotheses, strict=True)
    ]
    return sorted(told, key=lambda place: (place.rank is None, place.rank or 0))


def rows_seen(matrix: Matrix, sheets: list[Sheet], *, with_reasons: bool) -> list[RowSeen]:
    """The rows with what these sheets say of them; without any, the rows alone."""
    outcome, refs = matrix.outcome, {str(one.pk): one.ref for one in matrix.hypotheses}
    alone = {next(iter(one.rows)): one for one in outcome.omissions if len(one.rows) == 1}
    read = [matrix.cells.get(sheet.pk, {}) for sheet in sheets]
    seen = []
    for row in matrix.rows:
        own = str(row.pk)
        found = ([cells.get((own, key)) for cells in read] for key in refs)
        given = [[one for one in some if one and one.rating] for some in found]
        seen.append(
            RowSeen(
                row,
                page_of_thing(row),
                [cell_seen(some, with_reasons=with_reasons) for some in given],
                services.figure(outcome.spread.get(own, Fraction(0))),
                without(alone.get(own), outcome.leaders, refs),
            )
        )
    return seen


def cell_seen(given: list[Rated], *, with_reasons: bool) -> CellSeen:
    """What was given in one cell, from strongly consistent to not applicable."""
    counts = Counter(str(cell.rating) for cell in given)
    kinds = [code for code in Rating.values if counts[code]]
    words = " · ".join(
        code if counts[code] == 1 else f"{code}\N{NO-BREAK SPACE}×{counts[code]}" for code in kinds
    )
    steps = [STEPS[code] for code in kinds if code in STEPS]
    mean = sum(STEPS.get(code, 0) * counts[code] for code in kinds)
    tone = "against" if mean < 0 else "for" if mean > 0 else "even"
    apart = bool(steps) and max(steps) - min(steps) >= FAR
    why = " ".join(one.rationale for one in given) if with_reasons else ""
    return CellSeen(words, tone if steps else "", apart, why)


def without(omission: Omission | None, leaders: frozenset[Key], refs: dict[Key, str]) -> str:
    """What would be if the row were not there, where it makes a difference."""
    if omission is None or not leaders or not omission.moved:
        return ""
    if omission.leaders == leaders:
        return _("places change below the first")
    first = ", ".join(ref for key, ref in refs.items() if key in omission.leaders)
    return _("%(names)s would come first") % {"names": first}


def page_of_thing(row: MatrixRow) -> str:
    """Where the thing itself is read."""
    thing = row.source_report.incident if row.source_report else row.thing
    return home_of(thing) if thing else ""
