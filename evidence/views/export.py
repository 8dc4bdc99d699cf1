"""The lists of exhibits, and of what is done with them, as tables to take away.

Each is a deed, not a reading: that the rows went out stands in the ledger, hence no GET.
"""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.export import Taken, unmarked
from evidence.forms import (
    ExamFilterForm,
    ItemFilterForm,
    TraceFilterForm,
    WeaponInstanceFilterForm,
)
from evidence.models import File, Item, LabExam, Loan, RightOfReply, StoragePlace, WeaponInstance
from evidence.models.trace_request import TraceRequest
from evidence.tables import unbound_taken
from evidence.views.loan import loans_asked
from evidence.views.right_of_reply import offers_asked
from investigations.models import Case
from investigations.tables import Listed, taken_away

ITEMS: Listed[Item] = Listed(
    "exhibits",
    "evidence.items_exported",
    [
        (_("Exhibit"), lambda row: row.exhibit_no),
        (_("What it is"), lambda row: row.description),
        (_("Kind"), lambda row: row.kind),
        (_("Incident"), lambda row: row.incident.ref),
        (_("Theatre"), lambda row: row.incident.theatre),
        (_("Status"), lambda row: row.get_status_display()),
        (_("Condition"), lambda row: row.get_condition_display()),
        (_("Quantity"), lambda row: row.quantity),
        (_("Recovered"), lambda row: row.recovered_at),
        (_("Time known to"), lambda row: row.get_recovered_precision_display()),
        (_("Recovered by"), lambda row: row.recovered_by),
        (_("Holder"), lambda row: row.holder),
        (_("Kept at"), lambda row: row.kept_at),
        (_("Seal"), lambda row: row.seal_no),
        (_("Entered"), lambda row: row.created_at),
        (_("Case"), lambda row: row.case.ref),
    ],
)

LOANS: Listed[Loan] = Listed(
    "loans",
    "evidence.loans_exported",
    [
        (_("Exhibit"), lambda row: row.item.exhibit_no),
        (_("Loan or export"), lambda row: row.get_way_display()),
        (_("To whom"), lambda row: row.party),
        (_("Country"), lambda row: row.country),
        (_("For what"), lambda row: row.purpose),
        (_("Legal basis"), lambda row: row.legal_basis),
        (_("State"), lambda row: row.state.label),
        (_("Asked by"), lambda row: row.asked_by),
        (_("Due back"), lambda row: row.due),
        (_("Handed out"), lambda row: row.out_at),
        (_("Came back"), lambda row: row.back_at),
        (_("Condition on return"), lambda row: row.condition_back),
        (_("Case"), lambda row: row.case.ref),
    ],
)

WEAPONS: Listed[WeaponInstance] = Listed(
    "weapons",
    "evidence.weapons_exported",
    [
        (_("Weapon"), lambda row: row.ref),
        (_("Weapon model"), lambda row: row.model),
        (_("How sure"), lambda row: row.get_model_confidence_display() if row.model else ""),
        (_("Type"), lambda row: row.get_type_display()),
        (_("Name as marked"), lambda row: row.name_as_marked),
        (_("Tail number"), lambda row: row.tail_number),
        (_("Production number"), lambda row: row.production_number),
        (_("Propulsion"), lambda row: row.get_propulsion_display()),
        (_("Features"), lambda row: row.variant_features),
        (_("Incident"), lambda row: row.incident.ref),
        (_("Theatre"), lambda row: row.incident.theatre),
        (_("Case"), lambda row: row.case.ref),
    ],
)

EXAMS: Listed[LabExam] = Listed(
    "examinations",
    "evidence.exams_exported",
    [
        (_("Examination"), lambda row: row.ref),
        (_("Discipline"), lambda row: row.get_discipline_display()),
        (_("Question"), lambda row: row.question),
        (_("Laboratory"), lambda row: row.laboratory),
        (_("State"), lambda row: row.get_state_display()),
        (_("Requested by"), lambda row: row.requested_by),
        (_("Requested"), lambda row: row.requested_at),
        (_("Needed by"), lambda row: row.due),
        (_("Examiner"), lambda row: row.examiner_text),
        (_("Finished"), lambda row: row.finished_at),
        (_("Result"), lambda row: row.result),
        (_("Conclusion"), lambda row: row.support_text),
        (_("Case"), lambda row: row.case.ref),
    ],
)

TRACES: Listed[TraceRequest] = Listed(
    "trace-requests",
    "evidence.traces_exported",
    [
        (_("Request"), lambda row: row.ref),
        (_("Recipient"), lambda row: row.recipient),
        (_("Who is asked"), lambda row: row.get_recipient_kind_display()),
        (_("Channel"), lambda row: row.get_channel_display()),
        (_("Country"), lambda row: row.country),
        (_("Question"), lambda row: row.question),
        (_("State"), lambda row: row.state_text),
        (_("Sent"), lambda row: row.sent_at),
        (_("Answer due"), lambda row: row.due),
        (_("Their reference"), lambda row: row.their_reference),
        (_("Who follows it up"), lambda row: row.owner),
        (_("Case"), lambda row: row.case.ref),
    ],
)

REPLIES: Listed[RightOfReply] = Listed(
    "right-of-reply",
    "evidence.replies_exported",
    [
        (_("Company"), lambda row: row.company),
        (_("State"), lambda row: row.get_state_display()),
        (_("Offered by way of"), lambda row: row.get_channel_display()),
        (_("What was put to it"), lambda row: row.text),
        (_("Offered"), lambda row: row.offered_at),
        (_("Offered by"), lambda row: row.offered_by),
        (_("Answer due"), lambda row: row.due),
        (_("Answered"), lambda row: row.answered_at),
        (_("Answer"), lambda row: row.answer),
        (_("Case"), lambda row: row.case.ref),
    ],
)

FILES: Listed[File] = Listed(
    "files-to-sort",
    "evidence.files_exported",
    [
        (_("File"), lambda row: row.name),
        (_("Size"), lambda row: row.size),
        (_("SHA-256"), lambda row: row.sha256),
        (_("State"), lambda row: row.get_state_display()),
        (_("Taken, as claimed"), lambda row: row.claimed_taken_at),
        (_("Received by"), lambda row: row.received_by),
        (_("Received"), lambda row: row.created_at),
        (_("Case"), lambda row: row.case.ref),
    ],
)

PLACES: list[Taken[StoragePlace]] = [
    (_("Place"), lambda row: row.path),
    (_("Kind"), lambda row: row.get_kind_display()),
    (_("Agency"), lambda row: row.agency),
    (_("Capacity"), lambda row: row.capacity),
    (_("Licensed for explosives"), lambda row: _("yes") if row.takes_explosives else _("no")),
    (_("Climate"), lambda row: row.climate),
    (_("Coordinates"), lambda row: row.coordinates),
    (_("Closed"), lambda row: row.retired_at),
]


@open_to(SIGNED_IN)
@require_POST
def item_export(request: SignedInRequest) -> HttpResponseBase:
    form = ItemFilterForm(request.GET, user=request.user)
    rows = form.narrow(Item.objects.visible_to(request.user)).with_lists().order_by("-id")
    return unbound_taken(request, rows, ITEMS, "pk", at="evidence:item_list")


@open_to(SIGNED_IN)
@require_POST
def loan_export(request: SignedInRequest) -> HttpResponseBase:
    rows = loans_asked(request).order_by("-id")
    return unbound_taken(request, rows, LOANS, "item", at="evidence:loan_list")


@open_to(SIGNED_IN)
@require_POST
def weaponinstance_export(request: SignedInRequest) -> HttpResponseBase:
    form = WeaponInstanceFilterForm(request.GET, user=request.user)
    rows = form.narrow(WeaponInstance.objects.visible_to(request.user)).with_lists()
    at = "evidence:weaponinstance_list"
    return unbound_taken(request, rows.order_by("-id"), WEAPONS, "exhibits", at=at)


@open_to(SIGNED_IN)
@require_POST
def labexam_export(request: SignedInRequest) -> HttpResponseBase:
    form = ExamFilterForm(request.GET, user=request.user)
    rows = form.narrow(LabExam.objects.visible_to(request.user)).with_lists().order_by("-id")
    return unbound_taken(request, rows, EXAMS, "exhibits", at="evidence:labexam_list")


@open_to(SIGNED_IN)
@require_POST
def tracerequest_export(request: SignedInRequest) -> HttpResponseBase:
    form = TraceFilterForm(request.GET, user=request.user)
    rows = form.narrow(TraceRequest.objects.visible_to(request.user)).with_lists()
    path, at = "components__item", "evidence:tracerequest_list"
    return unbound_taken(request, rows.order_by("-id"), TRACES, path, at=at)


@open_to(SIGNED_IN)
@require_POST
def rightofreply_export(request: SignedInRequest) -> HttpResponseBase:
    return taken_away(request, offers_asked(request).order_by("-id"), REPLIES)


@open_to(SIGNED_IN)
@require_POST
def unsorted_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    rows = File.objects.visible_to(request.user).filter(case=case).unassigned()
    return taken_away(request, rows.select_related("case", "received_by").order_by("-id"), FILES)


@open_to(SIGNED_IN)
@require_POST
def place_export(request: SignedInRequest) -> HttpResponseBase:
    rows = StoragePlace.objects.visible_to(request.user).with_path().order_by("id")
    return unmarked(request, rows.iterator(), PLACES, name="storage")
