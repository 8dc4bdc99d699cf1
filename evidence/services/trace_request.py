"""Asking where components went: drafted, sent, acknowledged, reminded of, and closed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.models import Country, Maker
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.kept import note_list
from core.markings import TLP_ORDER
from core.moments import require_in_order
from core.zones import today
from evidence.models import Component, Door, File, Item, TraceRequest
from evidence.models.trace_request import WAITING
from evidence.models.trace_words import TraceState
from evidence.services.caveat import require_free
from investigations.models import Case, Duty
from investigations.services import next_numbers
from investigations.services.label import rest_on
from ledger.services import record

ANSWER_WITHIN = timedelta(days=30)


class TraceFacts(TypedDict, total=False):
    """What is asked, of whom, and by which way."""

    recipient_kind: str
    recipient: str
    recipient_address: str
    maker: Maker | None
    country: Country | None
    channel: str
    question: str
    selected_reason: str
    photos_tlp: str


@transaction.atomic
def draft_trace(
    case: Case,
    *,
    by: User,
    components: Sequence[Component],
    photos: Sequence[File] = (),
    owner: User | None = None,
    **facts: Unpack[TraceFacts],
) -> TraceRequest:
    """Draft a question about components; `owner` follows it up, else whoever drafts it."""
    case.require(by, Duty.LOG_EVIDENCE)
    trace = TraceRequest(case=case, owner=owner or by, **facts)
    require_owner(trace)
    require_asked_about(trace, components, photos, by)
    trace.ref = f"TR-{next_numbers(case, 'trace')[0]:04d}"
    trace.full_clean(exclude=["ref"])
    trace.save(force_insert=True)
    trace.components.add(*components)
    trace.photos.add(*photos)
    rest_on(trace, [*components, *photos])
    record(
        by,
        "evidence.trace_drafted",
        trace,
        ref=trace.ref,
        recipient_kind=trace.recipient_kind,
        components=[str(component.pk) for component in components],
    )
    return trace


@transaction.atomic
def amend_trace(
    trace: TraceRequest,
    *,
    by: User,
    version: int,
    components: Sequence[Component] | None = None,
    photos: Sequence[File] | None = None,
    owner: User | None = None,
    **facts: Unpack[TraceFacts],
) -> TraceRequest:
    """Change a draft; once it is sent, only who follows it up may change."""
    trace = lock_trace(trace, by)
    require_fresh(trace, version)
    changes = apply_changes(trace, {**facts, "owner": owner or trace.owner})
    if not trace.is_draft and set(changes) - {"owner"}:
        raise Refused(_("What was sent stays as it was sent."))
    require_owner(trace)
    if trace.is_draft:
        changes |= choose_anew(trace, by, components, photos)
    if changes:
        trace.full_clean()
        trace.save()
        rest_on(trace, [*asked_about(trace, by), *sent_along(trace, by)])
        record(by, "evidence.trace_amended", trace, changes=changes)
    return trace


def asked_about(trace: TraceRequest, by: User) -> list[Component]:
    """The components of a request; whoever sees it sees each of them."""
    return list(trace.components.visible_to(by).order_by("id"))


def sent_along(trace: TraceRequest, by: User) -> list[File]:
    """The photographs of a request."""
    return list(trace.photos.visible_to(by).order_by("id"))


def told_of(trace: TraceRequest, by: User) -> list[Item]:
    """The exhibits of which a request tells something, by their components or photographs."""
    parts = trace.components.visible_to(by).values_list("item", flat=True)
    shown = trace.photos.visible_to(by).values_list("item", flat=True)
    return list(Item.objects.visible_to(by).filter(pk__in={*parts, *shown} - {None}))


def choose_anew(
    trace: TraceRequest,
    by: User,
    components: Sequence[Component] | None,
    photos: Sequence[File] | None,
) -> dict[str, list[str]]:
    """Other components or photographs in a draft; what changed, by name."""
    parts, pictures = asked_about(trace, by), sent_along(trace, by)
    chosen = parts if components is None else list(components)
    shown = pictures if photos is None else list(photos)
    require_asked_about(trace, chosen, shown, by)
    if (set(chosen), set(shown)) == (set(parts), set(pictures)):
        return {}
    trace.components.remove(*(set(parts) - set(chosen)))
    trace.components.add(*chosen)
    trace.photos.remove(*(set(pictures) - set(shown)))
    trace.photos.add(*shown)
    note_list(trace, "components", parts, chosen)
    note_list(trace, "photos", pictures, shown)
    trace.version += 1
    return {
        "components": [told(parts), told(chosen)],
        "photos": [told(pictures), told(shown)],
    }


def told(rows: Sequence[Component] | Sequence[File]) -> str:
    """Rows as the ledger names them."""
    return ", ".join(str(row.pk) for row in rows)


def require_owner(trace: TraceRequest) -> None:
    """Whoever follows it up works on the case."""
    if Duty.LOG_EVIDENCE not in trace.case.duties(trace.owner):
        raise Refused(_("Choose somebody who works on this case."))


def require_asked_about(
    trace: TraceRequest, components: Sequence[Component], photos: Sequence[File], by: User
) -> None:
    """Components and photographs of this case; none sent more freely than it may be."""
    if not components:
        raise Refused(_("Name at least one component."))
    for rows, chosen in ((Component, components), (File, photos)):
        seen = rows.objects.visible_to(by).filter(case=trace.case)
        if seen.filter(pk__in=[row.pk for row in chosen]).count() != len({*chosen}):
            raise Refused(_("Choose components and photographs of this case."))
    sent_as = TLP_ORDER.index(trace.photos_tlp)
    for photo in photos:
        if TLP_ORDER.index(photo.handling.tlp) > sent_as:
            raise Refused(
                _("%(file)s is marked %(marking)s: it cannot be sent with a freer marking.")
                % {"file": photo, "marking": photo.handling}
            )


def goes_along(photo: File, sent_as: str) -> bool:
    """Whether a photograph may leave in a letter of this marking, as it is labelled today.

    What needs clearance, stands in a compartment, is limited to some agencies or came from a
    partner is never put into a letter.
    """
    label = photo.handling
    bound = label.clearance or label.compartments or label.releasable_to or label.originators
    return not bound and TLP_ORDER.index(label.tlp) <= TLP_ORDER.index(sent_as)


@transaction.atomic
def send_trace(
    trace: TraceRequest,
    *,
    by: User,
    sent_at: datetime | None = None,
    due: date | None = None,
) -> TraceRequest:
    """Write down that the letter went out; the program itself sends nothing."""
    trace = lock_trace(trace, by)
    require_step(trace, TraceState.DRAFT)
    trace.sent_at = sent_at or timezone.now()
    require_in_order((_("sent"), trace.sent_at), (_("now"), timezone.now()))
    day = timezone.localdate(trace.sent_at)
    trace.due = due or day + ANSWER_WITHIN
    if trace.due < day:
        raise Refused(_("The answer cannot be due before the request was sent."))
    photos = sent_along(trace, by)
    require_asked_about(trace, asked_about(trace, by), photos, by)
    require_free(Door.LETTER, told_of(trace, by))
    trace.state = TraceState.SENT
    keep_trace(trace)
    record(
        by,
        "evidence.trace_sent",
        trace,
        ref=trace.ref,
        channel=trace.channel,
        sent_at=trace.sent_at.isoformat(),
        due=trace.due.isoformat(),
        photos=[photo.sha256 for photo in photos],
        photos_tlp=trace.photos_tlp,
    )
    return trace


@transaction.atomic
def acknowledge_trace(
    trace: TraceRequest, *, by: User, at: datetime | None = None, their_reference: str = ""
) -> TraceRequest:
    """The recipient says that the request has arrived, and perhaps under which number."""
    trace = lock_trace(trace, by)
    require_step(trace, TraceState.SENT, TraceState.REMINDED)
    trace.acknowledged_at = at or timezone.now()
    require_in_order(
        (_("sent"), trace.sent_at),
        (_("acknowledged"), trace.acknowledged_at),
        (_("now"), timezone.now()),
    )
    trace.their_reference, trace.state = their_reference.strip(), TraceState.ACKNOWLEDGED
    trace.full_clean()
    keep_trace(trace)
    record(by, "evidence.trace_acknowledged", trace, ref=trace.ref)
    return trace


@transaction.atomic
def close_trace(trace: TraceRequest, *, by: User, outcome: str, reason: str) -> TraceRequest:
    """Nothing more is waited for: no reply came, or it cannot be traced."""
    trace = lock_trace(trace, by)
    if outcome not in {TraceState.NO_REPLY, TraceState.NOT_TRACEABLE}:
        raise Refused(_("Say whether no reply came, or whether it cannot be traced."))
    require_step(trace, *WAITING)
    if outcome == TraceState.NO_REPLY and trace.due and trace.due >= today():
        raise Refused(_("An answer may still come: it is due on %(day)s.") % {"day": trace.due})
    if not reason.strip():
        raise Refused(_("Say why."))
    trace.state, trace.state_reason = TraceState(outcome), reason.strip()
    trace.closed_at = timezone.now()
    keep_trace(trace)
    record(by, "evidence.trace_closed", trace, ref=trace.ref, outcome=outcome, reason=reason)
    return trace


def lock_trace(trace: TraceRequest, by: User) -> TraceRequest:
    """The row, locked, if `by` may see it and works with evidence in its case."""
    trace = TraceRequest.objects.locked_for(by, trace)
    trace.case.require(by, Duty.LOG_EVIDENCE)
    return trace


def require_step(trace: TraceRequest, *states: TraceState) -> None:
    """Refuse a step that does not follow from where the request is."""
    if trace.is_draft and TraceState.DRAFT not in states:
        raise Refused(_("This request was not sent yet."))
    if trace.state not in states:
        raise Refused(
            _("This request is “%(state)s”: that step cannot be done now.")
            % {"state": trace.state_text}
        )


def keep_trace(trace: TraceRequest) -> None:
    """Write a further step down."""
    trace.version += 1
    trace.save()
