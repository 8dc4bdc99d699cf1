"""Loans and exports in the browser: asked for, agreed to, out and back, and what is overdue."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.http import OK, answer, attempt
from core.listing import Column, page_of
from evidence import services
from evidence.forms import ExtendLoanForm, HandOutForm, LoanBackForm, LoanFilterForm, LoanForm
from evidence.http import step_to_item
from evidence.models import Item, Loan
from evidence.models.loan import LoanQuerySet, LoanState
from investigations.http import crumbs_to, marking_of, settle
from investigations.models import Duty, Request, RequestKind

LIST, PART = "evidence/loan_list.html", "evidence/_loan_list.html"
PAGE, FORM = "evidence/loan_detail.html", "evidence/record_form.html"
COLUMNS = [
    Column(_("Exhibit"), "item__exhibit_no"),
    Column(_("To whom"), "party"),
    Column(_("State")),
    Column(_("Due back"), "due"),
    Column(_("Handed out"), "out_at"),
]


@open_to(SIGNED_IN)
@require_GET
def loan_list(request: SignedInRequest) -> HttpResponse:
    page, form = page_of(request, loans_asked(request), COLUMNS), LoanFilterForm(request.GET)
    context = {"page": page, "form": form, "marking": marking_of(page.rows)}
    return answer(request, context, page=LIST, part=PART)


def loans_asked(request: SignedInRequest) -> LoanQuerySet:
    """The loans that this person may see, narrowed as the address asks."""
    form = LoanFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows: LoanQuerySet = Loan.objects.visible_to(request.user).with_lists()
    rows = rows.filter(case=asked["case"]) if asked.get("case") else rows
    narrow = {"out": rows.out, "overdue": rows.overdue}.get(asked.get("state", ""))
    return narrow() if narrow else rows


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def loan_create(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user).with_lists(), pk=item_id)
    item.case.require(request.user, Duty.HOLD_EVIDENCE)
    form, status = LoanForm(typed(request), instance=Loan(case=item.case, item=item)), OK
    if request.method == "POST":
        deed = partial(services.ask_to_let_out, item, by=request.user)
        loan, status = attempt(form, lambda: deed(**form.cleaned_data))
        if loan is not None:
            return redirect("evidence:loan_detail", loan.pk)
    return render(request, FORM, form_page(item, form), status=status)


@open_to(SIGNED_IN)
@require_GET
def loan_detail(request: SignedInRequest, loan_id: UUID) -> HttpResponse:
    return render(request, PAGE, loan_page(request, visible(request, loan_id)))


@open_to(SIGNED_IN)
@require_POST
def loan_approve(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    return agree(request, request_id, RequestKind.LET_OUT, services.agree_to_loan)


@open_to(SIGNED_IN)
@require_POST
def loan_extend_approve(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    return agree(request, request_id, RequestKind.EXTEND_LOAN, services.extend_loan)


@open_to(SIGNED_IN)
@require_POST
def loan_out(request: SignedInRequest, loan_id: UUID) -> HttpResponse:
    loan, form = held(request, loan_id), HandOutForm(request.POST)
    deed = partial(services.hand_out, loan, by=request.user)
    return done_to(request, loan.pk, form, lambda: deed(**form.cleaned_data), "loan_out")


@open_to(SIGNED_IN)
@require_POST
def loan_back(request: SignedInRequest, loan_id: UUID) -> HttpResponse:
    loan, form = held(request, loan_id), LoanBackForm(request.POST)
    deed = partial(services.take_loan_back, loan, by=request.user)
    return done_to(request, loan.pk, form, lambda: deed(**form.cleaned_data), "loan_back")


@open_to(SIGNED_IN)
@require_POST
def loan_extend(request: SignedInRequest, loan_id: UUID) -> HttpResponse:
    loan, form = held(request, loan_id), ExtendLoanForm(request.POST)
    deed = partial(services.ask_to_extend, loan, by=request.user)
    return done_to(request, loan.pk, form, lambda: deed(**form.cleaned_data), "loan_extend")


def agree(
    request: SignedInRequest, request_id: UUID, kind: RequestKind, deed: Callable[..., Loan]
) -> HttpResponse:
    """The second person's yes to what was asked for of a loan."""
    rows = Request.objects.visible_to(request.user).filter(kind=kind)
    asked = get_object_or_404(rows, pk=request_id)
    yes = partial(deed, asked, by=request.user)
    return done_to(request, asked.subject_id, forms.Form(request.POST), yes, "agree")


def visible(request: SignedInRequest, loan_id: UUID) -> Loan:
    """The loan, if this person sees it."""
    return get_object_or_404(Loan.objects.visible_to(request.user).with_lists(), pk=loan_id)


def held(request: SignedInRequest, loan_id: UUID) -> Loan:
    """The loan, if this person may hold evidence of its case."""
    loan = visible(request, loan_id)
    loan.case.require(request.user, Duty.HOLD_EVIDENCE)
    return loan


def done_to(
    request: SignedInRequest, key: UUID, form: forms.Form, deed: Any, name: str
) -> HttpResponse:
    """Do a deed to a loan and show it again; a refusal stands in its form."""
    return settle(
        request,
        form,
        deed,
        shown=lambda **refused: loan_page(request, visible(request, key), **refused),
        name=name,
        page=PAGE,
        part=PAGE,
        there=reverse("evidence:loan_detail", args=[key]),
    )


def form_page(item: Item, form: LoanForm) -> dict[str, Any]:
    """The form on which a loan is asked for."""
    steps = [step_to_item(item), (_now("Lend or export"), "")]
    crumbs = crumbs_to(item.case, *steps)
    return {
        "form": form,
        "title": _now("Lend or export %(exhibit)s") % {"exhibit": item.exhibit_no},
        "crumbs": crumbs,
        "cancel_url": crumbs[-2]["url"],
        "differences": [],
        "marking": item.handling,
    }


def loan_page(request: SignedInRequest, loan: Loan, **refused: forms.Form) -> dict[str, Any]:
    """One loan, and what this person may do about it now."""
    user, extensions = request.user, extensions_of(loan, request.user)
    waiting = next((each for each in extensions if each["request"].is_waiting), None)
    return {
        "loan": loan,
        "extensions": extensions,
        "offers": [
            {
                "name": name,
                "label": label,
                "form": refused.get(name, form),
                "action": reverse(f"evidence:{name}", args=[loan.pk]),
                "form_id": f"{name}-form",
            }
            for name, label, form in offered(loan, user, waits=waiting is not None)
        ],
        "refused": next(iter(refused.values()), None),
        "may_agree": loan.request is not None and loan.request.may_be_decided_by(user),
        "to_extend": waiting if waiting and waiting["request"].may_be_decided_by(user) else None,
        "crumbs": crumbs_to(loan.case, step_to_item(loan.item), (str(loan), "")),
        "marking": loan.handling,
    }


def extensions_of(loan: Loan, reader: User) -> list[dict[str, Any]]:
    """The later days that were asked for, each with its request, the first one first."""
    rows = Request.objects.visible_to(reader).about(loan).filter(kind=RequestKind.EXTEND_LOAN)
    rows = rows.select_related("case", "asked_by").order_by("id")
    return [{"request": row, "due": date.fromisoformat(row.asked["due"])} for row in rows]


def offered(loan: Loan, user: User, *, waits: bool) -> Iterator[tuple[str, Any, forms.Form]]:
    """What this person may do now; `waits`: a later day is asked for already."""
    state, may_hold = loan.state, Duty.HOLD_EVIDENCE in loan.case.duties(user)
    if state == LoanState.AUTHORISED and loan.item.holder_id == user.pk:
        yield "loan_out", _("Hand it out"), HandOutForm()
    if state in {LoanState.OUT, LoanState.OVERDUE} and may_hold:
        yield "loan_back", _("Take it back"), LoanBackForm()
        if loan.due and not waits:
            yield "loan_extend", _("Ask for a later day"), ExtendLoanForm()
