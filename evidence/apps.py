"""Registers the evidence room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """The evidence room."""

    name = "evidence"
    verbose_name = _("Evidence")
