"""Whether the hypotheses of a case compete: what is missing before a matrix can tell anything."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attribution.models import Hypothesis
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Case

FEWEST = 2
"""So many proposed answers compete in a case, beside the two that every case has."""
STANDING = (Hypothesis.Kind.OTHER, Hypothesis.Kind.DECEPTION)


def lacking(case: Case, seen: Iterable[Hypothesis] = ()) -> list[str]:
    """What has to be added before the hypotheses of a case are held against each other.

    `seen` are those that compete as far as the reader knows of them: where they suffice, no other
    is counted.
    """
    known = list(seen)
    if len(proposed(known)) >= FEWEST and len(known) - len(proposed(known)) == len(STANDING):
        return []
    with system_scope("rivals compete, whoever may read them"):
        return missing_from(Hypothesis.objects.filter(case=case))


def lacking_in(cases: Iterable[Case]) -> dict[UUID, list[str]]:
    """The same for several cases, by case, in one question."""
    found: dict[UUID, list[Hypothesis]] = {case.pk: [] for case in cases}
    with system_scope("rivals compete, whoever may read them"):
        for one in Hypothesis.objects.filter(case__in=list(found)).order_by("id"):
            found[one.case_id].append(one)
    return {case: missing_from(hypotheses) for case, hypotheses in found.items()}


def missing_from(hypotheses: Iterable[Hypothesis]) -> list[str]:
    """The same of all hypotheses of a case, ended ones among them."""
    every = list(hypotheses)
    rejected = [one for one in every if one.is_standing and not one.is_active]
    told = [
        _("%(ref)s “%(kind)s” was rejected, though it competes in every case: reinstate it.")
        % {"ref": one.ref, "kind": one.get_kind_display()}
        for one in rejected
    ]
    left = FEWEST - len(proposed(every))
    if left > 0:
        told.append(
            ngettext(
                "%(count)d more hypothesis has to be proposed: at least two compete beside “none"
                " of the others” and “deception”.",
                "%(count)d more hypotheses have to be proposed: at least two compete beside “none"
                " of the others” and “deception”.",
                left,
            )
            % {"count": left}
        )
    return told


def proposed(hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    """Those of these that somebody proposed and that still compete."""
    return [one for one in hypotheses if one.is_active and not one.is_standing]


def require_competition(case: Case) -> None:
    """Refuse to weigh evidence while fewer than two proposed answers compete."""
    told = lacking(case)
    if told:
        raise Refused(" ".join(told))
