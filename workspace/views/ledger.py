"""The ledger in the browser: one case's chain, one line of it, and the proof that it is whole."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.http import answer, key_or_404
from core.listing import Column, page_of
from core.markings import joined
from investigations.models import Case
from ledger.models import Entry, Head
from ledger.proofs import proof_of
from workspace import services
from workspace.forms import LedgerFilterForm
from workspace.models import tell_in_words

PAGE, PART = "workspace/ledger.html", "workspace/_ledger_lines.html"
COLUMNS = [
    Column(_("No."), "position"),
    Column(_("Time")),
    Column(_("By")),
    Column(_("Deed")),
    Column(_("About")),
    Column(_("Seal")),
]


@open_to(SIGNED_IN)
@require_GET
def ledger(request: SignedInRequest) -> HttpResponse:
    return answer(request, chain_page(request, asked_case(request)), page=PAGE, part=PART)


@open_to(SIGNED_IN)
@require_POST
def ledger_check(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.audited_by(request.user), pk=case_id)
    verdict = services.check_ledger(case, by=request.user)
    context = {**chain_page(request, case), "verdict": verdict, "flaws": verdict.flaws}
    return answer(request, context, page=PAGE, part="workspace/_chain.html")


@open_to(SIGNED_IN)
@require_GET
def ledger_entry(request: SignedInRequest, entry_id: UUID) -> HttpResponse:
    entry = get_object_or_404(visible(request), pk=entry_id)
    case = get_object_or_404(Case.objects.audited_by(request.user), pk=entry.log)
    tell_in_words([entry], request.user)
    there = f"{reverse('workspace:ledger')}?case={case.pk}"
    context = {
        "entry": entry,
        "proof": proof_of(entry),
        "case": case,
        "marking": joined([case.handling, entry.handling]),
        "history_url": f"{there}&subject={entry.subject_id}",
        "crumbs": crumbs(there, f"{case.ref} · {entry.position}"),
    }
    return render(request, "workspace/ledger_entry.html", context)


def crumbs(there: str, here: str) -> list[dict[str, Any]]:
    """The way back to the chain."""
    return [{"label": _("Ledger"), "url": there}, {"label": here, "url": ""}]


@open_to(SIGNED_IN)
@require_GET
def ledger_bytes(request: SignedInRequest, entry_id: UUID) -> HttpResponse:
    """Exactly what the seal covers: SHA-256 over these bytes is the seal."""
    entry = get_object_or_404(visible(request), pk=entry_id)
    tell_in_words([entry], request.user)
    if entry.is_closed:
        raise PermissionDenied(_now("You may not read what this line is about."))
    name = f"line-{entry.position}.txt"
    return HttpResponse(
        f"{entry.previous_seal}\n{entry.body}".encode(),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@open_to(SIGNED_IN)
@require_GET
def ledger_proof(request: SignedInRequest, entry_id: UUID) -> HttpResponse:
    """What docs/ledger-format.md describes; it tells nothing of what the line says."""
    entry = get_object_or_404(visible(request), pk=entry_id)
    name = f"line-{entry.position}-proof.json"
    return JsonResponse(
        proof_of(entry).told(), headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def visible(request: SignedInRequest) -> Any:
    """The lines of the chains that this person may read."""
    cases = Case.objects.audited_by(request.user)
    return Entry.objects.filter(log__in=cases.values("pk")).select_related("actor")


def asked_case(request: SignedInRequest) -> Case | None:
    """The case whose chain is asked for, else the newest one; None where there is none."""
    cases = Case.objects.audited_by(request.user)
    asked = request.GET.get("case", "")
    if not asked:
        return cases.first()
    return get_object_or_404(cases, pk=key_or_404(asked))


def chain_page(request: SignedInRequest, case: Case | None) -> dict[str, Any]:
    """The lines of one chain that are asked for, and how long the chain is."""
    form = LedgerFilterForm(request.GET, cases=Case.objects.audited_by(request.user), case=case)
    rows = form.narrow(Entry.objects.of_log(case.pk if case else UUID(int=1)))
    page = page_of(request, rows.select_related("actor"), COLUMNS, sort="-position")
    tell_in_words(page.rows, request.user)
    shown: list[Any] = [case, *page.rows] if case else []
    return {
        "case": case,
        "marking": joined(row.handling for row in shown) if shown else None,
        "form": form,
        "page": page,
        "head": Head.objects.as_signed().filter(log=case.pk).first() if case else None,
        "last_check": last_check(case) if case else None,
    }


def last_check(case: Case) -> Entry | None:
    """The newest line that says this chain was checked."""
    checks = Entry.objects.about(case).filter(act="workspace.ledger_checked")
    return checks.select_related("actor").order_by("-position").first()
