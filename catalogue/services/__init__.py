"""Everything that can happen to what is known already."""

from catalogue.services.laboratory import (
    LaboratoryFacts,
    amend_laboratory,
    enter_laboratory,
    review_laboratory,
)
from catalogue.services.load import load_catalogue
from catalogue.services.maker import enter_maker, review_maker
from catalogue.services.theatre import enter_theatre
from catalogue.services.upkeep import keep_edit, keep_entry, remove_row
from catalogue.services.weapon_model import (
    WeaponFacts,
    enter_weapon_model,
    relate_models,
    review_weapon_model,
)

__all__ = [
    "LaboratoryFacts",
    "WeaponFacts",
    "amend_laboratory",
    "enter_laboratory",
    "enter_maker",
    "enter_theatre",
    "enter_weapon_model",
    "keep_edit",
    "keep_entry",
    "load_catalogue",
    "relate_models",
    "remove_row",
    "review_laboratory",
    "review_maker",
    "review_weapon_model",
]
