"""Turns the values of records into words and figures for print; absence is always said."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils import translation
from django.utils.functional import Promise

from core.precision import DatePrecision
from reports.typesetting.blocks import Cell, Value, code, lines, muted
from reports.typesetting.letters import unvowelled

FORMATS = {
    DatePrecision.SECOND: "%Y-%m-%d %H:%M:%S UTC",
    DatePrecision.MINUTE: "%Y-%m-%d %H:%M UTC",
    DatePrecision.HOUR: "%Y-%m-%d %H:00 UTC",
    DatePrecision.DAY: "%Y-%m-%d",
    DatePrecision.MONTH: "%Y-%m",
    DatePrecision.YEAR: "%Y",
    DatePrecision.RANGE: "%Y-%m-%d",
}


def _(message: str) -> str:
    """A fixed phrase in the report's language, without short vowels."""
    return unvowelled(translation.gettext(message))


def label(word: str | Promise) -> str:
    """A word of a vocabulary in the report's language."""
    return unvowelled(str(word))


def stamp(moment: datetime | None, precision: str = DatePrecision.MINUTE) -> str:
    """A moment in UTC, cut to what is known of it; empty when it is not known."""
    pattern = FORMATS.get(DatePrecision(precision))
    return moment.astimezone(UTC).strftime(pattern) if moment and pattern else ""


def clock(moment: datetime | None, precision: str = DatePrecision.MINUTE) -> str:
    """The same for a column whose head says that it is UTC."""
    return stamp(moment, precision).removesuffix(" UTC")


def absent(words: str = "") -> Cell:
    """What is printed where nothing is recorded."""
    return muted(words or _("not recorded"))


def said(text: str) -> Value:
    """Text as it stands, or that there is none."""
    return text or absent()


def seen(text: str) -> Value:
    """A marking, serial or number as it stands, or that there is none."""
    return code(text) if text else absent()


def between(least: int | None, most: int | None) -> str:
    """A count known as a least and a most; an unknown one is never zero."""
    if least is None and most is None:
        return _("unknown")
    if least == most:
        return f"{least}"
    if most is None:
        return _("at least %(count)s") % {"count": least}
    if least is None:
        return _("at most %(count)s") % {"count": most}
    return _("%(least)s to %(most)s") % {"least": least, "most": most}


def stacked(values: Iterable[Value]) -> Value:
    """Values one under the other; a single one stands for itself, none at all is said."""
    kept = [value for value in values if value]
    if not kept:
        return absent()
    return kept[0] if len(kept) == 1 else lines(kept)


def quoted(text: str) -> str:
    """Words of a source, as the source wrote them."""
    return _("as stated: “%(words)s”") % {"words": text} if text else ""
