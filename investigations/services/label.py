"""Labels: marking a case or a record more strictly, and the two-person way back."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.markings import Handling, joined
from core.scope import system_scope
from investigations.models import Case, CaseRecord, Duty, Label, Request, RequestKind
from investigations.models.label import columns_of
from investigations.models.row_security import case_record_models
from investigations.services.embargo import Outlet, require_no_embargo
from investigations.services.request import approve, ask, require_kind
from ledger.services import record

LABELLED = RAISED, LOWERED = "investigations.label_raised", "investigations.label_lowered"
"""Deeds by which a thing is shared with an agency, or not any more; their lines name agencies."""

MARKERS = (Duty.LOG_EVIDENCE, Duty.ANALYSE, Duty.EXAMINE)
"""Besides the lead, those who work on the content may see that it is handled more strictly."""


@transaction.atomic
def mark_more_strictly(
    subject: Case | CaseRecord, handling: Handling, *, by: User, reason: str
) -> Case | CaseRecord:
    """Handle a case or a record, and all that was drawn from it, more strictly from now on."""
    subject = lock_marked(subject, by)
    if not reason.strip():
        raise Refused(_("Say why."))
    if handling == said_of(subject):
        raise Refused(_("It is handled so already."))
    if not handling.covers(said_of(subject)):
        raise Refused(_("This is less strict in some respect: that takes a second person."))
    if not handling.lets(clearance=by.clearance, compartments=by.compartments, agency=by.agency_id):
        raise Refused(_("You could no longer read it yourself: have somebody do it who can."))
    before = said_of(subject)
    followers = tighten(subject, handling)
    record(
        by,
        RAISED,
        subject,
        before=told(before),
        after=told(handling),
        reason=reason.strip(),
        followers=followers,
    )
    return subject


@transaction.atomic
def ask_to_lower(
    subject: Case | CaseRecord, handling: Handling, *, by: User, reason: str
) -> Request:
    """Ask for a less strict handling; a second person agrees, of the originator's agency if any."""
    subject = lock_marked(subject, by)
    now = said_of(subject)
    if handling == now:
        raise Refused(_("It is handled so already."))
    if handling.covers(now):
        raise Refused(_("This is stricter in every respect: it takes no second person."))
    require_above(subject, handling)
    require_may_be_shared(subject, handling)
    ref = str(getattr(subject, "ref", "") or getattr(subject, "exhibit_no", "") or subject)
    return ask(
        RequestKind.LOWER_LABEL,
        subject,
        by=by,
        reason=reason,
        ref=ref,
        asked={
            "handling": told(handling),
            "handling_now": told(now),
            "originators_now": [str(agency) for agency in now.originators],
        },
    )


@transaction.atomic
def lower_label(request: Request, *, by: User) -> Case | CaseRecord:
    """The second person agrees: the record, and what bore the very same label, is handled so."""
    request = approve(request, by=by)
    require_kind(request, RequestKind.LOWER_LABEL)
    subject = subject_of(request, by)
    now = said_of(subject)
    if told(now) != request.asked["handling_now"]:
        raise Refused(_("It is handled otherwise by now. Ask again."))
    require_originators(now, request.asked_by, by)
    handling = handling_told(request.asked["handling"])
    require_above(subject, handling)
    require_may_be_shared(subject, handling)
    followers = loosen(subject, handling)
    record(
        by,
        LOWERED,
        subject,
        before=told(now),
        after=told(handling),
        request=str(request.pk),
        followers=followers,
    )
    return subject


def require_above(subject: Case | CaseRecord, handling: Handling) -> None:
    """A thing is never handled less strictly than what it is drawn from."""
    above = [] if isinstance(subject, Case) else subject.rows_above()
    if above and not handling.covers(joined(row.own_handling for row in above)):
        raise Refused(
            _("It would be handled less strictly than what it is drawn from. Begin there.")
        )


def require_may_be_shared(subject: Case | CaseRecord, handling: Handling) -> None:
    """No further agency is shown what another agency's caveat keeps here; nor, while the case is
    under embargo, what findings are printed in.
    """
    if isinstance(subject, Case):
        return
    further = handling.shared_with - subject.own_handling.shared_with
    if not further:
        return
    if subject.holds_conclusions:
        require_no_embargo(subject.case, Outlet.SHARING)
    if kept := subject.kept_from(further):
        raise Refused(
            _(
                "A caveat keeps this from being shown to a further agency: %(caveats)s. Have the "
                "agency it came from consent, and record that on the page of the exhibit."
            )
            % {"caveats": "; ".join(kept)}
        )


def require_originators(now: Handling, *people: User) -> None:
    """Every agency that kept control must be among those of the two people."""
    if now.originators - {person.agency_id for person in people}:
        raise Refused(_("The agency it came from keeps control: one of its people must agree."))


def lock_marked(subject: Case | CaseRecord, by: User) -> Case | CaseRecord:
    """The row, locked, if `by` sees it and may mark things in its case."""
    rows: Any = type(subject)._default_manager.all()
    found: Case | CaseRecord = (
        rows.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=subject.pk)
    )
    require_marker(found, by)
    return found


def require_marker(subject: Case | CaseRecord, by: User) -> None:
    """Raise PermissionDenied unless `by` may say how this is handled, or ask for it."""
    if isinstance(subject, Case):
        subject.require(by, Duty.MANAGE)
    elif by.agency_id not in subject.own_handling.originators or not subject.case.duties(by):
        subject.case.require(by, Duty.MANAGE, *MARKERS)


def subject_of(request: Request, by: User) -> Case | CaseRecord:
    """What a request is about, locked, if `by` may see it."""
    model = apps.get_model(request.subject_kind)
    rows: Any = model._default_manager.all()
    seen = (
        rows.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=request.subject_id)
    )
    found: Case | CaseRecord | None = seen.first()
    if found is None:
        raise Refused(_("What this is about is not, or no longer, yours to see."))
    return found


def said_of(subject: Case | CaseRecord) -> Handling:
    """What the thing itself says, beyond its case."""
    return subject.handling if isinstance(subject, Case) else subject.own_handling


def tighten(subject: Case | CaseRecord, handling: Handling) -> int:
    """Write it down; all that was drawn from it is at least as strict. How many rows followed."""
    put_handling(subject, handling)
    if isinstance(subject, Case):
        return 0
    with system_scope("what is drawn from a thing follows it, seen or not"):
        return follow(subject, handling)


def loosen(subject: Case | CaseRecord, handling: Handling) -> int:
    """Write it down; what bore the very same label follows. How many rows did."""
    bore = None if isinstance(subject, Case) else subject.label_id
    put_handling(subject, handling)
    if isinstance(subject, Case):
        return 0
    with system_scope("what is drawn from a thing follows it, seen or not"):
        return follow_down(subject, handling, bore)


def put_handling(subject: Case | CaseRecord, handling: Handling) -> None:
    """The columns of a case, or the label of a record."""
    if isinstance(subject, Case):
        for name, value in columns_of(handling).items():
            setattr(subject, name, value)
        subject.version += 1
        subject.save()
        return
    subject.label = Label.for_handling(handling)
    subject.save(update_fields=["label"])


@transaction.atomic
def take_on(row: CaseRecord, handling: Handling) -> None:
    """Handle a record at least so from now on, and what was drawn from it: it rests on more."""
    after = row.own_handling.joined(handling)
    if after != row.own_handling:
        tighten(row, after)


def rest_on(row: CaseRecord, sources: Iterable[CaseRecord]) -> None:
    """Handle a record at least as strictly as each of the things it was just drawn from."""
    for source in sources:
        if source.label_id:
            take_on(row, source.own_handling)


def follow(source: CaseRecord, handling: Handling) -> int:
    """Handle everything that derives from `source` at least so, and what derives from that."""
    followed = 0
    for row in drawn_from(source):
        after = joined([handling, row.own_handling])
        if after != row.own_handling:
            put_handling(row, after)
            followed += 1 + follow(row, after)
    return followed


def follow_down(source: CaseRecord, handling: Handling, bore: UUID | None) -> int:
    """Let those rows follow that bore the very same label, as far as what else they rest on lets.

    A partner who is shown a thing is shown its parts, and nothing else that was drawn from it.
    """
    followed = 0
    for row in drawn_from(source):
        if row.label_id != bore:
            continue
        shared = row.shared_above() if row.born_shared else row.own_handling.shared_with
        after = replace(joined([handling, *row.handlings_above()]), shared_with=shared)
        if after != row.own_handling:
            put_handling(row, after)
            followed += 1 + follow_down(row, after, bore)
    return followed


def drawn_from(source: CaseRecord) -> list[CaseRecord]:
    """Rows that name `source` among what they derive from."""
    found: list[CaseRecord] = []
    for model in case_record_models():
        for path in model.derives_from:
            if end_of(model, path) is type(source):
                rows: Any = model._default_manager.all()
                found += rows.filter(**{path: source}).distinct()
    return found


def end_of(model: Any, path: str) -> Any:
    """The model that a path of relations leads to."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def told(handling: Handling) -> dict[str, Any]:
    """A handling as the ledger and a request keep it."""
    return {
        name: [str(part) for part in value] if isinstance(value, list) else value
        for name, value in columns_of(handling).items()
    }


def handling_told(columns: dict[str, Any]) -> Handling:
    """The same read back."""
    return replace(
        Handling(tlp=columns["tlp"], pap=columns["pap"], clearance=columns["clearance"]),
        compartments=frozenset(columns["compartments"]),
        releasable_to=frozenset(UUID(key) for key in columns["releasable_to"]),
        originators=frozenset(UUID(key) for key in columns["originators"]),
        shared_with=frozenset(UUID(key) for key in columns["shared_with"]),
    )
