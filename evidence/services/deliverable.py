"""Deliverables under an agreement: what is expected and until when, and what came."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.zones import today
from evidence.models import Deliverable, File, LabExam
from evidence.services.deployment import lock_agreement
from investigations.models import AssistanceOffer, Duty
from investigations.services.label import rest_on
from ledger.services import record


class Received(TypedDict, total=False):
    """What came, and when."""

    received_on: date
    file: File | None
    exam: LabExam | None
    remarks: str


@transaction.atomic
def expect_deliverable(
    offer: AssistanceOffer, *, by: User, what: str, due: date | None = None
) -> Deliverable:
    """Write down what the agency is to hand over, and until when."""
    offer = lock_agreement(offer, by)
    deliverable = Deliverable(case=offer.case, offer=offer, what=what.strip(), due=due)
    deliverable.full_clean()
    deliverable.save(force_insert=True)
    record(by, "evidence.deliverable_expected", deliverable, offer=offer.ref, due=str(due or ""))
    return deliverable


@transaction.atomic
def receive_deliverable(
    deliverable: Deliverable, *, by: User, **came: Unpack[Received]
) -> Deliverable:
    """It came: which file or examination it is, or in words what it was."""
    deliverable = Deliverable.objects.locked_for(by, deliverable)
    deliverable.case.require(by, Duty.LOG_EVIDENCE)
    if deliverable.is_received:
        raise Refused(_("It was received already."))
    file, exam = came.get("file"), came.get("exam")
    remarks = came.get("remarks", "").strip()
    require_came(deliverable, file, exam, remarks)
    deliverable.received_on = came.get("received_on") or today()
    if deliverable.received_on > today():
        raise Refused(_("It cannot have come on a day that has not come yet."))
    deliverable.file, deliverable.exam, deliverable.remarks = file, exam, remarks
    deliverable.received_by = by
    deliverable.version += 1
    deliverable.full_clean()
    deliverable.save()
    rest_on(deliverable, [row for row in (file, exam) if row is not None])
    record(
        by,
        "evidence.deliverable_received",
        deliverable,
        received_on=str(deliverable.received_on),
        file=file.sha256 if file else "",
        exam=exam.ref if exam else "",
    )
    return deliverable


def require_came(
    deliverable: Deliverable, file: File | None, exam: LabExam | None, remarks: str
) -> None:
    """Something came, and what came is of this case."""
    if file is None and exam is None and not remarks:
        raise Refused(_("Name the file or the examination that came, or say in words what it was."))
    if any(row is not None and row.case_id != deliverable.case_id for row in (file, exam)):
        raise Refused(_("The file or the examination belongs to another case."))
