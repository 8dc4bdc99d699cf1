"""What was told, on the pages of the rooms below: a source's statements, and claims of facts."""

from typing import Any

from django import template
from django.db.models import Count, Q
from django.template.context import Context

from accounts.models import User
from attribution.models import Claim, Statement
from attribution.models.claim_words import Stance
from investigations.models import Duty, Incident, Source

register = template.Library()


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


def counted(reader: User, incident: Incident) -> dict[str, dict[str, Any]]:
    """The claims of the attack itself, not of what was found there."""
    rows = Claim.objects.visible_to(reader).standing().about(incident)
    of_itself = rows.filter(item__isnull=True, component__isnull=True).order_by()
    facts = of_itself.values("fact").annotate(
        number=Count("pk"),
        values=Count("value", filter=~Q(value=""), distinct=True),
        denials=Count("pk", filter=Q(stance=Stance.DENIES)),
    )
    return {row["fact"].replace("-", "_"): dict(row) for row in facts}
