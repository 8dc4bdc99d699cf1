"""Asking for evidence bundles, making them once, and handing them out."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Agency, User
from core import jobs
from core.errors import Refused
from core.markings import TLP_ORDER, Handling, joined
from core.scope import system_scope
from evidence.models import Door, Item
from evidence.services import require_free
from investigations.models import Case, Duty, Label
from investigations.models.partner_door import PartnerDoor
from investigations.services import Outlet, note_sent_to_agency, require_no_embargo
from investigations.services.partner_sending import PACKED_FOR_AGENCY, SENT_TO_AGENCY, Named, named
from ledger.services import record
from reports.content.anchors import Anchor, newest_of
from reports.content.leaving import may_leave
from reports.models import Bundle
from reports.services.packing import Packed, pack

MAKE = "reports.make_bundle"
PATIENCE = timedelta(minutes=5)
"""How long a bundle waits for the seal and the time-stamp of the line that asked for it."""

UNDER_EMBARGO = gettext_noop("The case came under an embargo: no bundle of it goes to an agency.")
NO_LONGER_ALLOWED = gettext_noop("Whoever asked for it may no longer have bundles of this case.")


class NotSealedYet(OSError):
    """The signer or the time-stamp authority has not come so far: a trouble that passes."""


@transaction.atomic
def request_bundle(
    case: Case,
    *,
    by: User,
    items: Collection[Item] = (),
    up_to: str,
    language: str,
    leave_out: bool = False,
    for_agency: Agency | None = None,
    clearance: int = 0,
) -> Bundle:
    """Ask for a bundle of these exhibits, or of the whole case where none is named.

    What a caveat keeps here never leaves: with `leave_out` it is listed as withheld, without it
    the whole request is refused. One `for_agency` holds what people of that agency, so cleared,
    could read.
    """
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    case.require(by, Duty.CERTIFY)
    if TLP_ORDER.index(case.handling.tlp) > TLP_ORDER.index(up_to):
        raise Refused(
            _("The case itself is marked %(marking)s: nothing of it leaves below that.")
            % {"marking": case.handling}
        )
    chosen = chosen_of(case, items, by)
    if not leave_out:
        require_free(Door.BUNDLE, chosen or Item.objects.visible_to(by).filter(case=case))
    bundle = Bundle(case=case, requested_by=by, language=language, up_to=up_to)
    bundle.for_agency, bundle.clearance = for_agency, clearance
    require_may_go(bundle)
    if for_agency and not may_leave(case.handling, bundle):
        raise Refused(_("The case itself is not releasable to this agency."))
    bundle.exhibits = sorted(item.pk for item in chosen)
    bundle.label = label_for([item.own_handling for item in chosen])
    bundle.save()
    numbers = sorted(item.exhibit_no for item in chosen)
    line = record(by, "reports.bundle_requested", bundle, exhibits=numbers, up_to=up_to)
    bundle.request_position = line.position
    bundle.save(update_fields=["request_position"])
    jobs.ask(MAKE, bundle.pk)
    return bundle


def chosen_of(case: Case, items: Collection[Item], by: User) -> list[Item]:
    """The exhibits that are named, each of which whoever asks must see."""
    keys = {item.pk for item in items}
    chosen = list(Item.objects.visible_to(by).filter(case=case, pk__in=keys))
    if len(chosen) != len(keys):
        raise Refused(_("One of these exhibits is not, or no longer, yours to see."))
    return chosen


def label_for(handlings: Collection[Handling]) -> Label | None:
    """The label of something made of parts that are handled so."""
    handling = joined(handlings)
    return None if handling == Handling() else Label.for_handling(handling)


def waits_for_maker(bundle: Bundle) -> bool:
    """True while nobody makes it: not yet, or because whoever did has died."""
    return jobs.is_idle(MAKE, bundle.pk)


@transaction.atomic
def note_bundle_download(bundle: Bundle, *, by: User) -> None:
    """Leave a line that the bundle went out."""
    bundle.case.require(by, Duty.CERTIFY)
    require_may_go(bundle)
    record(by, "reports.bundle_downloaded", bundle, sha256=bundle.sha256)
    note_for_agency(bundle, SENT_TO_AGENCY, named([bundle]))


def require_may_go(bundle: Bundle) -> None:
    """One for an agency waits for the end of an embargo; of its case every other one says so."""
    if bundle.for_agency_id:
        require_no_embargo(bundle.case, Outlet.AGENCY)


def note_for_agency(bundle: Bundle, act: str, records: Collection[Named]) -> None:
    """Tell in the log of partners what was packed for an agency, or went to it."""
    if agency := bundle.for_agency:
        door = PartnerDoor.BUNDLE
        note_sent_to_agency(bundle, agency, act=act, door=door, records=records)


def make_bundle(bundle: Bundle, *, lease: jobs.Lease = jobs.BY_HAND) -> Bundle:
    """Make the file; safe to run twice, late, or after a worker was killed in the middle of it."""
    require_certifier(bundle)
    tell(bundle, lease, Bundle.Step.SEALING, 0, 1)
    anchor = seal_of(bundle)

    def say(step: str, done: int, total: int) -> None:
        tell(bundle, lease, step, done, total)

    return enter_bundle(bundle, pack(bundle, anchor, say), anchor, lease=lease)


def require_certifier(bundle: Bundle) -> None:
    """Whoever asked must have the right to it still."""
    asked_by, case = bundle.requested_by, bundle.case
    if not (case.is_read_whole_by(asked_by) and Duty.CERTIFY in case.duties(asked_by)):
        raise jobs.GivenUp(NO_LONGER_ALLOWED)
    if bundle.for_agency_id and case.is_under_embargo:
        raise jobs.GivenUp(UNDER_EMBARGO)


def seal_of(bundle: Bundle) -> Anchor | None:
    """The checkpoint to prove against; after a while the bundle goes without a better one."""
    waited_enough = timezone.now() - bundle.created_at > PATIENCE
    anchor = newest_of(bundle.case_id, bundle.request_position)
    if anchor and (anchor.stamped_at or not anchor.awaits_stamp or waited_enough):
        return anchor
    if not waited_enough:
        raise NotSealedYet(_("The ledger is not sealed so far yet."))
    return newest_of(bundle.case_id)


def tell(bundle: Bundle, lease: jobs.Lease, step: str, done: int, total: int) -> None:
    """Say how far it is, for whoever waits for it, unless another attempt has overtaken this."""
    with system_scope("how far it is is told while it is read as whoever asked for it"):
        lease.renew()
        Bundle.objects.unmade().filter(pk=bundle.pk).update(
            state=Bundle.State.PACKING, step=step, done=done, total=total
        )


@transaction.atomic
def enter_bundle(
    bundle: Bundle, packed: Packed, anchor: Anchor | None, *, lease: jobs.Lease
) -> Bundle:
    """Write the finished archive into its row, and its digest into the ledger."""
    bundle = Bundle.objects.select_for_update(no_key=True).get(pk=bundle.pk)
    if bundle.is_ready:
        return bundle
    write_down(bundle, packed, anchor)
    record(
        None,
        "reports.bundle_made",
        bundle,
        sha256=bundle.sha256,
        size=bundle.size,
        files=bundle.files,
        lines=bundle.lines,
        withheld=bundle.withheld,
        ledger_position=bundle.ledger_position,
        marking=bundle.marking,
    )
    note_for_agency(bundle, PACKED_FOR_AGENCY, packed.named)
    lease.complete()
    return bundle


def write_down(bundle: Bundle, packed: Packed, anchor: Anchor | None) -> None:
    """Enter the finished file in its row; from here on it is never changed."""
    bundle.state, bundle.step, bundle.failure = Bundle.State.READY, Bundle.Step.DONE, ""
    bundle.done = bundle.total = packed.files
    bundle.sha256, bundle.size = packed.kept.sha256, packed.kept.size
    bundle.files, bundle.lines, bundle.withheld = packed.files, packed.lines, packed.withheld
    if anchor:
        bundle.ledger_position = anchor.checkpoint.size
        bundle.anchored_at = anchor.stamped_at
    bundle.label = label_for([*packed.handlings, bundle.own_handling])
    bundle.marking = bundle.handling.tlp
    bundle.finished_at = timezone.now()
    bundle.save()


@transaction.atomic
def give_up_bundle(bundle: Bundle, reason: str) -> Bundle:
    """Say that it failed, and why if that may be told; whoever needs it asks for another one."""
    bundle = Bundle.objects.select_for_update(no_key=True).get(pk=bundle.pk)
    if bundle.is_unfinished:
        bundle.state, bundle.failure = Bundle.State.FAILED, reason
        bundle.finished_at = timezone.now()
        bundle.save(update_fields=["state", "failure", "finished_at"])
        record(None, "reports.bundle_failed", bundle, reason=reason)
    return bundle
