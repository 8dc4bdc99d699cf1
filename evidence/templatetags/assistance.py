"""What came of an agreement, on the pages of the room below: teams, and what they delivered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django import template
from django.template.context import Context

from core.markings import Handling
from evidence.models import Caveat, Deliverable, Deployment
from investigations.models import AssistanceOffer, CaseRecord, Duty

register = template.Library()

Row = TypeVar("Row", bound=CaseRecord)


@dataclass(frozen=True)
class Given:
    """What came under one agreement so far, and what its agency holds back, in figures."""

    teams: int
    deliverables: Sequence[Deliverable]
    caveats: int

    @property
    def expected(self) -> int:
        """How many things are to be delivered, those that came among them."""
        return len(self.deliverables)

    @property
    def received(self) -> int:
        """How many of them came."""
        return sum(each.is_received for each in self.deliverables)

    @property
    def next_due(self) -> date | None:
        """The day of what is due next."""
        days = [each.due for each in self.deliverables if each.due and not each.is_received]
        return min(days, default=None)

    @property
    def is_late(self) -> bool:
        """True when something should have come, and did not."""
        return any(each.is_overdue for each in self.deliverables)


@register.inclusion_tag("evidence/_deployments.html", takes_context=True)
def deployments_of(context: Context, offer: AssistanceOffer) -> dict[str, Any]:
    """The teams that came under an agreement, as far as the person may read of them."""
    reader = context["request"].user
    rows = Deployment.objects.visible_to(reader).filter(offer=offer).with_lists()
    return {
        "offer": offer,
        "deployments": rows.order_by("id"),
        "may_log": Duty.LOG_EVIDENCE in offer.case.duties(reader),
    }


@register.inclusion_tag("evidence/_deliverables.html", takes_context=True)
def deliverables_of(context: Context, offer: AssistanceOffer) -> dict[str, Any]:
    """What is due under an agreement and what came, as far as the person may read of it."""
    reader = context["request"].user
    rows = Deliverable.objects.visible_to(reader).filter(offer=offer).with_lists()
    return {
        "offer": offer,
        "deliverables": rows.select_related("file", "exam").order_by("id"),
        "may_log": Duty.LOG_EVIDENCE in offer.case.duties(reader),
    }


@register.simple_tag(takes_context=True)
def given_under(context: Context, offers: Iterable[AssistanceOffer]) -> dict[UUID, Given]:
    """What came under each agreement among these offers, by its key, in three questions for all.

    Counted is what the person may read and the marking at the head of the page covers: a figure
    must not tell of what is to be handled more strictly than the page says.
    """
    reader, marking = context["request"].user, context["marking"]
    agreed = [offer for offer in offers if offer.is_agreed]
    keys, cases = [offer.pk for offer in agreed], {offer.case_id for offer in agreed}
    teams = Deployment.objects.visible_to(reader).filter(offer__in=keys).select_related("case")
    due = Deliverable.objects.visible_to(reader).filter(offer__in=keys).select_related("case")
    held = Caveat.objects.visible_to(reader).standing().filter(case__in=cases)
    teams_told, due_told = covered(teams, marking), covered(due, marking)
    held_told = covered(held.select_related("case"), marking)
    return {
        offer.pk: Given(
            teams=sum(each.offer_id == offer.pk for each in teams_told),
            deliverables=[each for each in due_told if each.offer_id == offer.pk],
            caveats=len({each.item_id for each in held_told if each.agency_id == offer.agency_id}),
        )
        for offer in agreed
    }


@register.filter
def under(given: Mapping[UUID, Given], offer: AssistanceOffer) -> Given | None:
    """What came under one agreement."""
    return given.get(offer.pk)


def covered(rows: Iterable[Row], marking: Handling) -> list[Row]:
    """Those that are handled no more strictly than the marking says."""
    return [row for row in rows if marking.covers(row.handling)]
