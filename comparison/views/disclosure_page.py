"""What the pages of a disclosure show: to the lead what would be shared, to the others what was."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from comparison import services
from comparison.forms import ShareForm
from comparison.http import basis_of, level_of
from comparison.models import Disclosure
from core.grading import Band
from core.markings import Handling
from evidence.models import Component, File
from evidence.models.vocabulary import MarkingKind, MarkingState
from investigations.forms import ReasonForm
from investigations.models import Request

REVIEW, SHARED = "comparison/disclosure_review.html", "comparison/disclosure_detail.html"
Row = tuple[str, str]


def share_form(row: Request, sent: QueryDict | None = None) -> ShareForm:
    """The form of the lead's yes, over what would be shared at this moment."""
    offer = services.offered(row)
    return ShareForm(sent, offer=offer, sha256=services.sha256_of(offer))


def review_page(
    row: Request, user: User, *, share: ShareForm | None = None, refuse: ReasonForm | None = None
) -> dict[str, Any]:
    """A request to share, before the lead: who asks, for what, and exactly what would be read."""
    asked = services.asked_by_whom(row)
    offer = services.offered(row)
    seen = Component.objects.visible_to(user).with_lists()
    return {
        "row": row,
        "title": row.get_kind_display(),
        "marking": row.handling,
        "component": seen.filter(pk=row.subject_id).first(),
        "band": str(Band(row.asked["band"]).label),
        "versions": services.versions_tried(asked),
        "offer": offer_shown(offer),
        "pictures": File.objects.visible_to(user).filter(
            pk__in=[one["id"] for one in offer["pictures"]]
        ),
        "sha256": asked.sha256,
        "decidable": row.may_be_decided_by(user),
        "share_form": share or share_form(row),
        "refuse_form": refuse or ReasonForm(),
        "crumbs": [
            {"label": _("Requests"), "url": reverse("investigations:request_list")},
            {"label": row.subject_ref, "url": ""},
        ],
    }


def disclosure_page(asked: Disclosure, *, show: str = "") -> dict[str, Any]:
    """What was asked, what came of it, and the comparison once it is shared."""
    context: dict[str, Any] = {
        "asked": asked,
        "title": str(asked.component),
        "marking": asked.handling,
        "crumbs": [
            {"label": _("Comparisons"), "url": reverse("comparison:link_list")},
            {"label": _("With other agencies"), "url": reverse("comparison:hit_list")},
            {"label": asked.component.item.exhibit_no, "url": ""},
        ],
    }
    return context | shared_page(asked, show) if asked.is_shared else context


def shared_page(asked: Disclosure, show: str) -> dict[str, Any]:
    """The comparison, feature by feature, from the frozen copy and from nothing else of theirs."""
    link = services.link_shared(asked)
    lines = services.lines_of(link)
    return {
        "link": link,
        "sides": [{"ref": asked.component.item.exhibit_no}, {"ref": asked.shared["exhibit"]}],
        "lines": [line for line in lines if line.is_difference or show != "differences"],
        "only_differences": show == "differences",
        "total": services.exact_figure(link.ratio),
        "total_log10": "" if link.log10_ratio is None else f"{link.log10_ratio:+.2f}",
        "sentence": services.sentence_of(link),
        "level": level_of(link),
        "basis": basis_of(link),
        "offer": offer_shown(asked.shared),
        "pictures": [
            {
                "image": reverse("comparison:shared_picture", args=[asked.pk, number]),
                "alt": one["caption"],
                "name": asked.shared["exhibit"],
                "viewer_id": f"viewer-{number}",
                "covered": bool(one.get("graphic")),
            }
            for number, one in enumerate(asked.shared["pictures"])
        ],
    }


def offer_shown(offer: dict[str, Any]) -> dict[str, Any]:
    """A frozen copy as people read it: fields and codes by their names."""
    fields = {field.name: str(field.verbose_name) for field in Component._meta.concrete_fields}
    told = offer["handling"]
    return {
        **{name: offer[name] for name in ("exhibit", "description", "theatre")},
        "facts": [(fields[name], worded(name, text)) for name, text in offer["facts"].items()],
        "markings": [marking_words(one) for one in offer["markings"]],
        "count": len(offer["pictures"]),
        "handling": Handling(
            tlp=told["tlp"],
            pap=told["pap"],
            clearance=told["clearance"],
            compartments=frozenset(told["compartments"]),
        ),
    }


def worded(name: str, value: str) -> str:
    """A code of a vocabulary by its name; anything else as it is."""
    field: Any = Component._meta.get_field(name)
    choices = dict(field.flatchoices)
    return str(choices.get(value, value))


def marking_words(marking: dict[str, str]) -> Row:
    """A marking in words: what kind of, and what stands there or became of it."""
    state = str(MarkingState(marking["state"]).label)
    said = [part for part in (marking["as_seen"], state, marking["removal_pattern"]) if part]
    return str(MarkingKind(marking["kind"]).label), " · ".join(said)
