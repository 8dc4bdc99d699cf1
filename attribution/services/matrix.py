"""Rows of the matrix: putting evidence before the rival hypotheses, weighing it, taking it out."""

from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Claim, Hypothesis, MatrixRow
from attribution.models.matrix_words import Degree
from attribution.services.finding import lock_case
from attribution.services.hypothesis import seed_rivals
from comparison.models import Link
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.scope import system_scope
from evidence.models import Item
from investigations.models import Case, Duty, SourceReport
from investigations.services import next_numbers
from investigations.services.label import take_on
from ledger.services import record

Weighable = Claim | Item | Link | SourceReport
FIELDS: dict[type, str] = {
    Claim: "claim",
    Item: "item",
    Link: "link",
    SourceReport: "source_report",
}
WELL, BADLY = {("A", "1"), ("A", "2"), ("B", "1"), ("B", "2")}, {"4", "5", "6"}


class MatrixRowFacts(TypedDict, total=False):
    """What is said of a row for all analysts."""

    shows: str
    credibility: str
    relevance: str
    origin_group: str


@transaction.atomic
def add_matrix_row(
    case: Case, thing: Weighable, *, by: User, **facts: Unpack[MatrixRowFacts]
) -> MatrixRow:
    """Put a claim, exhibit, confirmed comparison or report before the rivals, once.

    The first row of a case brings the two standing rivals if nobody proposed anything yet. Where
    credibility is not said it follows from how the thing is graded.
    """
    case = lock_case(case, by)
    case.require(by, Duty.ANALYSE)
    require_weighable(thing, case, by)
    facts.setdefault("credibility", as_graded(thing))
    row = MatrixRow(case=case, added_by=by, **facts)
    setattr(row, FIELDS[type(thing)], thing)
    require_once(row)
    row.ref = f"M-{next_numbers(case, 'matrix-row')[0]:02d}"
    row.full_clean(exclude=["ref"])
    row.save(force_insert=True)
    if isinstance(thing, Link) and thing.case_id != thing.other_case_id:
        take_on(row, thing.handling)
    seed_rivals(Hypothesis(case=case, proposer=by), by)
    record(by, "attribution.matrix_row_added", row, thing=str(thing.pk), weighs=weights(row))
    return row


@transaction.atomic
def amend_matrix_row(
    row: MatrixRow, *, by: User, version: int, **facts: Unpack[MatrixRowFacts]
) -> MatrixRow:
    """Weigh a row otherwise, or name its origin; every ranking changes with it."""
    row = lock(row, by)
    require_fresh(row, version)
    before = weights(row)
    changes = apply_changes(row, facts)
    if changes:
        row.full_clean()
        row.save()
        record(
            by,
            "attribution.matrix_row_amended",
            row,
            fields=sorted(changes),
            before=before,
            after=weights(row),
        )
    return row


@transaction.atomic
def take_out_matrix_row(row: MatrixRow, *, by: User, reason: str) -> MatrixRow:
    """Let a row count no more; what was rated of it stays on record."""
    row = lock(row, by)
    if row.is_taken_out:
        return row
    row.taken_out_reason = reason.strip()
    if not row.is_taken_out:
        raise Refused(_("Say why."))
    row.version += 1
    row.save()
    record(by, "attribution.matrix_row_taken_out", row, ref=row.ref)
    return row


@transaction.atomic
def put_back_matrix_row(row: MatrixRow, *, by: User) -> MatrixRow:
    """Let a row count again, with the ratings it had."""
    row = lock(row, by)
    if not row.is_taken_out:
        return row
    row.taken_out_reason = ""
    row.version += 1
    row.save()
    record(by, "attribution.matrix_row_put_back", row, ref=row.ref)
    return row


def lock(row: MatrixRow, by: User) -> MatrixRow:
    """Lock the case first: the matrix is one for all of it."""
    case = lock_case(row.case, by)
    case.require(by, Duty.ANALYSE)
    return MatrixRow.objects.locked_for(by, row)


def require_weighable(thing: Weighable, case: Case, by: User) -> None:
    """Evidence of this case; a comparison with one end here, once confirmed by two examiners."""
    if isinstance(thing, Link):
        links = Link.objects.visible_to(by).told_to(by).of_case(case)
        if not links.filter(pk=thing.pk).established().exists():
            raise Refused(
                _(
                    "Only comparisons that two examiners have confirmed, each blind to the other, "
                    "stand in the matrix."
                )
            )
    elif thing.case_id != case.pk:
        raise Refused(_("A row of the matrix is of its own case."))
    elif isinstance(thing, Claim) and thing.is_set_aside:
        raise Refused(_("This claim was set aside."))


def require_once(row: MatrixRow) -> None:
    """Say where the thing stands already, taken out or not."""
    name = next(name for name in FIELDS.values() if getattr(row, f"{name}_id"))
    with system_scope("a thing stands in the matrix once, whoever may read the row"):
        same = MatrixRow.objects.filter(case=row.case, **{name: getattr(row, name)}).first()
    if same is not None:
        raise Refused(
            _("It was taken out of the matrix as %(ref)s: put that row back.") % {"ref": same.ref}
            if same.is_taken_out
            else _("It stands in the matrix already, as %(ref)s.") % {"ref": same.ref}
        )


def as_graded(thing: Weighable) -> str:
    """How credible its grades make it: high for A or B with 1 or 2, low where doubtful or unknown.

    F and 6 are unknown: nothing vouches for it, so it weighs little until somebody says otherwise.
    """
    if not isinstance(thing, Claim | SourceReport):
        return Degree.MEDIUM
    if (thing.reliability, thing.credibility) in WELL:
        return Degree.HIGH
    doubtful = thing.reliability in {"E", "F"} or thing.credibility in BADLY
    return Degree.LOW if doubtful else Degree.MEDIUM


def weights(row: MatrixRow) -> dict[str, str]:
    """What the ledger keeps of how a row weighs."""
    return {"ref": row.ref, "credibility": row.credibility, "relevance": row.relevance}
