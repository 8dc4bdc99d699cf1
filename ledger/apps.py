"""Registers the ledger room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """The ledger room."""

    name = "ledger"
    verbose_name = _("Ledger")
