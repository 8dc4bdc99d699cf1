"""What the figures of the matrix say, in sentences."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from attribution.methods.ach import Omission
from attribution.services.matrix_account import Matrix, figure

FAR = 2
"""From so many steps on two ratings are far apart, such as neutral and strongly inconsistent."""


def in_words(matrix: Matrix) -> list[str]:
    """What whoever reads the matrix is told before any figure; nothing while it lacks rivals."""
    if matrix.lacks:
        return []
    if not matrix.is_open:
        return [waiting(matrix)]
    if not matrix.outcome.scores:
        return [_("Nobody has handed in a scoring sheet yet.")]
    return [
        *alone(matrix),
        leading(matrix),
        resting(matrix),
        *disagreeing(matrix),
        *useless(matrix),
        *unrated(matrix),
    ]


def waiting(matrix: Matrix) -> str:
    """Why nothing is shown to somebody who has not handed in."""
    return ngettext(
        "%(count)d analyst has handed in. What was given is shown once your own sheet is in.",
        "%(count)d analysts have handed in. What they gave is shown once your own sheet is in.",
        matrix.handed_in,
    ) % {"count": matrix.handed_in}


def alone(matrix: Matrix) -> list[str]:
    """One analyst is no check on another."""
    if matrix.handed_in > 1:
        return []
    return [_("One analyst alone has handed in: let a second one rate independently.")]


def leading(matrix: Matrix) -> str:
    """Which hypothesis is contradicted least: no proof of it, but the one to doubt last."""
    outcome = matrix.outcome
    leaders = [one for one in matrix.hypotheses if str(one.pk) in outcome.leaders]
    names = listed(one.ref for one in leaders)
    least = figure(outcome.scores[str(leaders[0].pk)])
    if len(leaders) > 1:
        return _("%(names)s are contradicted least, and equally (%(figure)s).") % {
            "names": names,
            "figure": least,
        }
    return _("%(name)s is contradicted least (%(figure)s).") % {"name": names, "figure": least}


def resting(matrix: Matrix) -> str:
    """What the ranking rests on: which rows it takes to put another hypothesis first."""
    decisive = matrix.outcome.decisive
    if not decisive:
        return _("No single row decides this: leave out any one, and the same comes first.")
    if len(decisive) == 1 and len(decisive[0].rows) == 1:
        return _("The ranking rests on %(name)s alone.") % {"name": called(matrix, decisive[0])}
    if len(decisive) == 1:
        return _("The ranking rests on one origin alone: %(names)s.") % {
            "names": called(matrix, decisive[0])
        }
    return _("The ranking would be another without any one of these: %(names)s.") % {
        "names": listed(called(matrix, one) for one in single_first(decisive))
    }


def single_first(decisive: Iterable[Omission]) -> list[Omission]:
    """The rows that decide by themselves, and groups only where none of their rows does."""
    single = [one for one in decisive if len(one.rows) == 1]
    known = {row for one in single for row in one.rows}
    return [*single, *(one for one in decisive if not one.rows & known)]


def disagreeing(matrix: Matrix) -> list[str]:
    """Where the analysts lie far from each other."""
    count = sum(1 for steps in matrix.outcome.apart.values() if steps >= FAR)
    if not count:
        return []
    return [
        ngettext(
            "In %(count)d cell the analysts lie far apart: talk about it before going on.",
            "In %(count)d cells the analysts lie far apart: talk about them before going on.",
            count,
        )
        % {"count": count}
    ]


def useless(matrix: Matrix) -> list[str]:
    """Rows that bear on all hypotheses alike."""
    rated = {row for sheet in matrix.sheets for row, _column in matrix.ratings(sheet)}
    spread = matrix.outcome.spread
    blind = {row for row in rated & spread.keys() if not spread[row]}
    rows = [one.name for one in matrix.rows if str(one.pk) in blind]
    if not rows:
        return []
    return [
        ngettext(
            "%(names)s does not tell the hypotheses apart.",
            "%(names)s do not tell the hypotheses apart.",
            len(rows),
        )
        % {"names": listed(rows)}
    ]


def unrated(matrix: Matrix) -> list[str]:
    """Whose sheet was handed in before a row or a hypothesis came in."""
    late = [str(sheet.analyst) for sheet in matrix.sheets if matrix.open_cells(sheet)]
    if not late:
        return []
    return [
        _("The matrix has grown since these handed in, who should rate what is new: %(names)s.")
        % {"names": listed(late)}
    ]


def called(matrix: Matrix, omission: Omission) -> str:
    """The names of the rows that were left out together."""
    names = {str(row.pk): row.name for row in matrix.rows}
    return listed(names[key] for key in names if key in omission.rows)


def listed(names: Iterable[str]) -> str:
    """Names one after the other."""
    return pgettext("between the items of a list", ", ").join(names)
