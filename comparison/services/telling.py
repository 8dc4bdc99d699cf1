"""Tell a team that a case it may not see holds something alike: the band, the agency, no more."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comparison.models import Hit, Link, LinkState, Question, Reading
from comparison.models.across import KEPT_INSIDE, NEVER_TOLD
from comparison.services.asking import ask_later, put_question
from core.grading import Band
from core.markings import Handling
from evidence.models import Component
from investigations.models import Case

TOLD = (
    *(Band.INSUFFICIENT, Band.MODERATE, Band.MODERATELY_STRONG),
    *(Band.STRONG, Band.VERY_STRONG, Band.EXTREMELY_STRONG, Band.WITHHELD),
)
"""Bands worth a word to another team, in the order that lists have: no finer one is told."""

Best = dict[UUID | None, Link]
"""The strongest link with each agency."""


@transaction.atomic
def tell_hits(reading: Reading) -> None:
    """After a component was compared: its team learns now, if it may; the others' in the night."""
    component = reading.component
    others = other_ends(component)
    if put_question(reading):
        refresh_hits(component)
    ask_later(others)


def other_ends(component: Component) -> list[Component]:
    """Components of other cases whose team is told, or will be, of this one."""
    across = Link.objects.of(component).exclude(case=F("other_case"))
    keys = {link.other_end(component) for link in across}
    keys |= set(Hit.objects.filter(theirs=component).values_list("component", flat=True))
    return list(Component.objects.filter(pk__in=keys).order_by("pk"))


def refresh_hits(component: Component) -> None:
    """Make the rows say what the links say: one for each agency, the strongest."""
    best = best_by_agency(component)
    rows = {hit.agency_id: hit for hit in Hit.objects.filter(component=component)}
    Hit.objects.filter(pk__in=[hit.pk for key, hit in rows.items() if key not in best]).delete()
    for agency, link in best.items():
        hit = rows.get(agency) or Hit(case_id=component.case_id, component=component)
        columns = columns_of(component, agency, link)
        if hit._state.adding or any(getattr(hit, name) != columns[name] for name in columns):
            for name, value in columns.items():
                setattr(hit, name, value)
            hit.told_on = timezone.now().date()
            hit.save()


def columns_of(component: Component, agency: UUID | None, link: Link) -> dict[str, Any]:
    """A link as the row of a hit: strength, and what the program alone remembers of it."""
    theirs = link.right if link.left_id == component.pk else link.left
    return {
        "agency_id": agency,
        "theirs_id": theirs.pk,
        "other_case_id": theirs.case_id,
        "link_id": link.pk,
        "band": link.band,
        "rank": float(TOLD.index(Band(link.band))),
    }


def best_by_agency(component: Component) -> Best:
    """The strongest likeness that may be told, by the agency of the other case's lead."""
    links = (
        Link.objects.of(component)
        .exclude(case=F("other_case"))
        .exclude(state__in=[LinkState.REJECTED, LinkState.SUPERSEDED])
        .filter(Q(ratio__isnull=True) | Q(ratio__gt=1), band__in=TOLD)
        .select_related("left", "right", "case__lead", "other_case__lead")
        .order_by("-rank", "-id")
    )
    best: Best = {}
    for link in links:
        own, other = sides_of(link, component)
        if may_be_told(link, own, other):
            best.setdefault(other.lead.agency_id, link)
    return best


def sides_of(link: Link, component: Component) -> tuple[Case, Case]:
    """The component's own case, and the other."""
    cases = (link.case, link.other_case)
    return cases if link.left_id == component.pk else (cases[1], cases[0])


def may_be_told(link: Link, own: Case, other: Case) -> bool:
    """Whether either team's agency may know at all: what binds one end keeps both from being told.

    Never across a TLP:RED; across agencies never across a TLP:AMBER+STRICT, nor where the handling
    of either case or end is not releasable to both. Clearance is asked of each reader.
    """
    handling: Handling = link.handling
    agencies = {own.lead.agency_id, other.lead.agency_id}
    kept = NEVER_TOLD if len(agencies) == 1 else KEPT_INSIDE
    if handling.tlp in kept:
        return False
    return not handling.releasable_to or agencies <= handling.releasable_to


def answer_due_questions(most: int = 1000) -> int:
    """Every few minutes: answer what was put off and is due now; how many that were."""
    due = Question.objects.waiting().filter(due_at__lte=timezone.now()).order_by("due_at")
    keys = list(due.values_list("pk", flat=True)[:most])
    for key in keys:
        answer_due(key)
    return len(keys)


@transaction.atomic
def answer_due(key: UUID) -> None:
    """Answer one, unless somebody else has."""
    waiting = Question.objects.waiting().select_for_update(
        of=("self",), skip_locked=True, no_key=True
    )
    question = waiting.filter(pk=key).select_related("component").first()
    if question is None:
        return
    refresh_hits(question.component)
    question.answered_at = timezone.now()
    question.save(update_fields=["answered_at"])


def sentence_of_hit(hit: Hit) -> str:
    """All that is told of a hit."""
    return _(
        "A case of %(agency)s that you may not see holds a component compared with this one: "
        "%(band)s. Nothing else is told unless its lead shares it. It does not address who used "
        "either weapon."
    ) % {"agency": hit.agency or _("another team"), "band": hit.get_band_display()}
