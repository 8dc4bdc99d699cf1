"""What is said of files that came in together: by whom, where, when, on what basis."""

from collections.abc import Iterable
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import require_sound
from core.errors import Refused
from evidence.models import File, Item
from evidence.services.file import assign_file
from evidence.services.intake import some
from investigations.models import Duty
from ledger.services import record


class FileFacts(TypedDict, total=False):
    """What people say of a file; what it claims itself and what was measured stand apart."""

    caption: str
    collected_by: str
    legal_basis: str
    taken_as_stated: str
    place_as_stated: str
    acquisition_method: str
    platform_url: str
    archived_url: str


@transaction.atomic
def describe_files(files: Iterable[File], *, by: User, **facts: Unpack[FileFacts]) -> list[File]:
    """Say the same of several files: all of them, or none; what is left empty stays as it was."""
    said = FileFacts(**{name: told for name, told in facts.items() if told})  # type: ignore[typeddict-item]
    if not said:
        raise Refused(_("Fill in what is to be said of the ticked files."))
    return [describe_file(file, by=by, **said) for file in some(files)]


@transaction.atomic
def describe_file(file: File, *, by: User, **facts: Unpack[FileFacts]) -> File:
    """Say by whom, where, when and on what basis a file came to be."""
    file = File.objects.locked_for(by, file)
    file.require(by, Duty.LOG_EVIDENCE)
    changes = {
        name: [getattr(file, name), after]
        for name, after in facts.items()
        if getattr(file, name) != after
    }
    if changes:
        for name, (_before, after) in changes.items():
            setattr(file, name, after)
        require_sound(file)
        file.save(update_fields=list(changes))
        record(by, "evidence.file_described", file, changes=changes)
    return file


@transaction.atomic
def describe_and_assign(
    file: File, *, by: User, exhibit_no: str = "", **facts: Unpack[FileFacts]
) -> File:
    """What one row of a manifest says of one file: everything of it, or nothing."""
    if exhibit_no:
        seen = Item.objects.visible_to(by).filter(case=file.case, exhibit_no__iexact=exhibit_no)
        if not (item := seen.first()):
            raise Refused(
                _("There is no exhibit %(number)s in this case.") % {"number": exhibit_no}
            )
        file = assign_file(file, item, by=by)
    return describe_file(file, by=by, **facts)
