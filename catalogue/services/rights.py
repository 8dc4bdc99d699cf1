"""Who may write in the catalogue."""

from django.core.exceptions import PermissionDenied
from django.db import models

from accounts.models import User


def require_curator(by: User, kind: type[models.Model]) -> None:
    """Only people trusted with this kind of row may change what everybody relies on."""
    if not by.has_perm(f"catalogue.change_{kind._meta.model_name}"):
        raise PermissionDenied


def require_active(by: User) -> None:
    """Everyone who may sign in may enter what is missing; it waits for review."""
    if not by.is_active:
        raise PermissionDenied
