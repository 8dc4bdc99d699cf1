"""What the reference library offers to programs."""

from catalogue.api.component import CategoryViewSet
from catalogue.api.laboratory import LaboratoryViewSet
from catalogue.api.maker import MakerViewSet
from catalogue.api.place import CountryViewSet, TheatreViewSet
from catalogue.api.vocabulary import TermViewSet, VocabularyViewSet
from catalogue.api.weapon_model import VariantLinkViewSet, WeaponModelViewSet

__all__ = [
    "CategoryViewSet",
    "CountryViewSet",
    "LaboratoryViewSet",
    "MakerViewSet",
    "TermViewSet",
    "TheatreViewSet",
    "VariantLinkViewSet",
    "VocabularyViewSet",
    "WeaponModelViewSet",
]
