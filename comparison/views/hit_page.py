"""What the page of a hit shows: a band, an agency, and what may be done about it."""

from typing import Any

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from accounts.models import User
from comparison import services
from comparison.models import Disclosure, Hit
from evidence.models import Item

PAGE = "comparison/hit_detail.html"


def item_asked(request: SignedInRequest) -> Item | None:
    """The exhibit that the address names, if this person sees it."""
    key = request.GET.get("item", "")
    rows = Item.objects.visible_to(request.user)
    return rows.filter(pk=key).first() if len(key) == 36 and key.count("-") == 4 else None


def hit_page(hit: Hit, user: User, form: BaseForm) -> dict[str, Any]:
    """Everything on it."""
    asked = services.standing_of(hit)
    return {
        "hit": hit,
        "title": str(hit.component),
        "sentence": services.sentence_of_hit(hit),
        "marking": hit.handling,
        "asked": asked,
        "form": form,
        "may_ask": services.may_ask(hit, user) and not (asked and is_open(asked)),
        "crumbs": [
            {"label": _("Comparisons"), "url": reverse("comparison:link_list")},
            {"label": _("With other agencies"), "url": reverse("comparison:hit_list")},
            {"label": hit.component.item.exhibit_no, "url": ""},
        ],
    }


def is_open(asked: Disclosure) -> bool:
    """Whether an answer is waited for, or everything was shared."""
    return asked.is_waiting or asked.is_shared
