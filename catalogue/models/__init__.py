"""What is known already: places, makers, kinds of component, weapon models and word lists."""

from catalogue.models.component import ComponentCategory, ComponentGroup
from catalogue.models.laboratory import Laboratory
from catalogue.models.load import DataLoad
from catalogue.models.maker import Maker
from catalogue.models.place import Continent, Country, Theatre
from catalogue.models.quantities import QUANTITIES, Quantity, Range
from catalogue.models.review import ReviewStatus
from catalogue.models.vocabulary import Term, Vocabulary
from catalogue.models.weapon_model import VariantLink, WeaponModel
from catalogue.models.weapon_words import (
    EuClass,
    Guidance,
    NatoClass,
    Propulsion,
    WeaponRole,
    WeaponType,
)

__all__ = [
    "QUANTITIES",
    "ComponentCategory",
    "ComponentGroup",
    "Continent",
    "Country",
    "DataLoad",
    "EuClass",
    "Guidance",
    "Laboratory",
    "Maker",
    "NatoClass",
    "Propulsion",
    "Quantity",
    "Range",
    "ReviewStatus",
    "Term",
    "Theatre",
    "VariantLink",
    "Vocabulary",
    "WeaponModel",
    "WeaponRole",
    "WeaponType",
]
