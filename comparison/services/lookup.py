"""Hold a partner's list against what is recorded, and keep nothing of it but that it was asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from comparison.methods.assessment import Assessment
from comparison.methods.facts import ComponentFacts
from comparison.methods.partner_list import Line
from comparison.methods.proposals import worth_proposing
from comparison.models import Link, Reading
from comparison.models.across import KEPT_INSIDE, NEVER_TOLD
from comparison.services.explanation import sentence_of
from comparison.services.parameters import current_parameters
from comparison.services.proposing import assess_pairs
from comparison.services.reading import columns_of_facts
from comparison.services.telling import TOLD
from core.errors import Refused
from core.grading import Band
from core.scope import system_scope
from core.shown import nothing_gathered
from evidence.models import Component
from investigations.models import Case, Duty, Membership
from ledger.models import Entry
from ledger.services import hold_chains, record

ROWS_A_DAY = 2_000
"""Rows that one person may have held against hidden cases within 24 hours."""

BEST = 10
"""Visible hits that are told of one row, the strongest first."""

ACT = "comparison.list_held_against"
Pair = tuple[Reading, Assessment]


@dataclass
class Answer:
    """What is told of one row: components that the person may see, and bands of what they don't."""

    row: int
    faults: dict[str, str] = field(default_factory=dict)
    hits: list[dict[str, Any]] = field(default_factory=list)
    elsewhere: list[dict[str, str]] = field(default_factory=list)


@transaction.atomic
def hold_against(lines: Sequence[Line], *, by: User, sha256: str) -> list[Answer]:
    """Compare each row in memory. What stays is a line: who asked, how many rows, their SHA-256.

    Each case of others of which something is told gets a line, too, with the same two figures.
    """
    require_examining(by)
    require_rows_left(by, len(lines))
    told: dict[UUID, Case] = {}
    answers = [answer_to(line, by, told) for line in lines]
    with system_scope("those of whose case a list was told are owed a line about it"):
        hold_chains(by.ledger_log, *told)
        record(by, ACT, by, rows=len(lines), sha256=sha256)
        for case in told.values():
            record(by, "comparison.list_told_of", case, rows=len(lines), sha256=sha256)
    return answers


def require_examining(user: User) -> None:
    """Raise PermissionDenied unless `user` examines, or leads, in some case."""
    places = Membership.objects.current().filter(user=user)
    if not (user.is_active and places.with_any((Duty.EXAMINE, Duty.MANAGE)).exists()):
        raise PermissionDenied(_("Only examiners and leads hold lists against what is recorded."))


def require_rows_left(user: User, rows: int) -> None:
    """Nobody may feel out hidden cases by lists without end; one person's lists take turns."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    since = timezone.now() - timedelta(days=1)
    asked = Entry.objects.filter(log=user.ledger_log, actor=user, act=ACT, at__gt=since)
    if sum(entry.facts["rows"] for entry in asked) + rows > ROWS_A_DAY:
        raise Refused(
            _("More than %(rows)d rows within 24 hours: go on tomorrow.") % {"rows": ROWS_A_DAY}
        )


def answer_to(line: Line, by: User, told: dict[UUID, Case]) -> Answer:
    """What is told of one row."""
    answer = Answer(line.row, {name: str(fault) for name, fault in line.faults.items()})
    if line.facts is None:
        return answer
    with system_scope("a list is held against every case, and told by what may be seen"):
        pairs = alike(line.facts)
    keys = [other.component_id for other, _shown in pairs]
    rows = Component.objects.visible_to(by).with_lists().filter(pk__in=keys)
    with nothing_gathered():  # which rows are alike would tell what stands on the list
        seen = {one.pk: one for one in rows}
    mine = [pair for pair in pairs if pair[0].component_id in seen][:BEST]
    answer.hits = [hit_shown(seen[other.component_id], shown) for other, shown in mine]
    hidden = [pair for pair in pairs if pair[0].component_id not in seen]
    with system_scope("of what is not seen only the band and the agency are told"):
        answer.elsewhere = bands_shown(hidden, by, told)
    return answer


def alike(facts: ComponentFacts) -> list[Pair]:
    """What is worth a look beside these facts, the strongest first; nothing is stored."""
    reading = Reading(**columns_of_facts(facts))
    parameters = current_parameters()
    pairs = assess_pairs(reading, (), parameters)
    return [pair for pair in pairs if worth_proposing(pair[1], parameters)]


def hit_shown(component: Component, shown: Assessment) -> dict[str, Any]:
    """A component that the person may see: which, how alike, and the sentence to say it in."""
    alert = shown.alert.value if shown.alert else ""
    link = Link(outcome=shown.outcome.value, ratio=shown.ratio, band=shown.words.value, alert=alert)
    return {
        "component": component.pk,
        "case": component.case_id,
        "band": link.band,
        "sentence": sentence_of(link),
    }


def bands_shown(hidden: list[Pair], by: User, told: dict[UUID, Case]) -> list[dict[str, str]]:
    """The strongest band with each agency, of what handling lets this person be told."""
    keys = {other.case_id for other, _shown in hidden}
    cases = Case.objects.filter(pk__in=keys).select_related("lead__agency").in_bulk()
    best: dict[str, Band] = {}
    for other, shown in hidden:
        case, band = cases[other.case_id], Band(shown.words.value)
        if band not in TOLD or not for_same_supply(shown) or not lets(other, case, by):
            continue
        agency = str(case.lead.agency or "")
        best[agency] = max(best.get(agency, band), band, key=TOLD.index)
        told[case.pk] = case
    return [{"agency": agency, "band": str(band)} for agency, band in sorted(best.items())]


def for_same_supply(shown: Assessment) -> bool:
    """Whether it speaks for one production run, as far as there is a figure."""
    return shown.ratio is None or shown.ratio > 1


def lets(other: Reading, case: Case, user: User) -> bool:
    """Whether the handling of a hidden component lets this person learn that it is there."""
    handling = case.handling.joined(other.own_handling)
    kept = NEVER_TOLD if case.lead.agency_id == user.agency_id else KEPT_INSIDE
    return handling.tlp not in kept and handling.lets(
        clearance=user.clearance, compartments=user.compartments, agency=user.agency_id
    )
