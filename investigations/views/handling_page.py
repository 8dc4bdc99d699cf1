"""What the page on the handling of a case or a record shows."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from accounts.models import User
from core.markings import Handling
from investigations.forms import HandlingForm
from investigations.http import crumbs_to, home_of, name_of
from investigations.models import Case, CaseRecord, Request
from investigations.models.case_record import reached
from investigations.models.readers import readers
from investigations.services.label import require_marker, said_of

PAGE = "investigations/handling.html"
NAMES_SHOWN = 12


@dataclass(frozen=True)
class Ground:
    """One thing that the handling comes from."""

    title: str
    handling: Handling
    what: str = ""
    url: str = ""


def handling_page(
    request: SignedInRequest, subject: Case | CaseRecord, form: HandlingForm
) -> dict[str, Any]:
    """What is said now, where it comes from, and what the form would change."""
    case = subject if isinstance(subject, Case) else subject.case
    whole = case.is_read_whole_by(request.user)
    return {
        "subject": subject,
        "is_case": isinstance(subject, Case),
        "title": _("Handling of %(what)s") % {"what": name_of(subject)},
        "crumbs": crumbs_to(case, (_("Handling"), "")),
        "marking": subject.handling,
        "grounds": list(grounds(subject, request.user)),
        "form": form,
        "may_mark": may_mark(subject, request.user),
        "whole": whole,
        "back": home_of(subject),
        "change": change(subject, case, form) if form.is_bound and form.is_valid() else None,
        "waiting": Request.objects.visible_to(request.user).about(subject).waiting().first(),
    }


def grounds(subject: Case | CaseRecord, user: User) -> list[Ground]:
    """The case, what a record is drawn from, and what it says itself."""
    if isinstance(subject, Case):
        return []
    found = [Ground(_("Its case"), subject.case.handling, subject.case.ref, home_of(subject.case))]
    for path in subject.derives_from:
        title = capfirst(str(subject._meta.get_field(path.split("__")[0]).verbose_name))  # type: ignore[union-attr]
        for row in seen(reached(subject, path), user):
            if row.label_id:
                found.append(Ground(title, row.own_handling, name_of(row), home_of(row)))
    own = [Ground(_("Its own label"), subject.own_handling)] if subject.label_id else []
    return found + own


def seen(rows: list[CaseRecord], user: User) -> list[CaseRecord]:
    """Those of the rows that this person sees."""
    found: list[CaseRecord] = []
    for row in rows:
        alike: Any = type(row)._default_manager.all()
        found += alike.visible_to(user).filter(pk=row.pk)
    return found


def change(subject: Case | CaseRecord, case: Case, form: HandlingForm) -> dict[str, Any]:
    """What would be otherwise: whether it takes two people, and who would read it no longer."""
    own, after = said_of(subject), form.handling
    beneath = Handling() if isinstance(subject, Case) else case.handling
    if isinstance(subject, Case):
        before_it, after_it = readers(case, own, None), readers(case, after, None)
    else:
        before_it, after_it = readers(case, case.handling, own), readers(case, case.handling, after)
    lose = [user for key, user in before_it.items() if key not in after_it]
    gain = [user for key, user in after_it.items() if key not in before_it]
    return {
        "before": own.joined(beneath),
        "after": after.joined(beneath),
        "same": own == after,
        "stricter": after.covers(own),
        "lose": lose[:NAMES_SHOWN],
        "lose_count": len(lose),
        "gain": gain[:NAMES_SHOWN],
        "gain_count": len(gain),
        "keep_count": len(after_it),
    }


def may_mark(subject: Case | CaseRecord, user: User) -> bool:
    """Whether the form is offered."""
    try:
        require_marker(subject, user)
    except PermissionDenied:
        return False
    return True


def handling_there(subject: Case | CaseRecord) -> str:
    """The address of the page."""
    return reverse("investigations:handling", args=[subject._meta.label_lower, subject.pk])
