"""Entering theatres."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.folding import fold, plain
from catalogue.models import Country, Theatre
from catalogue.services.rights import require_curator
from core.errors import Refused
from ledger.services import record


@transaction.atomic
def enter_theatre(
    name: str,
    *,
    by: User,
    native_name: str = "",
    countries: Sequence[Country] = (),
    active_from: date | None = None,
    active_to: date | None = None,
    parent: Theatre | None = None,
) -> Theatre:
    """Enter a theatre, so that links into it count as links across theatres."""
    require_curator(by, Theatre)
    name = plain(name)
    if not fold(name):
        raise Refused(_("Write the theatre's name with at least one letter or digit."))
    if Theatre.objects.filter(name__iexact=name).exists():
        raise Refused(_("There is a theatre of this name already."))
    theatre = Theatre(
        name=name,
        native_name=plain(native_name),
        active_from=active_from,
        active_to=active_to,
        parent=parent,
    )
    theatre.full_clean()
    theatre.save(force_insert=True)
    theatre.countries.set(countries)
    codes = [country.code for country in countries]
    record(by, "catalogue.theatre_entered", theatre, name=name, countries=codes)
    return theatre
