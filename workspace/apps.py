"""Registers the workspace room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkspaceConfig(AppConfig):
    """The workspace room."""

    name = "workspace"
    verbose_name = _("Workspace")
