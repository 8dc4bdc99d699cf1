"""Asks the authorities that the operator named for time-stamps over the register."""

from datetime import datetime, timedelta

import requests
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.scope import system_scope
from ledger.models import TimeStamp
from ledger.stamping import StampRefused, ask_about, read_answer, roots_in

PATIENCE = 10  # seconds until an authority has answered
LARGEST_ANSWER = 100_000  # bytes
PAUSES = (30, 60, 300, 900, 3600)  # seconds after the first, second … failure
TYPE = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


def stamp_what_waits() -> int:
    """Ask each authority about the newest checkpoint of the register; return how many answered.

    Older ones that still wait are covered by it: the register begins with all they hold.
    """
    stamped = 0
    with system_scope("the signer anchors the register"):
        for authority in settings.TIMESTAMP_AUTHORITIES:
            if stamp := due(authority):
                stamped += ask(stamp)
    return stamped


def due(authority: str) -> TimeStamp | None:
    """The newest one that waits for this authority, unless it failed a moment ago."""
    waiting = TimeStamp.objects.filter(authority=authority, state=TimeStamp.State.QUEUED)
    lately = waiting.order_by("-tries", "-next_try_at").first()
    if lately is None or lately.next_try_at > timezone.now():
        return None
    return waiting.select_related("checkpoint").order_by("-checkpoint__size").first()


def ask(stamp: TimeStamp) -> bool:
    """Ask once; a silent authority is asked again later, and later still."""
    note = stamp.checkpoint.note.encode()
    try:
        question = ask_about(note)
        answer = answered(stamp.authority, question.body)
        roots = roots_in(settings.TIMESTAMP_ROOTS)
        told = read_answer(answer, note, nonce=question.nonce, roots=roots)
    except (requests.RequestException, StampRefused, OSError) as problem:
        put_off(stamp, problem)
        return False
    keep(stamp, answer, told.at)
    return True


def answered(authority: str, question: bytes) -> bytes:
    """What the authority sends back; it is followed nowhere else."""
    with requests.post(
        authority,
        data=question,
        headers=TYPE,
        timeout=PATIENCE,
        allow_redirects=False,
        stream=True,
    ) as reply:
        if reply.status_code != requests.codes.ok:
            raise StampRefused(f"the authority answered {reply.status_code}")
        body: bytes = reply.raw.read(LARGEST_ANSWER + 1, decode_content=True)
    if len(body) > LARGEST_ANSWER:
        raise StampRefused("the answer is too long")
    return body


@transaction.atomic
def keep(stamp: TimeStamp, answer: bytes, at: datetime) -> None:
    """Keep the token; older questions to the same authority need no answer any more."""
    stamp.token, stamp.stamped_at, stamp.state = answer, at, TimeStamp.State.STAMPED
    stamp.tries, stamp.problem = F("tries") + 1, ""
    stamp.save()
    TimeStamp.objects.filter(
        authority=stamp.authority,
        state=TimeStamp.State.QUEUED,
        checkpoint__size__lt=stamp.checkpoint.size,
    ).update(state=TimeStamp.State.OVERTAKEN)


def put_off(stamp: TimeStamp, problem: Exception) -> None:
    """Try again later; a newer checkpoint waits as long, so that nobody is asked each second."""
    stamp.tries += 1
    pause = PAUSES[min(stamp.tries, len(PAUSES)) - 1]
    stamp.next_try_at = timezone.now() + timedelta(seconds=pause)
    stamp.problem = f"{type(problem).__name__}: {problem}"[:300]
    stamp.save(update_fields=["tries", "next_try_at", "problem"])
