"""What the page of one exhibit shows, whichever door was used to reach it."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch
from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.http import SignedInRequest
from accounts.models import User
from evidence import services
from evidence.forms import (
    BreakSealForm,
    CorrectForm,
    DisposeForm,
    FoundForm,
    HandOverForm,
    LostForm,
    NotAcceptForm,
    ReceiveForm,
    SealForm,
    StoreForm,
    TakeBackForm,
)
from evidence.http import step_to_incident, step_to_item
from evidence.models import Component, CustodyEvent, Item, Marking, Regrouping, custody_of
from evidence.models.vocabulary import ItemStatus
from evidence.views.caveat_page import caveat_panel
from evidence.views.item_pictures import picture_panel
from evidence.views.lab_exam_page import exams_panel
from evidence.views.trace_page import traces_panel
from investigations.http import crumbs_to, handling_of
from investigations.models import Duty, Request, RequestKind, one_reading

PAGE = "evidence/item_detail.html"
SEALING = {"seal": SealForm, "break_seal": BreakSealForm}
PREFIXED = {
    "dispose": DisposeForm,
    "receive": ReceiveForm,
    "not_accept": NotAcceptForm,
    "take_back": TakeBackForm,
    "item_lost": LostForm,
    "item_found": FoundForm,
}
"""Forms whose fields bear their deed's name, since others on the page are called alike."""
BY_KEY = attrgetter("pk")
LABELS = {
    "hand_over": _("Hand over"),
    "receive": _("Receive"),
    "not_accept": _("Do not accept"),
    "take_back": _("Take back"),
    "store": _("Store"),
    "item_lost": _("Declare it lost"),
    "item_found": _("It was found"),
    "seal": _("Seal"),
    "break_seal": _("Break the seal"),
    "dispose": _("Dispose of it"),
}


def item_page(request: SignedInRequest, item: Item, **refused: BaseForm) -> dict[str, Any]:
    """Everything on the page of an exhibit; `refused` are forms of custody by their deed."""
    with one_reading():
        return {**panels_of(request, item, **refused), **rights_of(item, request.user)}


def panels_of(request: SignedInRequest, item: Item, **refused: BaseForm) -> dict[str, Any]:
    """What is known of an exhibit, panel by panel."""
    user, around, below = request.user, around_it(item, request.user), list[Item]()
    disposal = disposal_of(item, user)
    pictures, components = picture_panel(request, item), components_of(item, user)
    branches, exams = tree_of(item, user, around, below), exams_panel(request, item)
    traces = traces_panel(request, item)
    shown = [*pictures["files"], *shown_of(components), *below, *exams["exams"], *traces["traces"]]
    return {
        **pictures,
        **custody_panel(item, user, offered_to(item, user, bool(disposal)), **refused),
        **exams,
        **traces,
        **caveat_panel(item, user, pictures["file"]),
        "disposal": disposal,
        "may_dispose": disposal is not None and disposal.may_be_decided_by(user),
        "item": item,
        "marking": handling_of([item], *pictures["twins"], *shown),
        "crumbs": crumbs_of(item),
        "components": components,
        "branches": branches,
        "regroupings": regroupings_of(item, user),
        "lacking": list(services.lacking_in(item, pictures["files"])),
        "before": max((one for one in around if one.pk < item.pk), key=BY_KEY, default=None),
        "after": min((one for one in around if one.pk > item.pk), key=BY_KEY, default=None),
    }


def rights_of(item: Item, user: User) -> dict[str, bool]:
    """What this person may do to an exhibit."""
    duties = item.case.duties(user)
    return {
        "may_log": item.may(user, Duty.LOG_EVIDENCE),
        "may_hold": Duty.HOLD_EVIDENCE in duties,
        "may_verify": bool(duties),
        "may_protect": Duty.PROTECT in duties,
    }


def holds(item: Item, user: User) -> bool:
    """True for its holder, while they may hold anything here."""
    return item.holder_id == user.pk and Duty.HOLD_EVIDENCE in item.case.duties(user)


def around_it(item: Item, reader: User) -> list[Item]:
    """The exhibits of the case before and after this one, and its own parts, in one question."""
    seen = Item.objects.visible_to(reader).filter(case=item.case).select_related("kind")
    before, after = seen.filter(pk__lt=item.pk), seen.filter(pk__gt=item.pk)
    nearest = before.order_by("-pk")[:1], after.order_by("pk")[:1]
    return list(seen.filter(parent=item).union(*nearest))


def crumbs_of(item: Item) -> list[dict[str, str]]:
    """Case, incident, the exhibit this one is part of, and the exhibit."""
    steps = [step_to_incident(item.incident)]
    if item.parent:
        steps.append(step_to_item(item.parent))
    return crumbs_to(item.case, *steps, (item.exhibit_no, ""))


def disposal_of(item: Item, reader: User) -> Request | None:
    """The disposal that waits for a second person, if one was asked for."""
    asked = Request.objects.visible_to(reader).about(item).filter(kind=RequestKind.DISPOSAL)
    return asked.waiting().select_related("case", "asked_by").first()


def offered_to(item: Item, user: User, waits: bool) -> list[str]:
    """The deeds of custody that this person may do now; `waits`: its disposal is asked for."""
    if item.offered_to_id:
        return passing_to(item, user)
    if item.status == ItemStatus.LOST:
        return ["item_found"] if Duty.HOLD_EVIDENCE in item.case.duties(user) else []
    ending = [] if waits else ["dispose"]
    if holds(item, user):
        opening = "break_seal" if item.is_sealed else "seal"
        return ["hand_over", "store", opening, "item_lost", *ending]
    passing = ["hand_over"] if services.may_hand_over(item, user) else []
    return [*passing, *ending] if services.may_ask_to_dispose(item, user) else passing


def passing_to(item: Item, user: User) -> list[str]:
    """While it is handed over: the one receives it or does not, the other may take it back."""
    if item.offered_to_id == user.pk and Duty.HOLD_EVIDENCE in item.case.duties(user):
        return ["receive", "not_accept"]
    return ["take_back"] if services.may_hand_over(item, user) else []


def custody_panel(
    item: Item, user: User, offered: list[str], **refused: BaseForm
) -> dict[str, Any]:
    """The way of an exhibit from hand to hand, and what its holder may do now.

    A deed that was refused stays on the page with its reason, whoever asked for it.
    """
    events = custody_of(item)
    refusal, wrong = refused.pop("gap", None), refused.pop("correction", None)
    names = [*offered, *(name for name in refused if name not in offered)]
    return {
        "loans": list(item.loans.visible_to(user).with_lists()),
        **rail_of(item, user, events),
        "gap_form": refusal,
        "correction": correction_offer(item, user, events, wrong),
        "offers": [offer(item, user, name, refused.get(name)) for name in names],
    }


def rail_of(item: Item, user: User, events: list[CustodyEvent]) -> dict[str, Any]:
    """The events, newest first, each with the gaps before it, and after it while they go on."""
    found = services.gaps_from(item, events)
    entitled = bool(set(services.WAIVERS) & item.case.duties(user))
    for each in found:
        each.waivable = each.acceptable_to(user) if entitled else None
    struck = {event.corrects_id for event in events}
    return {
        "open_gaps": [each for each in found if each.waiver is None],
        "deeds": [
            {
                "event": event,
                "struck": event.pk in struck,
                "above": [g for g in found if g.gap.at == str(event.pk) and g.comes_after],
                "below": [g for g in found if g.gap.at == str(event.pk) and not g.comes_after],
            }
            for event in events
        ],
    }


def correction_offer(
    item: Item, user: User, events: list[CustodyEvent], refused: BaseForm | None
) -> dict[str, Any] | None:
    """The form that corrects one of the events, for those who hold evidence."""
    if not item.was_possessed or not item.may(user, Duty.HOLD_EVIDENCE):
        return None
    form = refused or CorrectForm(item=item, reader=user)
    form.fields["event"].choose_from(events)  # type: ignore[attr-defined]
    return {
        "form": form,
        "action": reverse("evidence:custody_correct", args=[item.pk]),
    }


def offer(item: Item, user: User, name: str, refused: BaseForm | None) -> dict[str, Any]:
    """One deed of custody with its form."""
    form = refused or fresh_form(item, user, name)
    return {
        "name": name,
        "label": LABELS[name],
        "form": form,
        "action": reverse(f"evidence:{name}", args=[item.pk]),
        "form_id": f"{name}-form",
        "danger": name in {"break_seal", "dispose", "not_accept"},
        "main": name == "receive",
    }


def fresh_form(item: Item, user: User, name: str) -> BaseForm:
    """The empty form of a deed; its fields have ids of their own on the page."""
    ids = f"id_{name}_%s"
    if name == "store":
        return StoreForm(reader=user, auto_id=ids)
    if name == "hand_over":
        return HandOverForm(item=item, auto_id=ids)
    return PREFIXED[name](prefix=name) if name in PREFIXED else SEALING[name](auto_id=ids)


def components_of(item: Item, reader: User) -> list[Component]:
    """The parts described on an exhibit, each with its markings."""
    markings = Marking.objects.visible_to(reader).select_related(
        "transcribed_by", "confirmed_by", "proposal"
    )
    markings = markings.order_by("created_at")
    seen = item.components.visible_to(reader)
    rows = seen.select_related("category", "maker", "country_of_manufacture")
    return list(rows.order_by("id").prefetch_related(Prefetch("markings", markings)))


def shown_of(components: list[Component]) -> Iterator[Component | Marking]:
    """The parts of an exhibit, and what is written on them."""
    for component in components:
        yield component
        yield from component.markings.all()


def regroupings_of(item: Item, reader: User) -> list[Regrouping]:
    """What was taken off an exhibit or put with it, each with the parts that the reader sees."""
    deeds = list(Regrouping.objects.visible_to(reader).touching(item))
    parts = {key for deed in deeds for key in deed.parts}
    seen = {part.pk: part for part in Item.objects.visible_to(reader).filter(pk__in=parts)}
    for deed in deeds:
        deed.seen = [seen[key] for key in deed.parts if key in seen]
    return deeds


def tree_of(
    item: Item, reader: User, around: list[Item], shown: list[Item]
) -> list[dict[str, Any]]:
    """What an exhibit consists of, to any depth, one question a level; `shown` takes them all.

    Its own parts are among those `around` it.
    """
    seen = Item.objects.visible_to(reader).select_related("kind")
    below: dict[Any, list[dict[str, Any]]] = {item.pk: []}
    level = [one for one in around if one.parent_id == item.pk]
    while level:
        level.sort(key=lambda part: part.exhibit_no)
        shown += level
        for part in level:
            below[part.pk] = []
            below[part.parent_id].append({"item": part, "parts": below[part.pk]})
        level = list(seen.filter(parent__in=level))
    return below[item.pk]
