"""Registers the core room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The core room."""

    name = "core"
    verbose_name = _("Core")
