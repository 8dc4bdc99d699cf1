"""Samples: a part of an exhibit is taken for an examination, and the rest is accounted for."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.scope import system_scope
from evidence.models import Item, LabExam
from evidence.models.custody_event import CustodyKind
from evidence.models.exam_words import ExamState
from evidence.services.custody import require_open_in_hand
from evidence.services.custody_event import enter
from evidence.services.item import ItemFacts, amend_item
from evidence.services.item_logging import log_item, numbers_taken
from evidence.services.lab_exam import lock_exam, require_state
from evidence.services.lab_result import require_examiner
from investigations.services.label import rest_on
from ledger.services import record


@transaction.atomic
def take_sample(
    exam: LabExam,
    item: Item,
    *,
    by: User,
    description: str,
    quantity: int | None = None,
    mass_g: Decimal | None = None,
) -> Item:
    """Take pieces or grams of an exhibit as an exhibit of its own; the parent keeps the rest.

    Its number is the parent's with -S1, -S2 … behind it. Something always remains: whoever takes
    everything hands the exhibit itself over.
    """
    exam = lock_exam(exam, by)
    require_examiner(exam, by)
    require_state(exam, ExamState.BEGUN)
    item = Item.objects.locked_for(by, item)
    if not exam.exhibits.visible_to(by).filter(pk=item.pk).exists():
        raise Refused(_("This exhibit is not part of the examination."))
    require_open_in_hand(item, by)
    rest = what_remains(item, quantity, mass_g)
    taken = sample_of(item, description, quantity, mass_g)
    number = next_sample_number(item)
    sample = log_item(item.case, by=by, exhibit_no=number, out_of=item, **taken)
    amend_item(item, by=by, version=item.version, **rest)
    purpose = f"{exam.ref}: {sample.exhibit_no}"
    enter(item, CustodyKind.SUB_SAMPLED, by=by, purpose=purpose, mass_g=rest.get("mass_g"))
    exam.samples.add(sample)
    rest_on(exam, [sample])
    record(
        by,
        "evidence.sample_taken",
        sample,
        exam=exam.ref,
        parent=item.exhibit_no,
        quantity=str(quantity or ""),
        mass_g=str(mass_g or ""),
        remaining={name: str(value) for name, value in rest.items()},
    )
    return sample


def sample_of(
    item: Item, description: str, quantity: int | None, mass_g: Decimal | None
) -> ItemFacts:
    """What is known of a sample: all that was known of where the exhibit comes from."""
    return {
        "parent": item,
        "incident": item.incident,
        "site": item.site,
        "kind": item.kind,
        "description": description,
        "recovered_at": item.recovered_at,
        "recovered_precision": item.recovered_precision,
        "recovered_as_stated": item.recovered_as_stated,
        "recovered_by": item.recovered_by,
        "acquisition": item.acquisition,
        "hazards": item.hazards,
        "quantity": quantity or 1,
        "unit": item.unit if quantity else "",
        "mass_g": mass_g,
        "no_in_situ_reason": _("Sample of %(exhibit)s") % {"exhibit": item.exhibit_no},
    }


def what_remains(item: Item, quantity: int | None, mass_g: Decimal | None) -> ItemFacts:
    """The quantity and the mass that the parent keeps; never less than something."""
    if not quantity and not mass_g:
        raise Refused(_("Say how much is taken: pieces, or grams."))
    rest: ItemFacts = {}
    if quantity:
        if quantity >= item.quantity:
            raise Refused(
                _("There are %(there)s, and something must remain: take fewer than that.")
                % {"there": f"{item.quantity} {item.unit}".strip()}
            )
        rest["quantity"] = item.quantity - quantity
    if mass_g:
        if item.mass_g is None:
            raise Refused(_("The mass of the exhibit is not recorded: weigh it first."))
        if mass_g >= item.mass_g:
            raise Refused(
                _("There are %(there)s g, and something must remain: take less than that.")
                % {"there": item.mass}
            )
        rest["mass_g"] = item.mass_g - mass_g
    return rest


def next_sample_number(item: Item) -> str:
    """The parent's number with the next free -S1, -S2 …; the parent is locked."""
    number = 1
    with system_scope("a number is given once among all exhibits of a case, seen or not"):
        while numbers_taken(item.case, [f"{item.exhibit_no[:25]}-S{number}"]):
            number += 1
    return f"{item.exhibit_no[:25]}-S{number}"
