"""Registers the catalogue room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """The catalogue room."""

    name = "catalogue"
    verbose_name = _("Catalogue")
