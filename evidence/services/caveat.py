"""Caveats on exhibits: adding them, lifting them with consent, and asking what they keep back.

Whatever takes something of an exhibit out of the team asks `require_free` first. A caveat binds
whoever may see it, so that it is read in the program's own name.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from core.errors import Refused
from core.scope import system_scope
from core.zones import today
from evidence.models import Caveat, CaveatKind, Door, File, Item
from evidence.models.caveat import stopping
from investigations.models import Case, Duty
from ledger.services import record

MOST_NAMED = 20
Held = dict[UUID, list[Caveat]]


@dataclass(frozen=True)
class Bound:
    """An exhibit that may not leave, and the caveats that keep it."""

    item: Item
    caveats: list[Caveat]

    def __str__(self) -> str:
        words = dict.fromkeys(str(caveat) for caveat in self.caveats)
        return f"{self.item.exhibit_no} ({'; '.join(words)})"


@transaction.atomic
def add_caveat(item: Item, *, by: User, kind: str, agency: Agency, reason: str) -> Caveat:
    """Bind an exhibit, and all its parts, to what the agency it came from allows."""
    item = Item.objects.locked_for(by, item)
    item.require(by, Duty.LOG_EVIDENCE)
    if not reason.strip():
        raise Refused(_("Say why."))
    if item.case.is_contributed_to_by(by) and agency.pk != by.agency_id:
        raise Refused(_("You speak for your own agency alone."))
    if stands(item, kind, agency):
        raise Refused(_("This caveat stands already."))
    caveat = Caveat(
        case=item.case, item=item, kind=kind, agency=agency, reason=reason.strip(), added_by=by
    )
    caveat.full_clean()
    caveat.save(force_insert=True)
    record(
        by,
        "evidence.caveat_added",
        caveat,
        exhibit_no=item.exhibit_no,
        item=str(item.pk),
        caveat=caveat.kind,
        agency=str(agency.pk),
    )
    return caveat


@transaction.atomic
def bind_as_recalled(item: Item, *, agency: Agency, reason: str) -> None:
    """The agency that sent it takes it back: it stays, and goes to nobody else from now on.

    No person of ours does this: it is the agency's own word, signed by its installation.
    """
    kind = CaveatKind.NO_ONWARD
    if stands(item, kind, agency):
        return
    caveat = Caveat(case=item.case, item=item, kind=kind, agency=agency, reason=reason)
    caveat.full_clean()
    caveat.save(force_insert=True)
    record(
        None,
        "evidence.caveat_added",
        caveat,
        exhibit_no=item.exhibit_no,
        item=str(item.pk),
        caveat=str(kind),
        agency=str(agency.pk),
    )


def stands(item: Item, kind: str, agency: Agency) -> bool:
    """True when this agency holds to the very same about this exhibit already."""
    with system_scope("a caveat stands once, whoever may see it"):
        return Caveat.objects.filter(item=item, kind=kind, agency=agency).standing().exists()


@transaction.atomic
def lift_caveat(
    caveat: Caveat, *, by: User, consented_by: str, consented_on: date, consent_ref: str
) -> Caveat:
    """Write down that the agency consents: one of its people does, or the lead from a document.

    Nobody lifts it without saying who consented for the agency, when, and where that is written.
    """
    caveat = Caveat.objects.locked_for(by, caveat)
    require_lifter(caveat, by)
    if not caveat.is_standing:
        raise Refused(_("This caveat was lifted already."))
    if not consented_by.strip() or not consent_ref.strip():
        raise Refused(_("Say who consented for the agency, and in which document."))
    if consented_on > today():
        raise Refused(_("The consent cannot come from a day that has not come yet."))
    caveat.consented_by, caveat.consent_ref = consented_by.strip(), consent_ref.strip()
    caveat.consented_on, caveat.lifted_by = consented_on, by
    caveat.lifted_at = timezone.now()
    caveat.full_clean()
    caveat.save()
    record(
        by,
        "evidence.caveat_lifted",
        caveat,
        exhibit_no=caveat.item.exhibit_no,
        caveat=caveat.kind,
        agency=str(caveat.agency_id),
        consented_by=caveat.consented_by,
        consented_on=str(consented_on),
        consent=caveat.consent_ref,
    )
    return caveat


def require_lifter(caveat: Caveat, by: User) -> None:
    """Raise PermissionDenied unless `by` is of that agency with work on the case, or leads it."""
    if not may_lift(caveat, by):
        caveat.case.require(by, Duty.MANAGE)


def may_lift(caveat: Caveat, user: User) -> bool:
    """Whether `require_lifter` would let this person."""
    duties = caveat.case.duties(user)
    return Duty.MANAGE in duties or (user.agency_id == caveat.agency_id and bool(duties))


def caveats_over(cases: Iterable[UUID], door: Door | None = None) -> Held:
    """For each exhibit of these cases what binds it: its own caveats, and those of its wholes.

    With `door`, only those that keep it from leaving by that way.
    """
    with system_scope("a caveat binds whoever may see it"):
        rows = Caveat.objects.standing().filter(case__in=set(cases)).select_related("agency")
        if door is not None:
            rows = rows.filter(kind__in=stopping(door))
        found: Held = defaultdict(list)
        for caveat in rows.order_by("id"):
            found[caveat.item_id].append(caveat)
        spread(found)
    return dict(found)


def spread(found: Held) -> None:
    """Let parts be bound by what binds the whole, to any depth; one question a level."""
    level = {key: list(caveats) for key, caveats in found.items()}
    while level:
        below: Held = {}
        parts = Item.objects.filter(parent__in=list(level)).values_list("pk", "parent_id")
        for key, above in parts:
            new = [each for each in level[above] if each not in found[key]] if above else []
            if new:
                found[key] += new
                below[key] = new
        level = below


def caveats_of(item: Item) -> list[Caveat]:
    """What binds one exhibit now: its own caveats, then those of what it is part of."""
    return [caveat for caveat in caveats_met(item) if caveat.is_standing]


def caveats_met(item: Item) -> list[Caveat]:
    """Every caveat on an exhibit and on the way up to its whole, those that were lifted too."""
    with system_scope("a caveat binds whoever may see it"):
        keys, above = [item.pk], item.parent_id
        while above is not None and above not in keys:
            keys.append(above)
            above = Item.objects.filter(pk=above).values_list("parent", flat=True).first()
        rows = Caveat.objects.filter(item__in=keys).with_lists()
        return sorted(rows, key=lambda caveat: (keys.index(caveat.item_id), caveat.pk))


def bound_among(door: Door, items: Iterable[Item]) -> list[Bound]:
    """Those of these exhibits that may not leave by this door, each with what keeps it."""
    if isinstance(items, QuerySet):
        cases = set(items.order_by().values_list("case", flat=True).distinct())
        over = caveats_over(cases, door)
        items = items.filter(pk__in=list(over)).order_by("exhibit_no") if over else []
    else:
        items = list(items)
        over = caveats_over({item.case_id for item in items}, door)
    return [Bound(item, over[item.pk]) for item in items if item.pk in over]


def require_free(door: Door, items: Iterable[Item]) -> None:
    """Refuse to let any of these exhibits out that a caveat keeps here, and say which and why."""
    bound = bound_among(door, items)
    if bound:
        named = ", ".join(str(each) for each in bound[:MOST_NAMED])
        more = "…" if len(bound) > MOST_NAMED else ""
        raise Refused(
            _(
                "A caveat keeps these from leaving: %(exhibits)s. Leave them out, or have the "
                "agency consent and record that on the page of the exhibit."
            )
            % {"exhibits": named + more}
        )


def caveats_against(file: File, taker: User) -> list[Caveat]:
    """What keeps this person from taking the original of a file away; nothing where one may.

    Looking at it in Vestige is reading, as the team reads everything. Taking it away makes a copy
    that no rule here reaches any more, so that each caveat shuts this door as it shuts that of the
    bundle, with two exceptions. People of the agency that a caveat is of are not kept by it from
    what is their own. Where it is for laboratories alone, whoever examines in the case takes it:
    that is the use it was given for. Control of the originator and no onward release make no such
    exception; the agency consents, and that is recorded.
    """
    return keeping_from(taker, file.case, caveats_over_file(file))


def keeping_from(taker: User, case: Case, over: Iterable[Caveat]) -> list[Caveat]:
    """Those of the caveats over an original that keep it from this person."""
    examines = Duty.EXAMINE in case.duties(taker)
    shut = stopping(Door.ORIGINAL)
    return [
        caveat
        for caveat in over
        if caveat.kind in shut
        and caveat.agency_id != taker.agency_id
        and not (examines and caveat.kind == CaveatKind.LABORATORY)
    ]


def caveats_over_file(file: File) -> list[Caveat]:
    """What shuts the way of the original of a file: it may be of an exhibit, or made from such."""
    with system_scope("a caveat binds whoever may see it"):
        items, above = {file.item_id}, file.derived_from_id
        while above is not None:
            found = File.objects.filter(pk=above).values_list("item", "derived_from")
            item, above = found.first() or (None, None)
            items.add(item)
    over = caveats_over([file.case_id], Door.ORIGINAL)
    met = [caveat for item in items if item is not None for caveat in over.get(item, [])]
    return list(dict.fromkeys(met))


def require_takeable(file: File, taker: User) -> None:
    """Refuse to let this person take an original away that a caveat keeps here, and say whose."""
    if against := caveats_against(file, taker):
        words = "; ".join(dict.fromkeys(str(caveat) for caveat in against))
        raise Refused(
            _(
                "A caveat keeps this original here: %(caveats)s. People of that agency take it; "
                "others once the agency consents and that is recorded on the page of the exhibit."
            )
            % {"caveats": words}
        )


def require_still_bound(item: Item, before: Iterable[Caveat]) -> None:
    """A part that is taken from under its whole does not shed the caveats of the whole."""
    over = list(before)
    if not over:
        return
    now = {caveat.pk for caveat in caveats_of(item)}
    if shed := [caveat for caveat in over if caveat.pk not in now]:
        words = ", ".join(str(caveat) for caveat in shed)
        raise Refused(
            _("It is under a caveat as a part: %(caveats)s. It stays a part of what it is of.")
            % {"caveats": words}
        )
