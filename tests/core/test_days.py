"""Days: what is due on a day is due until it ends where the reader is."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from core.zones import today

EVENING_IN_LONDON = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Baghdad", 4), ("UTC", 3), ("America/New_York", 3)]
)
def test_the_day_is_that_of_the_calendar_on_the_readers_wall(monkeypatch, zone, day):
    monkeypatch.setattr(timezone, "now", lambda: EVENING_IN_LONDON)
    with timezone.override(zone):
        assert today().day == day
