"""Adopt another version of the method's parameters, or another reference set."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comparison.methods.parameters import PARAMETERS, Parameters
from comparison.models import ParameterSet, ReferenceCount, ReferenceSet
from core.errors import Refused
from core.normalise import normalise, normalise_words
from ledger.services import record

Count = tuple[str, str, str, int]
"""Category, feature (empty for the total), value as written, recoveries."""

_NOTES = frozenset({"maker", "part", "lot", "firmware", "date-code", "serial-range"})


def current_parameters() -> Parameters:
    """The version in force: the latest adopted, or the one the product came with."""
    latest = ParameterSet.objects.order_by("-id").first()
    return Parameters.from_json(latest.values) if latest else PARAMETERS


@transaction.atomic
def adopt_parameters(name: str, *, by: User, reason: str, **changes: Any) -> ParameterSet:
    """Put a new version in force; comparisons made before keep naming theirs."""
    require_staff(by)
    if not reason.strip():
        raise Refused(_("Say why these parameters are better."))
    try:
        values = current_parameters().to_json() | changes | {"version": name}
        sound = Parameters.from_json(values)
    except (TypeError, ValueError) as problem:
        raise Refused(_("These parameters make no sense: %s") % problem) from problem
    adopted = ParameterSet(name=name, values=sound.to_json(), reason=reason, adopted_by=by)
    adopted.full_clean()
    adopted.save(force_insert=True)
    record(by, "comparison.parameters_adopted", adopted, version=name, reason=reason)
    return adopted


@transaction.atomic
def adopt_reference_set(
    name: str, *, by: User, source: str, as_of: date, counts: Iterable[Count]
) -> ReferenceSet:
    """Add a dated, sourced count of recoveries to what rarity is measured against."""
    require_staff(by)
    adopted, is_new = ReferenceSet.objects.get_or_create(
        name=name, as_of=as_of, defaults={"source": source}
    )
    if not is_new:
        return adopted
    rows = [
        ReferenceCount(
            reference_set=adopted,
            category=category,
            feature=feature,
            value=normalise(value) if feature in _NOTES else normalise_words(value),
            recoveries=recoveries,
        )
        for category, feature, value, recoveries in counts
    ]
    ReferenceCount.objects.bulk_create(rows)
    record(by, "comparison.reference_adopted", adopted, name=name, source=source, counts=len(rows))
    return adopted


def require_staff(user: User) -> None:
    """The method is the institution's: only its administrators change what it rests on."""
    if not user.is_staff:
        raise PermissionDenied(_("Only an administrator may change the method."))
