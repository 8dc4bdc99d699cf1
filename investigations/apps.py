"""Registers the investigations room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvestigationsConfig(AppConfig):
    """The investigations room."""

    name = "investigations"
    verbose_name = _("Investigations")
