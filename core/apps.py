"""Registers the core room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The core room."""

    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from core.choices import read_choices_at_once
        from core.keys_in_sql import carry_keys_quickly

        carry_keys_quickly()
        read_choices_at_once()
