"""Background work on accounts: find the row, call one service, stop."""

from uuid import UUID

from accounts import services
from accounts.models import User
from core import jobs


@jobs.task("accounts.send_reset")
def send_reset(user_id: UUID, lease: jobs.Lease) -> None:
    """Nobody may have that key: then somebody asked for an address that is not known here."""
    if user := User.objects.filter(pk=user_id).first():
        services.send_reset(user)
