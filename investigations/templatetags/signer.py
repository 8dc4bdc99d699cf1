"""The banner that says to those who answer for it that the ledger is not signed as it should be."""

from typing import Any

from django import template
from django.template.context import Context

from accounts.models import User
from investigations.models import Duty, Membership
from ledger.standing import kept_standing

register = template.Library()


@register.inclusion_tag("_parts/signer_alarm.html", takes_context=True)
def signer_alarm(context: Context) -> dict[str, Any]:
    """What the signer's standing asks of this person; nothing while all is well."""
    user = getattr(context.get("request"), "user", None)
    if not isinstance(user, User):
        return {}
    now = kept_standing()
    if now is None or not now.needs_somebody or not answers_for_it(user):
        return {}
    return {"standing": now, "may_administer": user.is_superuser}


def answers_for_it(user: User) -> bool:
    """True for administrators, and for whoever leads a case."""
    return user.is_superuser or (
        Membership.objects.current().filter(user=user).with_any((Duty.MANAGE,)).exists()
    )
