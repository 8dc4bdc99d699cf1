"""Entering weapons that were found, and what is observed of them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.models import WeaponModel
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.kept import note_list
from core.scope import system_scope
from evidence.models import Item, WeaponInstance
from investigations.models import Duty, Incident
from investigations.services import next_numbers
from investigations.services.label import rest_on
from ledger.services import record


class WeaponObserved(TypedDict, total=False):
    """What may be said of a weapon, exactly as seen."""

    model: WeaponModel | None
    model_confidence: str
    model_basis: str
    type: str
    name_as_marked: str
    tail_number: str
    production_number: str
    propulsion: str
    powerplant: str
    roles: list[str]
    guidance: list[str]
    wingspan_m: Decimal | None
    length_m: Decimal | None
    takeoff_mass_kg: Decimal | None
    tolerance_pct: int
    variant_features: str


@transaction.atomic
def enter_weapon(
    incident: Incident,
    *,
    by: User,
    exhibits: Sequence[Item] = (),
    **observed: Unpack[WeaponObserved],
) -> WeaponInstance:
    """Say that exhibits of an incident are parts of one weapon, and what was seen of it."""
    incident.case.require(by, Duty.LOG_EVIDENCE)
    weapon = WeaponInstance(case=incident.case, incident=incident, **observed)
    require_own(weapon, exhibits, by)
    require_basis(weapon)
    weapon.ref = f"W-{next_numbers(incident.case, 'weapon')[0]:03d}"
    weapon.full_clean(exclude=["ref"])
    weapon.save(force_insert=True)
    weapon.exhibits.add(*exhibits)
    rest_on(weapon, exhibits)
    record(
        by,
        "evidence.weapon_entered",
        weapon,
        ref=weapon.ref,
        exhibits=[item.exhibit_no for item in exhibits],
        model=str(weapon.model_id or ""),
    )
    return weapon


@transaction.atomic
def amend_weapon(
    weapon: WeaponInstance,
    *,
    by: User,
    version: int,
    exhibits: Sequence[Item] | None = None,
    **observed: Unpack[WeaponObserved],
) -> WeaponInstance:
    """Change what is said of a weapon, or which exhibits it consists of."""
    weapon = WeaponInstance.objects.locked_for(by, weapon)
    weapon.case.require(by, Duty.LOG_EVIDENCE)
    require_fresh(weapon, version)
    changes = apply_changes(weapon, observed)
    if exhibits is not None:
        changes |= regroup(weapon, exhibits, by)
    if changes:
        require_basis(weapon)
        weapon.full_clean(exclude=["ref"])
        weapon.save()
        record(by, "evidence.weapon_amended", weapon, changes=changes)
    return weapon


def regroup(weapon: WeaponInstance, exhibits: Sequence[Item], by: User) -> dict[str, list[str]]:
    """Make it consist of these exhibits; what changed, as the ledger tells it."""
    before = list(weapon.exhibits.visible_to(by).order_by("exhibit_no"))
    after = sorted(exhibits, key=lambda item: item.exhibit_no)
    if before == after:
        return {}
    require_own(weapon, exhibits, by)
    weapon.exhibits.remove(*(item for item in before if item not in after))
    weapon.exhibits.add(*after)
    note_list(weapon, "exhibits", before, after)
    rest_on(weapon, exhibits)
    weapon.version += 1
    return {"exhibits": [", ".join(item.exhibit_no for item in items) for items in (before, after)]}


def require_own(weapon: WeaponInstance, exhibits: Sequence[Item], by: User) -> None:
    """Exhibits of its incident that this person sees, and that are parts of no other weapon."""
    rows = Item.objects.visible_to(by).select_for_update(of=("self",), no_key=True).order_by("pk")
    seen = {item.pk for item in rows.filter(pk__in=[item.pk for item in exhibits])}
    for item in exhibits:
        if item.pk not in seen or item.incident_id != weapon.incident_id:
            raise Refused(_("Choose exhibits of this incident."))
    with system_scope("an exhibit is part of one weapon at most, seen or not"):
        taken = WeaponInstance.objects.holding(exhibits).exclude(pk=weapon.pk).first()
    if taken:
        raise Refused(
            _("One of these exhibits, or a part of one, belongs to %(ref)s already.")
            % {"ref": taken.ref}
        )


def require_basis(weapon: WeaponInstance) -> None:
    """Nobody names a model without saying how sure it is and how that is known."""
    if weapon.model and not (weapon.model_confidence and weapon.model_basis.strip()):
        raise Refused(_("Say how sure the model is, and how it is known."))
    if not weapon.model and (weapon.model_confidence or weapon.model_basis.strip()):
        raise Refused(_("Choose the model that this is about."))
