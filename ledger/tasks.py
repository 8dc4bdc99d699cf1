"""Background work on the ledger: look how far the signer is, and keep it for the pages."""

from celery import shared_task

from core.scope import system_scope
from ledger.standing import keep_standing


@shared_task(name="ledger.watch_signer")
def watch_signer() -> None:
    """Twice a minute: say for every page whether the ledger is signed as it should be."""
    with system_scope("say whether the ledger is signed"):
        keep_standing()
