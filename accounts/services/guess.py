"""Slows guessing down: counts the secrets entered for each account and from each address."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from accounts.models import Guesses, User

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
SPENT_FOR = 120  # seconds; longer than a code of an authenticator app is good for


@dataclass(frozen=True)
class Limit:
    """So many wrong secrets within so long, and no more."""

    most: int
    within: timedelta


OF_ACCOUNT = {
    "password": (Limit(10, QUARTER),),
    "code": (Limit(10, QUARTER), Limit(30, DAY)),  # guessed only by who knows the password
    "passkey": (Limit(10, QUARTER),),
    "reset": (Limit(5, HOUR),),
}
FROM_ADDRESS = {
    "password": (Limit(50, QUARTER),),
    "code": (Limit(50, QUARTER),),
    "passkey": (Limit(50, QUARTER),),
    "reset": (Limit(20, HOUR),),
    "key": (Limit(50, QUARTER),),
}


@dataclass(frozen=True)
class Entry:
    """A secret that somebody enters: of which kind, for which account (if known), from where."""

    secret: str
    account: str
    address: str

    def counters(self) -> list[tuple[str, Limit]]:
        """Where it counts, and how much is too much there."""
        asked = [(f"account|{self.account}", limit) for limit in self.limits_of_account()]
        asked += [(f"address|{self.address}", limit) for limit in FROM_ADDRESS[self.secret]]
        return [(self.name(whose, limit), limit) for whose, limit in asked]

    def limits_of_account(self) -> tuple[Limit, ...]:
        return OF_ACCOUNT.get(self.secret, ()) if self.account else ()

    def name(self, whose: str, limit: Limit) -> str:
        """A key that gives away neither name nor address."""
        told = f"{self.secret}|{whose}|{limit.within.total_seconds():.0f}"
        return hashlib.sha256(told.encode()).hexdigest()


@transaction.atomic
def count_entry(entry: Entry) -> int:
    """Count a secret before it is looked at; the seconds to wait if there were too many, else 0."""
    now, rows = timezone.now(), []
    for key, limit in sorted(entry.counters(), key=lambda each: each[0]):
        row = counted(key, limit)
        if row.count >= limit.most:
            return max(1, round((row.forgotten_at - now).total_seconds()))
        rows.append(row)
    for row in rows:
        row.count += 1
        row.save(update_fields=["count"])
    return 0


def counted(key: str, limit: Limit) -> Guesses:
    """The locked counter, begun anew where its time is over."""
    now = timezone.now()
    fresh = {"forgotten_at": now + limit.within}
    row, new = Guesses.objects.select_for_update(no_key=True).get_or_create(key=key, defaults=fresh)
    if new:
        Guesses.objects.filter(forgotten_at__lt=now - DAY).delete()
    elif row.forgotten_at <= now:
        row.count, row.forgotten_at = 0, now + limit.within
        row.save(update_fields=["count", "forgotten_at"])
    return row


@transaction.atomic
def take_back(entry: Entry) -> None:
    """It was right, so it was no guess."""
    for key, _limit in sorted(entry.counters(), key=lambda each: each[0]):
        row = Guesses.objects.select_for_update(no_key=True).filter(key=key, count__gt=0).first()
        if row:
            row.count -= 1
            row.save(update_fields=["count"])


def spend_code(user: User, code: str) -> bool:
    """True the first time that a code of an authenticator app is used; it is good only once."""
    digits = "".join(sign for sign in code if sign.isdigit())
    return bool(cache.add(f"accounts.spent.{user.pk}.{digits}", 1, timeout=SPENT_FOR))
