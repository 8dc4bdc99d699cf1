"""Registers the reports room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """The reports room."""

    name = "reports"
    verbose_name = _("Reports")
