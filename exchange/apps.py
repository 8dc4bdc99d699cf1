"""Registers the exchange room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """The exchange room."""

    name = "exchange"
    verbose_name = _("Exchange")
