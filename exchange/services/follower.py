"""Whose programs follow the feed, how far behind they are, and how they are made to begin anew."""

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.security_log import note
from exchange.models import Follower
from exchange.services.cursor import VALID_FOR, Cursor, Holder
from exchange.services.refusals import CursorRefused
from exchange.services.webhook_receiver import require_system_administrator
from ledger.services import record

NOTED_EVERY = timedelta(minutes=1)
"""A client that waits for news asks twice a minute: it is not written down each time."""

_AS_LAST = "SELECT * FROM exchange_follower WHERE holder = %s"
"""In these words, since it is asked with every poll; composing them took longer than the answer."""

ENDED = _("An administrator ended this cursor. Begin anew with a snapshot.")


def follower_of(holder: Holder) -> Follower | None:
    """The client as it asked last, if it ever did."""
    with connection.cursor() as cursor:
        cursor.execute(_AS_LAST, [holder.digest])
        found, names = cursor.fetchone(), [column.name for column in cursor.description]
    if found is None:
        return None
    told = dict(zip(names, found, strict=True))
    facts = [column.attname for column in Follower._meta.concrete_fields]
    return Follower.from_db(connection.alias, facts, [told[name] for name in facts])


def require_going_on(follower: Follower | None, cursor: Cursor) -> None:
    """Refuse a cursor that was given before its client was told to begin anew."""
    if follower is None or follower.anew_at is None or not cursor.given:
        return
    if datetime.fromtimestamp(cursor.given, UTC) <= follower.anew_at:
        raise CursorRefused(str(ENDED), code="cursor-ended", status=410)


def note_following(follower: Follower | None, holder: Holder, *, is_behind: bool) -> None:
    """Note that a client has asked, and whether it was told all there was."""
    now = timezone.now()
    known = follower is not None and follower.is_behind == is_behind
    if follower is not None and known and now - follower.asked_at < NOTED_EVERY:
        return
    facts = {"asked_at": now} if is_behind else {"asked_at": now, "told_at": now}
    if follower is not None:
        Follower.objects.filter(pk=follower.pk).update(**facts)
        return
    about = {
        "user_id": holder.person,
        "token_id": holder.token,
        "kinds": sorted(holder.kinds),
        "is_narrowed": bool(holder.cases),
    }
    Follower.objects.get_or_create(holder=holder.digest, defaults={**about, **facts})


@transaction.atomic
def require_snapshot(follower: Follower, *, by: User) -> Follower:
    """Let none of the cursors that a client has be good any more: it begins with a snapshot."""
    require_system_administrator(by)
    row = Follower.objects.select_for_update(of=("self",), no_key=True).get(pk=follower.pk)
    row.anew_at, row.told_at = timezone.now(), None
    row.save(update_fields=["anew_at", "told_at"])
    record(by, "exchange.follower_begun_anew", row, reads_as=str(row.user_id))
    note("feed.begun_anew", follower=row.pk, by=by.pk)
    return row


def forget_old_followers() -> int:
    """Let go of clients that have not asked for as long as a cursor is good; how many went."""
    before = timezone.now() - timedelta(seconds=VALID_FOR)
    gone, _each = Follower.objects.filter(asked_at__lt=before).delete()
    return gone
