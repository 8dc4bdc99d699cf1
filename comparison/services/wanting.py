"""Have a component compared anew because somebody wants it now."""

from django.db import transaction

from accounts.models import User
from comparison.services.reading import PROPOSE
from core import jobs
from evidence.models import Component
from investigations.models import Duty
from ledger.services import record


@transaction.atomic
def ask_for_comparison(component: Component, *, by: User) -> None:
    """Have a component compared anew in the background, as if its description had just changed."""
    component = Component.objects.locked_for(by, component)
    component.case.require(by, Duty.EXAMINE, Duty.MANAGE)
    record(by, "comparison.asked_anew", component)
    jobs.ask(PROPOSE, component.pk)
