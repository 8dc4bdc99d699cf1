"""Moments that follow one another: a deed cannot come before what it rests on."""

from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from core.errors import Refused


def require_in_order(*moments: tuple[str, datetime | None]) -> None:
    """Refuse moments of which one, among those that are known, lies before the one named first."""
    known = [(name, at) for name, at in moments if at is not None]
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            raise Refused(
                _("The dates are out of order: “%(later)s” lies before “%(earlier)s”.")
                % {"later": later, "earlier": earlier}
            )
