"""Letting go of the journal's oldest steps, which no cursor that is still good begins before."""

from datetime import timedelta

from django.utils import timezone

from core.scope import system_scope
from exchange.models import Step, Touch
from exchange.services.cursor import VALID_FOR

SPARE = timedelta(days=1)
AT_ONCE = 1000


def forget_old_steps() -> int:
    """Remove what happened before the oldest good cursor was given; return how many steps went.

    The newest position of each case stays, so that none is ever given twice.
    """
    before, gone = timezone.now() - timedelta(seconds=VALID_FOR) - SPARE, 0
    with system_scope("what no cursor asks for any more is let go of"):
        while old := dict(
            Step.objects.filter(at__lt=before).order_by("at").values_list("pk", "batch")[:AT_ONCE]
        ):
            Touch.objects.filter(batch__in=set(old.values())).delete()
            Step.objects.filter(batch__in=set(old.values())).delete()
            gone += len(old)
    return gone
