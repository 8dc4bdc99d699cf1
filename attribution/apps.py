"""Registers the attribution room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttributionConfig(AppConfig):
    """The attribution room."""

    name = "attribution"
    verbose_name = _("Attribution")
