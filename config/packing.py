"""Joins rooms that do not know each other: reports packs what peers are sent, labels name them."""

import json
from uuid import UUID
from zipfile import ZipFile

from django.core.files import File
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from core.markings import Handling
from core.scope import system_scope
from exchange.models import Peer
from exchange.services.packing import Pack, Preview, Terms, Unpackable, pack_by
from investigations.forms.handling import offer_agencies
from investigations.models import Case
from reports import vault
from reports.content.leaving import leaving
from reports.models import Bundle
from reports.services import request_bundle

EVERY_LINE = 2**62
"""More lines than any ledger has: a preview is not made against a checkpoint."""


class BundlePacker:
    """Evidence bundles for peers."""

    def preview(self, case: Case, *, by: User, terms: Terms) -> Preview:
        """What a bundle would hold now, without making one."""
        bundle = Bundle(case=case, requested_by=by, language=by.language, up_to=terms.up_to)
        bundle.for_agency, bundle.clearance = terms.agency, terms.clearance
        bundle.exhibits = sorted(item.pk for item in terms.items)
        found = leaving(bundle, EVERY_LINE)
        return Preview(found.items, sum(1 for _sent in found.sent), found.withheld)

    def order(self, case: Case, *, by: User, terms: Terms) -> UUID:
        """Ask for one, as a person asks on the page of bundles."""
        bundle = request_bundle(
            case,
            by=by,
            items=terms.items,
            up_to=terms.up_to,
            language=by.language,
            leave_out=terms.leave_out,
            for_agency=terms.agency,
            clearance=terms.clearance,
        )
        return bundle.pk

    def look(self, key: UUID) -> Pack | None:
        """How far it is."""
        with system_scope("a bundle that two people agreed on is sent by the program"):
            bundle = Bundle.objects.select_related("case").get(pk=key)
        if bundle.state == Bundle.State.FAILED:
            raise Unpackable(_("Its evidence bundle could not be made."))
        if not bundle.is_ready:
            return None
        return Pack(bundle.sha256, bundle.size, handling_inside(bundle))

    def open(self, pack: Pack) -> File[bytes]:
        """The archive."""
        return vault.open_bundle(pack.sha256)


def handling_inside(bundle: Bundle) -> Handling:
    """How a finished bundle says that it is handled: as the strictest that lies in it.

    Its row is handled like all that was asked for, so as what was held back of it, too.
    """
    with vault.open_bundle(bundle.sha256) as held, ZipFile(held) as bag:
        told = json.loads(bag.read("data/bundle.json"))["handling"]
    return Handling(
        tlp=told["tlp"],
        pap=told["pap"],
        clearance=told["clearance"],
        compartments=frozenset(told["compartments"]),
        releasable_to=agencies_called(told["releasable_to"]),
        originators=agencies_called(told["originators"]),
    )


def agencies_called(names: list[str]) -> frozenset[UUID]:
    """The agencies of these short names; with one that is called otherwise by now nothing goes."""
    keys = frozenset(Agency.objects.filter(short_name__in=names).values_list("pk", flat=True))
    if len(keys) < len(names):
        raise Unpackable(_("Its evidence bundle could not be read."))
    return keys


def agencies_of_peers(user: User) -> set[UUID]:
    """Those that the person's agency is paired with: what goes to them can be marked so."""
    return set(Peer.objects.paired().filter(ours=user.agency_id).values_list("agency", flat=True))


offer_agencies(agencies_of_peers)
pack_by(BundlePacker())
