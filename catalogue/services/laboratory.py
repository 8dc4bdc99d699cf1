"""Entering laboratories, amending what is known of them, and reviewing them."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.folding import fold, plain
from catalogue.models import Country, Laboratory, ReviewStatus
from catalogue.services.rights import require_active, require_curator
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from ledger.services import record


class LaboratoryFacts(TypedDict, total=False):
    """What may be said of a laboratory."""

    name: str
    country: Country | None
    accreditation_no: str
    accredited_by: str
    scope: str
    accredited_until: date | None
    contact: str


@transaction.atomic
def enter_laboratory(*, by: User, **facts: Unpack[LaboratoryFacts]) -> Laboratory:
    """Enter a laboratory that is missing; it waits for somebody to check it."""
    require_active(by)
    laboratory = Laboratory(**{**facts, "name": plain(facts.get("name", ""))})
    require_own_name(laboratory)
    laboratory.full_clean(exclude=["normalised"])
    laboratory.save(force_insert=True)
    record(by, "catalogue.laboratory_entered", laboratory, name=laboratory.name)
    return laboratory


@transaction.atomic
def amend_laboratory(
    laboratory: Laboratory, *, by: User, version: int, **facts: Unpack[LaboratoryFacts]
) -> Laboratory:
    """Change what is said of a laboratory; what somebody had checked is checked anew."""
    require_active(by)
    laboratory = Laboratory.objects.select_for_update(no_key=True).get(pk=laboratory.pk)
    if laboratory.review_status == ReviewStatus.REVIEWED:
        require_curator(by, Laboratory)
    require_fresh(laboratory, version)
    changes = apply_changes(laboratory, facts)
    if changes:
        require_own_name(laboratory)
        laboratory.full_clean(exclude=["normalised"])
        laboratory.save()
        record(by, "catalogue.laboratory_amended", laboratory, changes=changes)
    return laboratory


@transaction.atomic
def review_laboratory(laboratory: Laboratory, *, by: User) -> Laboratory:
    """Say that somebody has checked its accreditation."""
    require_curator(by, Laboratory)
    laboratory = Laboratory.objects.select_for_update(no_key=True).get(pk=laboratory.pk)
    if laboratory.review_status == ReviewStatus.REVIEWED:
        return laboratory
    laboratory.review_status, laboratory.version = ReviewStatus.REVIEWED, laboratory.version + 1
    laboratory.save()
    record(by, "catalogue.laboratory_reviewed", laboratory, name=laboratory.name)
    return laboratory


def require_own_name(laboratory: Laboratory) -> None:
    """Two laboratories never go by one name."""
    folded = fold(laboratory.name)[:200]
    if not folded:
        raise Refused(_("Write the laboratory's name with at least one letter or digit."))
    if Laboratory.objects.filter(normalised=folded).exclude(pk=laboratory.pk).exists():
        raise Refused(_("A laboratory of this name is in the register already."))
