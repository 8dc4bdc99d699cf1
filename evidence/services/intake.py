"""Sorting what came in: several files at once go to one exhibit, known or new."""

from collections.abc import Iterable
from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from evidence.models import File, Item
from evidence.services.file import assign_file
from evidence.services.item import ItemFacts
from evidence.services.item_logging import log_item
from investigations.models import Case


@transaction.atomic
def assign_files(files: Iterable[File], item: Item, *, by: User) -> Item:
    """Say of several files that they belong to one exhibit: all of them, or none."""
    for file in some(files):
        assign_file(file, item, by=by)
    return item


@transaction.atomic
def log_item_with_files(
    case: Case, files: Iterable[File], *, by: User, **facts: Unpack[ItemFacts]
) -> Item:
    """Enter an exhibit from the files that show it; neither stays behind without the other."""
    files = some(files)
    return assign_files(files, log_item(case, by=by, **facts), by=by)


def some(files: Iterable[File]) -> list[File]:
    """The files, if there are any."""
    files = list(files)
    if not files:
        raise Refused(_("Choose the files first."))
    return files
