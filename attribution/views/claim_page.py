"""What the page of one claim shows: its grade, its origin, and what stands against it."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from accounts.models import User
from attribution import services
from attribution.forms import ReasonForm
from attribution.models import Claim
from attribution.models.claim import ClaimQuerySet
from investigations.http import crumbs_to, handling_of, home_of
from investigations.models import Case, Duty

PAGE = "attribution/claim_detail.html"
DETAIL = "attribution:claim_detail"


def claims_of(case: Case, user: User) -> ClaimQuerySet:
    """The claims of a case that this person may read, with all that a line of theirs shows."""
    rows: ClaimQuerySet = Claim.objects.visible_to(user)
    return rows.filter(case=case).with_lists()


def visible_claim(request: SignedInRequest, claim_id: UUID) -> Claim:
    """The claim, if this person reads its case as a whole."""
    return get_object_or_404(Claim.objects.visible_to(request.user).with_lists(), pk=claim_id)


def claim_page(request: SignedInRequest, claim: Claim, **refused: BaseForm) -> dict[str, Any]:
    """Everything on the page of a claim; a refused form takes the place of a fresh one."""
    case, user = claim.case, request.user
    weighed = services.weigh(case, user)
    near = {
        "against": weighed.against(claim),
        "answered_by": list(claims_of(case, user).filter(answers=claim).standing()),
        "rests_on": list(claims_of(case, user).filter(repeated_in=claim)),
        "repeated_in": list(claims_of(case, user).filter(rests_on=claim).standing()),
        "of_one_origin": weighed.of_one_origin(claim),
    }
    linked = [*near["rests_on"], *near["repeated_in"]]
    claims = reverse("attribution:claim_list", args=[case.pk])
    return {
        **near,
        "beside": [one for one in near["of_one_origin"] if one not in linked],
        "claim": claim,
        "case": case,
        "about": page_about(claim),
        "withdrawn": weighed.withdrawn,
        "is_retracted": claim.pk in weighed.withdrawn,
        "lacks_confirmation": weighed.lacks_confirmation(claim),
        "marking": handling_of([claim], *(one for rows in near.values() for one in rows)),
        "crumbs": crumbs_to(case, (_("Claims"), claims), (claim.ref, "")),
        "may_claim": Duty.ANALYSE in case.duties(user),
        "aside_form": ReasonForm(),
        **refused,
    }


def page_about(claim: Claim) -> str:
    """Where what it speaks of is seen; a component on the page of its exhibit."""
    subject = claim.component.item if claim.component else claim.subject
    return home_of(subject or claim.case)
