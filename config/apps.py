"""Joins Celery to Django, and rooms to each other, once every room is loaded."""

from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring; it owns no tables."""

    name = "config"

    def ready(self) -> None:
        import_module("config.celery")
        import_module("config.policies")
        import_module("config.packing")
