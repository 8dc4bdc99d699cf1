"""Entering and reviewing makers."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.folding import fold, plain
from catalogue.models import Country, Maker, ReviewStatus
from catalogue.services.rights import require_active, require_curator
from core.errors import Refused
from ledger.services import record


@transaction.atomic
def enter_maker(name: str, *, by: User, country: Country | None = None) -> Maker:
    """Enter a maker that is missing; one known under this name already is returned instead."""
    require_active(by)
    name = plain(name)
    if not fold(name):
        raise Refused(_("Write the maker's name with at least one letter or digit."))
    if known := Maker.objects.called(name).first():
        return known
    maker = Maker(name=name, country=country, review_status=ReviewStatus.ENTERED)
    maker.full_clean(exclude=["normalised"])
    maker.save(force_insert=True)
    record(by, "catalogue.maker_entered", maker, name=name)
    return maker


@transaction.atomic
def review_maker(maker: Maker, *, by: User) -> Maker:
    """Say that somebody has checked this maker; data files no longer change it."""
    require_curator(by, Maker)
    maker = Maker.objects.select_for_update(no_key=True).get(pk=maker.pk)
    if maker.review_status == ReviewStatus.REVIEWED:
        return maker
    maker.review_status, maker.version = ReviewStatus.REVIEWED, maker.version + 1
    maker.save()
    record(by, "catalogue.maker_reviewed", maker, name=maker.name)
    return maker
