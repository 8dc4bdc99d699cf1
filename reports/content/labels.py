"""What stands on the label of an exhibit: enough to find it, nothing a corridor may not read."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.utils import translation

from accounts.models import User
from accounts.templatetags.handling import caveats
from core.markings import TLP_ORDER, Clearance, Handling, Tlp
from evidence.models import Caveat, Item, StoragePlace
from evidence.services.caveat import caveats_over
from investigations.models import Case
from reports.content.phrases import _, label
from reports.content.reading import Reading
from reports.models import Report
from reports.typesetting.labels import Label, Sheet, fits_bars

LONGEST_TITLE = 90
Addressed = Callable[[UUID], str]
"""The absolute address that the code of a thing with this key is to hold."""


def sheet_of(labels: list[Label]) -> Sheet:
    """Labels under their fixed words, in the language that is active now."""
    language = translation.get_language() or Report.Language.ENGLISH
    return {
        "language": language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "title": _("Labels"),
        "qr_words": _("QR code:"),
        "bars_words": _("Code 128:"),
        "labels": labels,
    }


def labels_of(items: Iterable[Item], reader: User, address: Addressed) -> list[Label]:
    """The label of each exhibit; of each case the names that are held back are read once."""
    readings: dict[UUID, Reading] = {}
    made, items = [], list(items)
    over = caveats_over({item.case_id for item in items})
    for item in items:
        reading = readings.setdefault(item.case_id, reading_of(item.case, reader))
        made.append(label_of(item, reading, address(item.pk), over.get(item.pk, [])))
    return made


def reading_of(case: Case, reader: User) -> Reading:
    """A case as it is read to be printed by this person."""
    return Reading(Report(case=case, requested_by=reader))


def label_of(item: Item, reading: Reading, address: str, bound_by: Sequence[Caveat] = ()) -> Label:
    """Case and number, what it is as far as that may be told, its dangers and its seal.

    Under a caveat it is not told what it is, and the caveat stands in its place for whoever
    takes the package up.
    """
    handling = item.handling
    bars = item.scanned_as
    held_to = dict.fromkeys(label(caveat.get_kind_display()) for caveat in bound_by)
    return {
        "above": item.case.ref,
        "number": item.exhibit_no,
        "title": _("Description withheld") if bound_by else title_of(item, reading),
        "marking": str(handling),
        "caveats": " · ".join([*(label(word) for word in caveats(handling)), *held_to]),
        "hazards": [label(word) for word in item.hazard_names],
        "seal": _("Seal %(seal)s") % {"seal": item.seal_no} if item.is_sealed else "",
        "qr": address,
        "bars": bars if fits_bars(bars) else "",
    }


def label_of_place(place: StoragePlace, address: str) -> Label:
    """The label of a room, shelf or box: its name, its way, and what may lie there."""
    return {
        "above": str(place.agency),
        "number": place.name,
        "title": place.path,
        "marking": "",
        "caveats": place.climate,
        "hazards": [_("licensed for explosives")] if place.takes_explosives else [],
        "seal": "",
        "qr": address,
        "bars": "",
    }


def title_of(item: Item, reading: Reading) -> str:
    """The short description, or that it is not told: whoever passes the shelf reads a label."""
    if not may_be_passed_by(item.handling):
        return _("Description withheld")
    said = reading.neutral(item.description)
    return said if len(said) <= LONGEST_TITLE else f"{said[: LONGEST_TITLE - 1].rstrip()}…"


def may_be_passed_by(handling: Handling) -> bool:
    """True up to TLP:AMBER, without clearance, compartment or limit to some agencies."""
    freely = TLP_ORDER.index(handling.tlp) <= TLP_ORDER.index(Tlp.AMBER)
    bound = handling.compartments or handling.releasable_to
    return freely and handling.clearance == Clearance.NONE and not bound
