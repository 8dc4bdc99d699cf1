"""Waiting for news: without a transaction, and never with all of the server's hands.

Half of the threads of a process may wait, so that the others serve pages. Whoever finds no place is
answered at once, as if it had not asked to wait.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings

from exchange.api.page import Asked, Page
from exchange.api.reader import Reader
from exchange.services.cursor import Cursor
from exchange.services.moment import one_moment

LOOKS_EVERY = 0.5  # seconds
PLACES = BoundedSemaphore(settings.FEED_WAITERS)


@contextmanager
def place() -> Iterator[bool]:
    """A place among those who wait, if one is free."""
    taken = PLACES.acquire(blocking=False)
    try:
        yield taken
    finally:
        if taken:
            PLACES.release()


def page_after(reader: Reader, asked: Asked, cursor: Cursor) -> Page:
    """Everything that is to be told after a cursor, as far as there is room.

    That there is nothing new is found out with two questions. What is told is of one moment, so
    that a row that changes meanwhile is told as it was, and then, with the next answer, as it is.
    """
    page = Page(reader, asked, dict(cursor.marks), cursor.progress)
    with reader.reading():
        if page.progress or page.look():
            with one_moment():
                page.look()
                page.fill()
    return page


def page_within(reader: Reader, asked: Asked, cursor: Cursor, *, wait: float) -> Page:
    """The same, or what comes within so many seconds; of what is hidden nobody is woken."""
    page, end = page_after(reader, asked, cursor), time.monotonic() + wait
    if page.lines or page.more or wait <= 0:
        return page
    with place() as may_wait:
        while may_wait and not page.lines and time.monotonic() < end:
            time.sleep(min(LOOKS_EVERY, max(end - time.monotonic(), 0)))
            reader.ask_again()
            page = page_after(reader, asked, page.cursor)
    return page
