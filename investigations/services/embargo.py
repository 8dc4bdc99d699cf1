"""Embargo by time: what may not leave a case before its day, asked here by every door."""

from enum import Enum, auto

from django.utils.translation import gettext_lazy as _

from core.clock import in_words
from core.errors import Refused
from investigations.models import Case


class Outlet(Enum):
    """By which door something would leave."""

    RELEASE = auto()
    PROGRAM = auto()
    AGENCY = auto()
    DOSSIER = auto()
    SHARING = auto()


WORDS = {
    Outlet.RELEASE: _(
        "The case is under embargo until %(day)s: release it to the investigating bodies only."
    ),
    Outlet.PROGRAM: _(
        "The case is under embargo until %(day)s: nothing of it goes to other programs."
    ),
    Outlet.AGENCY: _("The case is under embargo until %(day)s: no bundle of it goes to an agency."),
    Outlet.DOSSIER: _("The case is under embargo until %(day)s: no dossier leaves before."),
    Outlet.SHARING: _(
        "The case is under embargo until %(day)s: its reports are shared with no other agency."
    ),
}
"""Why nothing leaves by each door, with the moment from which it may."""


def words_of_embargo(case: Case, outlet: Outlet) -> str:
    """The same for one case, in the reader's zone and language."""
    until = case.embargo_until
    day = in_words(until) if until else ""
    return str(WORDS[outlet]) % {"day": day}


def require_no_embargo(case: Case, outlet: Outlet) -> None:
    """Refuse what is made for others while the case is under embargo."""
    if case.is_under_embargo:
        raise Refused(words_of_embargo(case, outlet))
