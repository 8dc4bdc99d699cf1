"""Where a file was published and by whom; and marking those that are hard to look at."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from core.errors import Refused
from core.scope import system_scope
from evidence.models import File
from evidence.services.describing import describe_file
from investigations.models import Duty
from investigations.services import commit_value
from ledger.services import record


@transaction.atomic
@sensitive_variables("uploader")
def describe_publication(
    file: File, *, by: User, platform_url: str, archived_url: str, uploader: str = ""
) -> File:
    """Say where a file was published; an uploader left empty stays as it is.

    Who uploaded it may be in danger for it: the account is kept apart, where only those reach it
    who guard the identities of sources, and the ledger commits to it without a word of it.
    """
    uploader = uploader.strip()
    require_unnamed(uploader or uploader_of(file), f"{platform_url} {archived_url}")
    file = describe_file(file, by=by, platform_url=platform_url, archived_url=archived_url)
    return keep_uploader(file, uploader, by=by) if uploader else file


@transaction.atomic
@sensitive_variables("uploader")
def keep_uploader(file: File, uploader: str, *, by: User) -> File:
    """Keep apart who uploaded a file; what was kept before stays until two people erase it."""
    file = File.objects.locked_for(by, file)
    file.require(by, Duty.LOG_EVIDENCE)
    if uploader == uploader_of(file):
        return file
    about = _("Uploader of file %(digest)s") % {"digest": file.sha256[:12]}
    file.uploader_kept = commit_value(file.case, uploader, by=by, about=about)
    file.save(update_fields=["uploader_kept"])
    record(by, "evidence.uploader_kept", file, commitment=file.uploader_kept.commitment)
    return file


@sensitive_variables()
def uploader_of(file: File) -> str:
    """The account that is kept apart, for the program itself to compare; empty once erased."""
    with system_scope("what is typed about a file must not name its uploader"):
        kept = file.uploader_kept
        return str(kept.told) if kept else ""


@sensitive_variables()
def require_unnamed(uploader: str, addresses: str) -> None:
    """Refuse addresses in which the account stands: they are read by the team, and exported."""
    if uploader and uploader.lstrip("@").casefold() in addresses.casefold():
        raise Refused(
            _(
                "The address names the uploader. Write an address without the account, "
                "or leave the uploader empty if nobody has to be protected."
            )
        )


@transaction.atomic
def mark_graphic(file: File, *, by: User) -> File:
    """Have a picture covered until somebody presses to see it."""
    file = File.objects.locked_for(by, file)
    file.require(by, Duty.LOG_EVIDENCE)
    if not file.graphic_content:
        file.graphic_content = True
        file.save(update_fields=["graphic_content"])
        record(by, "evidence.file_marked_graphic", file, sha256=file.sha256)
    return file


@transaction.atomic
def unmark_graphic(file: File, *, by: User) -> File:
    """Have a picture shown at once again: it was covered by mistake."""
    file = File.objects.locked_for(by, file)
    file.require(by, Duty.LOG_EVIDENCE)
    if file.graphic_content:
        file.graphic_content = False
        file.save(update_fields=["graphic_content"])
        record(by, "evidence.file_unmarked_graphic", file, sha256=file.sha256)
    return file
