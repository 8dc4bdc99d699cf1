"""Admits the first administrator of an empty installation."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts import services
from accounts.models import User


class Command(BaseCommand):
    """`manage.py first_administrator`: prints a random password once; silent when people exist."""

    help = "Create the first administrator with a random password, unless somebody is registered."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            return
        password = services.random_password()
        services.admit_first_administrator(username="admin", password=password)
        self.stdout.write(f"First administrator: admin   password (shown once): {password}")
