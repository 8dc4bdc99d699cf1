"""Keeping maps of columns for the next table like it, and giving them up again."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from exchange.formats.tables.plan import TableMap
from exchange.models import ColumnMap
from ledger.services import record


@transaction.atomic
def keep_map(
    *, by: User, name: str, kind: str, plan: TableMap, for_agency: bool = False
) -> ColumnMap:
    """Keep a map under a name of one's own, for oneself or for everybody of one's agency."""
    name = name.strip()
    if not name:
        raise Refused(_("Give the map a name."))
    if for_agency and not by.agency_id:
        raise Refused(_("You belong to no agency for which it could be kept."))
    agency = by.agency if for_agency else None
    own = ColumnMap.objects.filter(owner=by).select_for_update(no_key=True, of=("self",))
    kept = own.filter(name=name).first() or ColumnMap(owner=by, name=name)
    kept.kind, kept.plan, kept.agency = kind, plan.as_written(), agency
    kept.full_clean()
    kept.save()
    record(by, "exchange.map_kept", kept, kind=kind, for_agency=for_agency)
    return kept


@transaction.atomic
def forget_map(kept: ColumnMap, *, by: User) -> None:
    """Give a map up; what was imported by it stays."""
    kept = ColumnMap.objects.visible_to(by).get(pk=kept.pk)
    if kept.owner_id != by.pk:
        raise PermissionDenied(_("Only whoever keeps a map gives it up."))
    record(by, "exchange.map_forgotten", kept, kind=kept.kind)
    kept.delete()
