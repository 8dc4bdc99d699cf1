"""The files of a case that are no longer what was received: flagged where the case is shown."""

from typing import Any

from django import template
from django.template.context import Context

from evidence.models import File
from investigations.models import Case

register = template.Library()
MOST = 20


@register.inclusion_tag("evidence/_broken_files.html", takes_context=True)
def broken_files(context: Context, case: Case) -> dict[str, Any]:
    """Those that this person may see, the newest found first."""
    rows = File.objects.visible_to(context["request"].user).filter(case=case).broken()
    return {"broken": list(rows.select_related("item").order_by("-fixity_at")[:MOST])}
