"""What was told, on the pages of the rooms below: a source's statements, and claims of facts."""

from typing import Any
from uuid import UUID

from django import template
from django.db.models import Count, Q, QuerySet
from django.template.context import Context
from django.urls import reverse

from accounts.models import User
from attribution.models import Claim, Statement
from attribution.models.claim_words import Fact, Stance
from evidence.models import Component, Item
from investigations.models import Duty, Incident, Source

register = template.Library()
BESIDE = ("identity", "recovery")
"""Facts of an exhibit that stand on its page, with their claims beside them."""


@register.inclusion_tag("attribution/_statements.html", takes_context=True)
def statements_of(context: Context, source: Source) -> dict[str, Any]:
    """What this source said, as far as the person may read it, the latest first."""
    reader = context["request"].user
    rows = Statement.objects.visible_to(reader).filter(source=source)
    counted = rows.annotate(claim_count=Count("claims", filter=Q(claims__set_aside_reason="")))
    may_take = Duty.LOG_EVIDENCE in source.case.duties(reader)
    return {"source": source, "statements": counted.order_by("-id"), "may_take": may_take}


@register.simple_tag(takes_context=True)
def claims_by_fact(context: Context, incident: Incident) -> dict[str, dict[str, Any]]:
    """For each fact of an attack how many claims there are of it, and whether they differ.

    Asked once for all parts of a page that show the same incident.
    """
    known = vars(incident)
    if "claims_by_fact" not in known:
        known["claims_by_fact"] = counted(context["request"].user, incident)
    return known["claims_by_fact"]  # type: ignore[no-any-return]


@register.simple_tag(takes_context=True)
def claims_of_exhibit(
    context: Context, item: Item, component: Component | None = None
) -> dict[str, Any]:
    """As `claims_by_fact`, of an exhibit or of one component; `others` are facts without a field.

    Asked once for all parts of a page that show the same exhibit.
    """
    known = vars(item)
    if "claims_of_exhibit" not in known:
        known["claims_of_exhibit"] = counted_of_exhibit(context["request"].user, item)
    facts = known["claims_of_exhibit"].get(component and component.pk, {})
    beside = () if component else BESIDE
    return {**facts, "others": [row for fact, row in facts.items() if fact not in beside]}


def counted(reader: User, incident: Incident) -> dict[str, dict[str, Any]]:
    """The claims of the attack itself, not of what was found there."""
    rows = Claim.objects.visible_to(reader).standing().about(incident)
    there = reverse("attribution:incident_claims", args=[incident.pk])
    of_itself = rows.filter(item__isnull=True, component__isnull=True)
    return {row["fact"].replace("-", "_"): told(row, there) for row in by_fact(of_itself)}


def counted_of_exhibit(reader: User, item: Item) -> dict[UUID | None, dict[str, dict[str, Any]]]:
    """The claims of an exhibit itself, under None, and those of each of its components."""
    rows = Claim.objects.visible_to(reader).standing().about(item)
    there = reverse("attribution:item_claims", args=[item.pk])
    found: dict[UUID | None, dict[str, dict[str, Any]]] = {}
    for row in by_fact(rows, "component"):
        facts = found.setdefault(row["component"], {})
        facts[row["fact"].replace("-", "_")] = told(row, there)
    return found


def by_fact(rows: QuerySet[Claim], *parts: str) -> QuerySet[Claim, dict[str, Any]]:
    """How many claims there are of each fact, of how many values, and how many deny."""
    groups = rows.order_by(*parts, "fact").values(*parts, "fact")
    counts: QuerySet[Claim, dict[str, Any]] = groups.annotate(
        number=Count("pk"),
        values=Count("value", filter=~Q(value=""), distinct=True),
        denials=Count("pk", filter=Q(stance=Stance.DENIES)),
    )
    return counts


def told(row: dict[str, Any], there: str) -> dict[str, Any]:
    """A count with its fact in words, and where on a page of claims they stand."""
    part = f"-{row['component']}" if row.get("component") else ""
    return {**row, "label": Fact(row["fact"]).label, "url": f"{there}#fact-{row['fact']}{part}"}
