"""What came of an agreement, on its page in the room below: teams, and what they delivered."""

from typing import Any

from django import template
from django.template.context import Context

from evidence.models import Deliverable, Deployment
from investigations.models import AssistanceOffer, Duty

register = template.Library()


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
