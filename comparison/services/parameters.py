"""Propose and adopt versions of the method's parameters, and adopt reference sets."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from comparison.methods.bounds import OutOfBounds
from comparison.methods.makers import normalise_maker
from comparison.methods.parameters import PARAMETERS, Parameters
from comparison.models import ParameterSet, RecoveryCount, ReferenceCount, ReferenceSet
from core.errors import Refused
from core.normalise import normalise, normalise_words
from core.scope import system_scope
from ledger.services import record

Count = tuple[str, str, str, int]
"""Category, feature (empty for the total), value as written, recoveries."""

_NUMBERS = frozenset({"part", "lot", "firmware", "date-code", "serial-range"})


def current_parameters() -> Parameters:
    """The version in force: the latest adopted, or the one the product came with."""
    latest = ParameterSet.objects.adopted().first()
    return Parameters.from_json(latest.values) if latest else PARAMETERS


@transaction.atomic
def propose_parameters(name: str, *, by: User, reason: str, **changes: Any) -> ParameterSet:
    """Ask for another version: the one in force with these changes, for a second administrator."""
    require_staff(by)
    if not reason.strip():
        raise Refused(_("Say why these parameters are better."))
    sound = checked_proposal(name, changes)
    proposed = ParameterSet(
        name=name,
        values=sound.to_json(),
        reason=reason.strip(),
        based_on=current_parameters().version,
        proposed_by=by,
    )
    proposed.full_clean()
    proposed.save(force_insert=True)
    record(by, "comparison.parameters_proposed", proposed, version=name, reason=reason)
    return proposed


def checked_proposal(name: str, changes: Mapping[str, Any]) -> Parameters:
    """The version in force with these changes, if it is sound, another one, and names its scale."""
    current = current_parameters()
    sound = sound_parameters(current.to_json() | dict(changes) | {"version": name})
    if sound.to_json() == current.to_json() | {"version": name}:
        raise Refused(_("Change something: these are the parameters in force."))
    require_own_name(sound)
    return sound


@transaction.atomic
def adopt_parameters(proposed: ParameterSet, *, by: User) -> ParameterSet:
    """Put a version in force, as the second administrator; earlier comparisons keep naming theirs.

    Undecided links are scored anew by the next sweep, which sees that the version is another.
    """
    proposed = lock_waiting(proposed, by)
    if proposed.proposed_by_id == by.pk:
        raise Refused(_("Nobody adopts what they proposed themselves; ask another administrator."))
    if proposed.based_on != current_parameters().version:
        raise Refused(_("Another version was adopted meanwhile; propose this one anew."))
    sound_parameters(proposed.values)
    return decide(proposed, ParameterSet.State.ADOPTED, by, "comparison.parameters_adopted")


@transaction.atomic
def refuse_parameters(proposed: ParameterSet, *, by: User, reason: str) -> ParameterSet:
    """Turn a version down, with a reason; whoever proposed it takes it back the same way."""
    proposed = lock_waiting(proposed, by)
    if not reason.strip():
        raise Refused(_("Say why."))
    proposed.decision_reason = reason.strip()
    own = proposed.proposed_by_id == by.pk
    state = ParameterSet.State.WITHDRAWN if own else ParameterSet.State.REFUSED
    return decide(proposed, state, by, f"comparison.parameters_{state.value}")


def lock_waiting(proposed: ParameterSet, by: User) -> ParameterSet:
    """The row, locked, if `by` is an administrator and nobody has decided yet."""
    require_staff(by)
    list(
        ParameterSet.objects.select_for_update(no_key=True).order_by("id")
    )  # one decision at a time
    proposed = ParameterSet.objects.get(pk=proposed.pk)
    if proposed.state != ParameterSet.State.PROPOSED:
        raise Refused(_("This was decided already."))
    return proposed


def decide(proposed: ParameterSet, state: str, by: User, act: str) -> ParameterSet:
    """Write the decision down."""
    proposed.state, proposed.decided_by, proposed.decided_at = state, by, timezone.now()
    proposed.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    record(by, act, proposed, version=proposed.name, reason=proposed.decision_reason)
    return proposed


def sound_parameters(values: Mapping[str, Any]) -> Parameters:
    """The parameters that these values make, or what is wrong with them in a sentence."""
    try:
        return Parameters.from_json(values)
    except OutOfBounds as wrong:
        told = {"name": wrong.name, "low": f"{wrong.bound.low:g}", "high": f"{wrong.bound.high:g}"}
        sentence = _("%(name)s must be a number from %(low)s to %(high)s.")
        if wrong.bound.whole:
            sentence = _("%(name)s must be a whole number from %(low)s to %(high)s.")
        raise Refused(sentence % told) from wrong
    except (TypeError, ValueError, AttributeError) as problem:
        raise Refused(_("These parameters make no sense: %s") % problem) from problem


def require_own_name(sound: Parameters) -> None:
    """A verbal scale keeps its name for ever: other bounds take another one."""
    for values in ParameterSet.objects.values_list("values", flat=True):
        known = Parameters.from_json(values).scale
        if (known.version == sound.scale.version) != (known.bounds == sound.scale.bounds):
            raise Refused(_("Give another verbal scale another name, and the same scale its own."))


@transaction.atomic
def adopt_reference_set(
    name: str, *, by: User, source: str, as_of: date, counts: Iterable[Count]
) -> ReferenceSet:
    """Add a dated, sourced count of recoveries to what rarity is measured against.

    The next sweep scores the links of its categories anew, as if our own counts had moved.
    """
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
            value=as_compared(feature, value),
            recoveries=recoveries,
        )
        for category, feature, value, recoveries in counts
    ]
    ReferenceCount.objects.bulk_create(rows)
    with system_scope("what is counted is counted over every case"):
        RecoveryCount.objects.of_categories({row.category for row in rows}).have_looked_at()
    record(by, "comparison.reference_adopted", adopted, name=name, source=source, counts=len(rows))
    return adopted


def as_compared(feature: str, value: str) -> str:
    """A value as written, in the form in which those of components are compared."""
    if feature == "maker":
        return normalise_maker(value)
    return normalise(value) if feature in _NUMBERS else normalise_words(value)


def require_staff(user: User) -> None:
    """The method is the institution's: only its administrators change what it rests on."""
    if not user.is_staff:
        raise PermissionDenied(_("Only an administrator may change the method."))
