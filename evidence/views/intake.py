"""Intake in the browser: files come in, are verified, and are sorted into exhibits."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.forms import BaseForm
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from core.http import UNPROCESSABLE, answer, attempt
from core.listing import Column, Page, page_of
from core.markings import joined
from evidence import services
from evidence.forms import AssignForm, DescribeForm, NewExhibitForm, UploadForm
from evidence.http import as_json, wants_json
from evidence.models import File, Upload, exhibits_with
from evidence.models.vocabulary import FileState
from evidence.views.receiving import receive, tell_person, told_to_script
from investigations.http import crumbs_to
from investigations.models import Case, Duty

PAGE, PART = "evidence/intake.html", "evidence/_intake_files.html"
ENTERING = {Duty.LOG_EVIDENCE, Duty.CONTRIBUTE}
"""Either lets one bring files in."""
MOST_UNFINISHED = 500
COLUMNS = [
    Column(_lazy("Picture"), hidden=True),
    Column(_lazy("File"), "name"),
    Column(_lazy("Size"), "size", number=True),
    Column(_lazy("State"), "state"),
    Column(_lazy("Taken, as claimed"), "claimed_taken_at"),
    Column(_lazy("Place, as claimed")),
    Column(_lazy("Received"), "id"),
]


@open_to(SIGNED_IN)
@require_GET
def intake_list(request: SignedInRequest) -> HttpResponse:
    unsorted = (
        File.objects.visible_to(request.user)
        .unassigned()
        .values("case")
        .annotate(unassigned=Count("id"), waiting=Count("id", filter=Q(state=FileState.WAITING)))
    )
    counts = {row["case"]: row for row in unsorted}
    cases = Case.objects.visible_to(request.user).titled_for(request.user).still_open()
    rows = [{**counts.get(case.pk, {}), "case": case} for case in cases]
    handlings = [case.handling for case in cases]
    context = {"rows": rows, "marking": joined(handlings) if handlings else ""}
    return render(request, "evidence/intake_list.html", context)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def intake(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    if request.method == "GET":
        return answer(request, intake_page(request, case), page=PAGE, part=PART)
    case.require(request.user, *ENTERING)
    form = UploadForm(request.POST, request.FILES)
    received = receive(request, form, case)
    if wants_json(request):
        return told_to_script(received)
    tell_person(request, received)
    if not received.refusals:
        return redirect("evidence:intake", case.pk)
    context = intake_page(request, case, upload_form=form)
    return render(request, PAGE, context, status=UNPROCESSABLE)


@open_to(SIGNED_IN)
@require_POST
def intake_assign(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """The chosen files go to an exhibit that exists."""
    case = case_to_sort(request, case_id)
    form = AssignForm(request.POST, case=case, user=request.user)
    item, status = attempt(
        form,
        lambda: services.assign_files(
            chosen_files(request, case), form.cleaned_data["item"], by=request.user
        ),
    )
    if item is not None:
        return redirect("evidence:item_detail", item.pk)
    return render(request, PAGE, intake_page(request, case, assign_form=form), status=status)


@open_to(SIGNED_IN)
@require_POST
def intake_log(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """The chosen files make a new exhibit."""
    case = case_to_sort(request, case_id)
    form = NewExhibitForm(request.POST, case=case, user=request.user)
    files = chosen_files(request, case)
    item, status = attempt(
        form,
        lambda: services.log_item_with_files(case, files, by=request.user, **form.cleaned_data),
    )
    if item is not None:
        return redirect("evidence:item_detail", item.pk)
    return render(request, PAGE, intake_page(request, case, new_form=form), status=status)


@open_to(SIGNED_IN)
@require_POST
def intake_describe(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """The same is said of all chosen files."""
    case = case_to_sort(request, case_id)
    form = DescribeForm(request.POST)
    described, status = attempt(
        form,
        lambda: services.describe_files(
            chosen_files(request, case), by=request.user, **form.cleaned_data
        ),
    )
    if described is not None:
        return redirect("evidence:intake", case.pk)
    return render(request, PAGE, intake_page(request, case, describe_form=form), status=status)


@open_to(SIGNED_IN)
@require_GET
def intake_known(request: SignedInRequest, case_id: UUID) -> JsonResponse:
    """Whether the case holds these bytes already, as far as this person may see."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    seen = File.objects.visible_to(request.user).filter(case=case)
    same = seen.filter(sha256=request.GET.get("sha256", "").lower()).select_related("item")
    file = same.order_by("item__exhibit_no", "id").first()
    if file is None:
        return JsonResponse({})
    file.arrived_before = True
    return JsonResponse(as_json(file, asked_for=None))


def case_to_sort(request: SignedInRequest, case_id: UUID) -> Case:
    """The case, if this person may see it and log evidence in it."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, *ENTERING)
    return case


def chosen_files(request: SignedInRequest, case: Case) -> list[File]:
    """The unassigned files of the case whose rows were ticked."""
    keys = [key for key in request.POST.getlist("files") if is_key(key)]
    seen = File.objects.visible_to(request.user).filter(case=case, pk__in=keys)
    return list(seen.unassigned())


def is_key(text: str) -> bool:
    """True for the text of an identifier."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def intake_page(request: SignedInRequest, case: Case, **forms: BaseForm) -> dict[str, Any]:
    """Everything on the intake page of a case; `forms` are those that were refused."""
    page = unsorted_files(request, case)
    twins = [file.twin.own_handling for file in page.rows if file.twin]
    shown = [case.handling, *(file.own_handling for file in page.rows), *twins]
    return {
        "case": case,
        "title_shown": case.title_for(request.user),
        "marking": joined(shown),
        "crumbs": crumbs_to(case, (_("Intake"), "")),
        "page": page,
        "chosen": set(request.POST.getlist("files")),
        "may_log": bool(ENTERING & case.duties(request.user)),
        "may_table": Duty.LOG_EVIDENCE in case.duties(request.user),
        "upload_form": forms.get("upload_form") or UploadForm(),
        "assign_form": forms.get("assign_form") or AssignForm(case=case, user=request.user),
        "new_form": forms.get("new_form") or NewExhibitForm(case=case, user=request.user),
        "describe_form": forms.get("describe_form") or DescribeForm(),
        "unfinished": unfinished_of(request.user, case),
    }


def unfinished_of(user: User, case: Case) -> list[Upload]:
    """What this person has begun to send for sorting, and not sent to its end."""
    mine = Upload.objects.visible_to(user).sent_by(user).unfinished()
    return list(mine.filter(case=case, item__isnull=True).order_by("id")[:MOST_UNFINISHED])


def unsorted_files(request: SignedInRequest, case: Case) -> Page[File]:
    """The files of a case that belong to no exhibit, each with the exhibit that has its bytes."""
    seen = File.objects.visible_to(request.user).filter(case=case)
    files = seen.unassigned().select_related("received_by")
    page = page_of(request, files, COLUMNS)
    twins = exhibits_with(page.rows, request.user)
    for file in page.rows:
        file.twin = twins.get(file.pk)
    return page
