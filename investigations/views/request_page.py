"""What the pages on requests show: the deed asked for, in words, and what may be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.forms import BaseForm
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.http import SignedInRequest
from accounts.models import User
from core.context import address
from core.markings import Handling
from investigations.forms import ReasonForm
from investigations.http import home_of, marking_of, name_of
from investigations.models import Case, Purpose, Request, RequestKind
from investigations.models.label import agencies_named
from investigations.services.label import handling_told

PAGE = "investigations/request_detail.html"
Line = tuple[str, str]


@dataclass(frozen=True)
class Told:
    """A request as it is shown to one person: words and addresses, nothing they may not see."""

    request: Request
    case: Case | None = None
    about: str = ""
    url: str = ""
    before: Handling | None = None
    after: Handling | None = None
    lines: list[Line] = field(default_factory=list)
    mine: bool = False
    decidable: bool = False
    agree: str = ""

    @property
    def pk(self) -> object:
        """The key of the request."""
        return self.request.pk


def told(requests: Iterable[Request], user: User) -> list[Told]:
    """Each request in words; cases are read once for all."""
    rows = list(requests)
    keys = {row.case_id for row in rows}
    cases = {case.pk: case for case in Case.objects.visible_to(user).filter(pk__in=keys)}
    return [tell(row, cases.get(row.case_id), user) for row in rows]


def tell(row: Request, case: Case | None, user: User) -> Told:
    """One request; without the case nothing is told but what an administrator must weigh."""
    decidable = row.may_be_decided_by(user)
    if case is not None:
        row.case = case
    in_case = case.handling if case and row.subject_kind != "investigations.case" else Handling()
    lowering = row.kind == RequestKind.LOWER_LABEL
    about, url = subject_shown(row, user) if case else (row.subject_ref, "")
    return Told(
        request=row,
        case=case,
        about=about,
        url=url,
        before=handling_told(row.asked["handling_now"]).joined(in_case) if lowering else None,
        after=handling_told(row.asked["handling"]).joined(in_case) if lowering else None,
        lines=particulars(row),
        mine=row.asked_by_id == user.pk,
        decidable=decidable,
        agree=address(row.door, row.pk) if decidable else "",
    )


def subject_shown(row: Request, user: User) -> Line:
    """What it is about, and its page: only where this person sees it."""
    model = apps.get_model(row.subject_kind)
    rows: Any = model._default_manager.all()
    found = rows.visible_to(user).filter(pk=row.subject_id).first()
    return (name_of(found), home_of(found)) if found else (row.subject_ref, "")


def particulars(row: Request) -> list[Line]:
    """What exactly is asked, each as a word and its value."""
    asked = row.asked
    if row.kind == RequestKind.EMERGENCY:
        words = ngettext("%(hours)d hour", "%(hours)d hours", asked["hours"])
        return [(_("To read for"), words % {"hours": asked["hours"]})]
    if row.kind == RequestKind.LOWER_LABEL:
        return differences(handling_told(asked["handling_now"]), handling_told(asked["handling"]))
    if row.kind == RequestKind.OPEN_IDENTITY:
        return [(_("Purpose"), str(Purpose(asked["purpose"]).label))]
    return [(word, str(value)) for word, value in asked.get("words", {}).items()]


def differences(before: Handling, after: Handling) -> list[Line]:
    """Compartments and agencies that go or come, by name."""
    more = _("Releasable also to") if before.releasable_to else _("Releasable only to")
    pairs = [
        (_("Compartments dropped"), sorted(before.compartments - after.compartments)),
        (_("Compartments added"), sorted(after.compartments - before.compartments)),
        (_("No longer releasable to"), agencies_named(before.releasable_to - after.releasable_to)),
        (more, agencies_named(after.releasable_to - before.releasable_to)),
        (_("Shared also with"), agencies_named(after.shared_with - before.shared_with)),
        (_("No longer shared with"), agencies_named(before.shared_with - after.shared_with)),
        (_("Gives up control"), agencies_named(before.originators - after.originators)),
    ]
    if before.releasable_to and not after.releasable_to:
        pairs.append((_("Releasable to"), [_("the whole team")]))
    return [(word, ", ".join(names)) for word, names in pairs if names]


def request_page(
    request: SignedInRequest, row: Request, *, refuse_form: BaseForm | None = None, **refused: Any
) -> dict[str, Any]:
    """One request; `refused` are the forms that were sent back."""
    shown = told([row], request.user)[0]
    return {
        "shown": shown,
        "row": row,
        "title": row.get_kind_display(),
        "crumbs": [
            {"label": _("Requests"), "url": address("investigations:request_list")},
            {"label": row.subject_ref, "url": ""},
        ],
        "marking": marking_of([row]) if shown.case else None,
        "refuse_form": refuse_form or ReasonForm(),
        "deed_form": refused.get("deed_form"),
    }
