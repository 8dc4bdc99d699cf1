"""What the page of one exhibit shows, whichever door was used to reach it."""

from collections.abc import Iterator
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
from evidence.models import Component, Item, Marking, Regrouping, custody_of
from evidence.models.vocabulary import ItemStatus
from evidence.views.item_pictures import picture_panel
from evidence.views.lab_exam_page import exams_panel
from evidence.views.trace_page import traces_panel
from investigations.http import crumbs_to, handling_of
from investigations.models import Duty, Request, RequestKind

PAGE = "evidence/item_detail.html"
FORMS = {"seal": SealForm, "break_seal": BreakSealForm}
PREFIXED = {
    "dispose": DisposeForm,
    "receive": ReceiveForm,
    "not_accept": NotAcceptForm,
    "take_back": TakeBackForm,
    "item_lost": LostForm,
    "item_found": FoundForm,
}
"""Forms whose fields bear their deed's name, since others on the page are called alike."""
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
    user, duties = request.user, item.case.duties(request.user)
    disposal = disposal_of(item, user)
    holds = item.holder_id == user.pk and Duty.HOLD_EVIDENCE in duties
    seen = Item.objects.visible_to(user).filter(case=item.case)
    pictures, components = picture_panel(request, item), components_of(item, user)
    below: list[Item] = []
    branches, exams = tree_of(item, user, below), exams_panel(request, item)
    traces = traces_panel(request, item)
    shown = [*pictures["files"], *shown_of(components), *below, *exams["exams"], *traces["traces"]]
    return {
        **pictures,
        **custody_panel(item, user, offered_to(item, user, holds, bool(disposal)), **refused),
        **exams,
        **traces,
        "disposal": disposal,
        "may_dispose": disposal is not None and disposal.may_be_decided_by(user),
        "item": item,
        "holds": holds,
        "marking": handling_of([item], *pictures["twins"], *shown),
        "crumbs": crumbs_of(item),
        "components": components,
        "branches": branches,
        "regroupings": regroupings_of(item, user),
        "lacking": list(services.lacking_in(item)),
        "before": seen.filter(pk__lt=item.pk).order_by("-pk").first(),
        "after": seen.filter(pk__gt=item.pk).order_by("pk").first(),
        "may_log": item.may(user, Duty.LOG_EVIDENCE),
        "may_hold": Duty.HOLD_EVIDENCE in duties,
        "may_verify": bool(duties),
    }


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


def offered_to(item: Item, user: User, holds: bool, waits: bool) -> list[str]:
    """The deeds of custody that this person may do now; `waits`: its disposal is asked for."""
    if item.offered_to_id:
        return passing_to(item, user)
    if item.status == ItemStatus.LOST:
        return ["item_found"] if Duty.HOLD_EVIDENCE in item.case.duties(user) else []
    ending = [] if waits else ["dispose"]
    if holds:
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
    refusal, wrong = refused.pop("gap", None), refused.pop("correction", None)
    names = [*offered, *(name for name in refused if name not in offered)]
    return {
        "loans": list(item.loans.visible_to(user).with_lists()),
        **rail_of(item, user),
        "gap_form": refusal,
        "correction": correction_offer(item, user, wrong),
        "offers": [offer(item, user, name, refused.get(name)) for name in names],
    }


def rail_of(item: Item, user: User) -> dict[str, Any]:
    """The events, newest first, each with the gaps before it, and after it while they go on."""
    events = custody_of(item)
    found = services.gaps_from(item, events)
    for each in found:
        each.may_waive = each.may_be_waived_by(user)
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


def correction_offer(item: Item, user: User, refused: BaseForm | None) -> dict[str, Any] | None:
    """The form that corrects an event, for those who hold evidence."""
    if not item.was_possessed or not item.may(user, Duty.HOLD_EVIDENCE):
        return None
    return {
        "form": refused or CorrectForm(item=item, reader=user),
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
    """The empty form of a deed."""
    if name == "store":
        return StoreForm(reader=user)
    if name == "hand_over":
        return HandOverForm(item=item)
    return PREFIXED[name](prefix=name) if name in PREFIXED else FORMS[name]()


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


def tree_of(item: Item, reader: User, shown: list[Item]) -> list[dict[str, Any]]:
    """What an exhibit consists of, to any depth, one question a level; `shown` takes them all."""
    seen = Item.objects.visible_to(reader).select_related("kind")
    below: dict[Any, list[dict[str, Any]]] = {item.pk: []}
    level = [item.pk]
    while level:
        parts = list(seen.filter(parent__in=level).order_by("exhibit_no"))
        shown += parts
        for part in parts:
            below[part.pk] = []
            below[part.parent_id].append({"item": part, "parts": below[part.pk]})
        level = [part.pk for part in parts]
    return below[item.pk]
