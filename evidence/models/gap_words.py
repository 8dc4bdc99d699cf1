"""Gaps in custody in sentences for people, by the codes of `evidence.methods.gaps`."""

from datetime import timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

GAPS: dict[str, str | Promise] = {
    "no-collection": _("Its custody does not begin with the collecting."),
    "before-collection": _("This was before it was collected."),
    "not-received": _("Handed over, and not received in time."),
    "never-received": _("Handed on by %(second)s without being received: %(first)s held it."),
    "no-release": _("Received by %(second)s without being handed over: %(first)s held it."),
    "wrong-giver": _("Handed over by %(second)s, while by the record %(first)s held it."),
    "wrong-receiver": _("Handed over to %(first)s, but received by %(second)s."),
    "two-holders": _("Two holders at once: %(first)s by the record, %(second)s by this deed."),
    "other-seal": _("Left with seal %(first)s, found with seal %(second)s."),
    "found-open": _("Left with seal %(first)s, found open."),
    "travel": _("%(first)s km in %(second)s minutes: nothing travels so fast."),
    "exam-elsewhere": _("Examined while it was elsewhere, or in other hands."),
    "after-end": _("This was after it had gone for good."),
    "corrected": _("A gap was here until somebody who had a part in it corrected the entry."),
    "lost": _("Nobody knew where it was."),
}


def patience() -> timedelta:
    """How long a hand-over may be under way before it is a gap."""
    return timedelta(hours=settings.CUSTODY_PATIENCE_HOURS)


def sentence_of(kind: str, first: str, second: str) -> str:
    """What does not fit, with the two things that differ; a dash for none."""
    return str(GAPS[kind]) % {"first": first or "–", "second": second or "–"}


def lasting(time: timedelta) -> str:
    """A stretch of time as people read it: minutes below two days, hours above."""
    minutes = int(time.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    if days > 1:
        return _now("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    return _now("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}
