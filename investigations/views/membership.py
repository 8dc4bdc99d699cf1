"""The team of a case in the browser: admitting people and ending their membership."""

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from investigations import services
from investigations.forms import MemberForm
from investigations.http import home_of, settle
from investigations.models import Case, Duty, Membership
from investigations.views.case_page import PAGE, case_page

PART = "investigations/_team.html"


@open_to(SIGNED_IN)
@require_POST
def member_admit(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, Duty.MANAGE)
    form = MemberForm(request.POST, by=request.user)
    return settle(
        request,
        form,
        lambda: services.admit_member(case, by=request.user, **form.cleaned_data),
        shown=partial(case_page, request, case),
        name="member_form",
        page=PAGE,
        part=PART,
        there=f"{home_of(case)}#team",
    )


@open_to(SIGNED_IN)
@require_POST
def member_end(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    cases = Case.objects.read_whole_by(request.user)
    places = Membership.objects.filter(case__in=cases).select_related("case")
    membership = get_object_or_404(places, pk=membership_id)
    return settle(
        request,
        forms.Form(request.POST),
        lambda: services.end_membership(membership, by=request.user),
        shown=partial(case_page, request, membership.case),
        name="end_form",
        page=PAGE,
        part=PART,
        there=f"{home_of(membership.case)}#team",
    )
