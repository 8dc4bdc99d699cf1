"""Writing down, once a case is concluded, what decided it and what was wrong."""

from collections.abc import Collection
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Hypothesis, MatrixRow, PostMortem
from attribution.models.sheet import CONCLUDED
from attribution.services.finding import lock_case
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.kept import note_list
from investigations.models import Case, Duty
from investigations.services.label import rest_on
from ledger.services import record


class PostMortemFacts(TypedDict, total=False):
    """What a post-mortem says, apart from the rows that were decisive."""

    held: Hypothesis | None
    went_wrong: str
    lessons: str


@transaction.atomic
def write_post_mortem(
    case: Case, *, by: User, decisive: Collection[MatrixRow] = (), **facts: Unpack[PostMortemFacts]
) -> PostMortem:
    """Look back on a concluded case; one that is concluded again is looked back on again."""
    case = lock_case(case, by)
    case.require(by, Duty.MANAGE)
    if case.status not in CONCLUDED:
        raise Refused(_("A post-mortem is written once the case is concluded."))
    written = PostMortem(case=case, written_by=by, **facts)
    require_own(written, decisive)
    written.full_clean()
    written.save(force_insert=True)
    name_decisive(written, decisive, by)
    record(by, "attribution.post_mortem_written", written, decisive=refs(decisive))
    return written


@transaction.atomic
def amend_post_mortem(
    written: PostMortem,
    *,
    by: User,
    version: int,
    decisive: Collection[MatrixRow] | None = None,
    **facts: Unpack[PostMortemFacts],
) -> PostMortem:
    """Say it otherwise, or name other rows."""
    case = lock_case(written.case, by)
    case.require(by, Duty.MANAGE)
    written = PostMortem.objects.locked_for(by, written)
    require_fresh(written, version)
    changes = set(apply_changes(written, facts))
    require_own(written, decisive or ())
    if decisive is not None and name_decisive(written, decisive, by):
        changes.add("decisive")
        written.version += 1
    if changes:
        written.full_clean()
        written.save()
        rest_on(written, written.rows_above())
        record(by, "attribution.post_mortem_amended", written, fields=sorted(changes))
    return written


def name_decisive(written: PostMortem, decisive: Collection[MatrixRow], by: User) -> bool:
    """Write down which rows decided, keeping those that `by` does not see; true if they changed."""
    before, named = set(written.decisive.visible_to(by)), set(decisive)
    written.decisive.remove(*(before - named))
    written.decisive.add(*(named - before))
    note_list(written, "decisive", before, named)
    rest_on(written, decisive)
    return before != named


def require_own(written: PostMortem, decisive: Collection[MatrixRow]) -> None:
    """All that it names is of its case."""
    if any(row.case_id != written.case_id for row in [*decisive, written.held] if row):
        raise Refused(_("What a post-mortem names is of its own case."))


def refs(rows: Collection[MatrixRow]) -> list[str]:
    """The numbers of rows in one order."""
    return sorted(row.ref for row in rows)
