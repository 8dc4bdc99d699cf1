"""Entering, reviewing and relating weapon models."""

from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.folding import fold, plain
from catalogue.models import Country, Maker, ReviewStatus, VariantLink, WeaponModel
from catalogue.services.rights import require_active, require_curator
from core.changes import require_fresh
from core.errors import Refused
from ledger.services import record

LONGEST_NAME = 160


class WeaponFacts(TypedDict, total=False):
    """What may be said of a weapon model when it is entered; figures follow on review."""

    aliases: list[str]
    type: str
    design_country: Country | None
    maker: Maker | None
    nato_class: str
    propulsion: str
    powerplant: str
    recognition: str
    expected_components: list[str]
    references: list[str]


@transaction.atomic
def enter_weapon_model(name: str, *, by: User, **facts: Unpack[WeaponFacts]) -> WeaponModel:
    """Enter a model that the library lacks; it waits for review like an imported one."""
    require_active(by)
    name = plain(name)
    if not fold(name):
        raise Refused(_("Write the model's name with at least one letter or digit."))
    if len(name) > LONGEST_NAME:  # one typed sign may stand for several letters
        raise Refused(_("The name is too long."))
    if WeaponModel.objects.filter(folded_name=fold(name)[:LONGEST_NAME]).exists():
        raise Refused(_("The library has a model of this name already."))
    model = WeaponModel(name=name, review_status=ReviewStatus.ENTERED, **facts)
    model.full_clean(exclude=["folded_name"])
    model.save(force_insert=True)
    record(by, "catalogue.weapon_model_entered", model, name=name)
    return model


@transaction.atomic
def review_weapon_model(model: WeaponModel, *, by: User, version: int) -> WeaponModel:
    """Say that somebody has checked this very version; data files no longer change it."""
    require_curator(by, WeaponModel)
    model = WeaponModel.objects.select_for_update(no_key=True).get(pk=model.pk)
    if model.review_status == ReviewStatus.REVIEWED:
        return model
    require_fresh(model, version)
    model.review_status, model.version = ReviewStatus.REVIEWED, model.version + 1
    model.save()
    record(by, "catalogue.weapon_model_reviewed", model, name=model.name, version=version)
    return model


@transaction.atomic
def relate_models(
    model: WeaponModel, *, to: WeaponModel, kind: VariantLink.Kind, source: str, by: User
) -> VariantLink:
    """State that one model is like, copied from or derived from another, and who says so."""
    require_curator(by, WeaponModel)
    if model.pk == to.pk:
        raise Refused(_("A model cannot be related to itself."))
    if not source.strip():
        raise Refused(_("Name the source of this relation."))
    known = VariantLink.objects.filter(model=model, other=to, kind=kind).first()
    if known:
        return known
    link = VariantLink(model=model, other=to, kind=kind, source=source.strip())
    link.save(force_insert=True)
    record(
        by, "catalogue.models_related", model, other=str(to.pk), kind=str(kind), source=link.source
    )
    return link
