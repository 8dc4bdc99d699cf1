"""What administrators do with work into which they do not see: try it again, or stop it.

Each deed is a line in the chain of the case, so that its team reads who has done it, and one in the
security log. Nothing of the case is shown or told on the way.
"""

from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from core import jobs
from core.errors import Refused
from core.scope import system_scope
from core.security_log import note
from exchange.models import Delivery, Shipment, TableImport, TableState
from exchange.services.delivery import VERIFY
from exchange.services.shipment import SEND, TELL_RECALL
from exchange.services.table_import import WORK
from exchange.services.webhook_receiver import require_system_administrator
from ledger.services import record

STOPPED = gettext_noop("An administrator stopped it.")
UNSEEN = "administrators act on work by its state alone, and see nothing of the case"
Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def try_shipment_again(shipment: Shipment, *, by: User) -> Shipment:
    """Send what did not go, or tell of a recall; whether it may go is asked anew, as ever."""
    require_system_administrator(by)
    with system_scope(UNSEEN):
        row = locked_row(Shipment, shipment)
        waits = row.state in (Shipment.State.AGREED, Shipment.State.FAILED)
        if not waits and not row.awaits_recall:
            raise Refused(_("There is nothing to be tried again: it waits for people, or is done."))
        if row.state == Shipment.State.FAILED:
            row.state, row.failure = Shipment.State.AGREED, ""
            row.save(update_fields=["state", "failure"])
        record(by, "exchange.shipment_tried_again", row, peer=str(row.peer_id))
        note("shipment.tried_again", shipment=row.pk, by=by.pk)
        if row.awaits_recall:
            jobs.ask(TELL_RECALL, row.pk)
        else:
            jobs.ask(SEND, row.pk)
    return row


@transaction.atomic
def stop_shipment(shipment: Shipment, *, by: User) -> Shipment:
    """Let a shipment that is on its way not go; whoever needs it asks anew."""
    require_system_administrator(by)
    with system_scope(UNSEEN):
        row = locked_row(Shipment, shipment)
        if row.state != Shipment.State.AGREED:
            raise Refused(_("Only what is on its way can be stopped."))
        row.state, row.failure = Shipment.State.FAILED, in_words_of(row.asked_by)
        row.save(update_fields=["state", "failure"])
        record(by, "exchange.shipment_stopped", row, peer=str(row.peer_id))
        note("shipment.stopped", shipment=row.pk, by=by.pk)
    return row


@transaction.atomic
def try_verifying_again(delivery: Delivery, *, by: User) -> Delivery:
    """Have what came from a peer verified that nobody has got to the end of."""
    require_system_administrator(by)
    with system_scope(UNSEEN):
        row = locked_row(Delivery, delivery)
        if row.state != Delivery.State.RECEIVED or row.is_gone:
            raise Refused(_("There is nothing to be tried again: it is verified, or gone."))
        record(by, "exchange.delivery_tried_again", row, peer=str(row.peer_id))
        note("delivery.tried_again", delivery=row.pk, by=by.pk)
        jobs.ask(VERIFY, row.pk)
    return row


@transaction.atomic
def try_table_again(table: TableImport, *, by: User) -> TableImport:
    """Have a worker go on with an import that is stuck, behind the last line that is done."""
    require_system_administrator(by)
    with system_scope(UNSEEN):
        row = locked_row(TableImport, table)
        if not row.is_at_work:
            raise Refused(_("No worker has to do anything for this import."))
        record(by, "exchange.table_tried_again", row, position=row.position)
        note("table.tried_again", table=row.pk, by=by.pk)
        jobs.ask(WORK, row.pk)
    return row


@transaction.atomic
def stop_table(table: TableImport, *, by: User) -> TableImport:
    """End an import where it is; what it wrote stays together, and its people can undo it."""
    require_system_administrator(by)
    with system_scope(UNSEEN):
        row = locked_row(TableImport, table)
        if not row.is_at_work:
            raise Refused(_("No worker has to do anything for this import."))
        row.state, row.trouble = TableState.FAILED, in_words_of(row.imported_by)
        row.version += 1
        row.save()
        record(by, "exchange.table_stopped", row, position=row.position)
        note("table.stopped", table=row.pk, by=by.pk)
    return row


def locked_row(model: type[Row], row: Row) -> Row:
    """The row as it is now, nobody else's until the deed is done, whoever may see it."""
    rows: Any = model._default_manager.select_for_update(of=("self",), no_key=True)
    found: Row = rows.get(pk=row.pk)
    return found


def in_words_of(person: User) -> str:
    """That it was stopped, in the language of whoever waits for it."""
    with translation.override(person.language):
        return translation.gettext(STOPPED)
