"""The Celery application: it finds every room's tasks.py by itself."""

import os

from celery import Celery
from celery.signals import worker_init, worker_process_init

from config.database import refuse_owner
from core.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def hold_to_its_role(**_facts: object) -> None:
    """A worker reads every case: it too must be held by row-level security."""
    refuse_owner()


@worker_process_init.connect
def settle_down(**_facts: object) -> None:
    """As the web's processes do: what was loaded for good is not looked through at every task."""
    settle()
