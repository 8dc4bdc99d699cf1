"""Registers the comparison room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComparisonConfig(AppConfig):
    """The comparison room."""

    name = "comparison"
    verbose_name = _("Comparison")
