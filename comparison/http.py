"""What the pages of comparison show, whichever door was used to reach them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.http import SignedInRequest
from accounts.models import User
from comparison import services
from comparison.models import CAPS, FEATURES, Alert, Conclusion, Judgement, Link, LinkState, Reading
from comparison.models.link import TWO
from comparison.models.vocabulary import OLDEST_CAP
from core.http import key_or_404
from core.markings import Handling, joined
from core.scope import system_scope
from evidence.http import thumbnail_of
from evidence.models import Component, File, Item
from investigations.tables import Listed

LINKS: Listed[Link] = Listed(
    "comparisons",
    "comparison.links_exported",
    [
        (_("Components"), lambda link: link.name),
        (_("Exhibits"), lambda link: " · ".join(end.item.exhibit_no for end in link.ends)),
        (_("Kind"), lambda link: link.left.category),
        (_("Recovered in"), lambda link: " | ".join(place_of(end) for end in link.ends)),
        (_("Across theatres"), lambda link: _now("yes") if link.cross_theatre else _now("no")),
        (_("Strength"), lambda link: alarm_of(link) or link.get_band_display()),
        (_("Likelihood ratio (log10)"), lambda link: link.log10_ratio),
        (_("What agrees"), lambda link: ", ".join(link.agreeing)),
        (_("Proposed"), lambda link: link.proposed_at),
        (_("Cases"), lambda link: " · ".join(sorted({link.case.ref, link.other_case.ref}))),
    ],
    cases=lambda link: link.chains,
)
"""What a table of comparisons says: what was compared and how alike it is, never a judgement."""

SILENT_NAMED = 5
"""Components of one exhibit that are named for holding nothing to compare; the rest is counted."""


def silent_parts(item: Item | None, reader: User) -> dict[str, Any]:
    """Components of the exhibit a list is narrowed to that hold nothing which could be compared."""
    if item is None:
        return {}
    seen = Reading.objects.visible_to(reader).silent().filter(component__item=item)
    found = list(seen.select_related("component__category", "component__maker").order_by("id"))
    return {"silent": [one.component for one in found[:SILENT_NAMED]], "silent_in_all": len(found)}


def alarm_of(link: Link) -> str:
    """What stands between the pair and any figure, if anything does."""
    return str(link.get_alert_display()) if link.is_blocked else ""


def give_pictures(links: list[Link], reader: User) -> None:
    """Give both ends of each link the picture that stands for its exhibit, in one question."""
    ends = [end for link in links for end in (link.left, link.right)]
    seen = File.objects.visible_to(reader)
    pictures = seen.filter(item__in={end.item_id for end in ends}).pictures()
    plain_first = pictures.order_by("item_id", "graphic_content", "id").distinct("item_id")
    covers = {one.item_id: one for one in plain_first}
    for end in ends:
        end.cover = covers.get(end.item_id)  # type: ignore[attr-defined]


def handling_of(links: list[Link]) -> Handling | str:
    """How a page that shows these links, with a picture of either end, is to be handled."""
    ends = [end for link in links for end in (link.left, link.right)]
    covers = [end.cover for end in ends if getattr(end, "cover", None)]  # type: ignore[attr-defined]
    shown = [*(link.handling for link in links), *(cover.own_handling for cover in covers)]
    return joined(shown) if shown else ""


def link_page(request: SignedInRequest, link: Link) -> dict[str, Any]:
    """Everything on the page of one comparison."""
    films = give_films(request, link)
    lines = sorted(services.lines_of(link), key=lambda line: not line.is_difference)
    only_differences = request.GET.get("show") == "differences"
    judges = services.may_judge(link, request.user)
    return {
        "link": link,
        "marking": handling_of([link]),
        "crumbs": crumbs_of(link),
        "sides": [side_of(end, name, films[name]) for name, end in named_ends(link)],
        "lines": [line for line in lines if line.is_difference or not only_differences],
        "only_differences": only_differences,
        "total": services.exact_figure(link.ratio),
        "total_log10": "" if link.log10_ratio is None else f"{link.log10_ratio:+.2f}",
        "sentence": services.sentence_of(link),
        "level": level_of(link),
        "alerts": alerts_of(link),
        "title": link.name,
        "basis": basis_of(link),
        "may_judge": judges,
        "others": others_asked(request),
        "bars": services.bars_of(lines),
        "undo": services.undoable(request.user),
        **judgements_shown(link, request.user, judges=judges),
    }


def judgements_shown(link: Link, user: User, *, judges: bool) -> dict[str, Any]:
    """What others concluded: hidden from an examiner who has not judged these facts yet."""
    with system_scope("how many have judged is told, and not yet how"):
        counted = list(Judgement.objects.of_what_is_seen_now(link).order_by("id"))
    examiners = {one.examiner_id for one in counted}
    may_still = link.awaits_another and user.pk not in examiners
    blind = judges and may_still and bool(examiners)
    told = link.judgements.visible_to(user).select_related("examiner", "withdrawal")
    return {
        "judgements": [judgement_line(one, link) for one in told.order_by("id")],
        "hidden": len(examiners) if blind else 0,
        "standing": standing_of(link, counted) if not may_still else {},
        "shown_state": LinkState.PROPOSED if blind else LinkState(link.state),
        "is_wanted": link.awaits_another or user.pk in examiners,
    }


def standing_of(link: Link, counted: list[Judgement]) -> dict[str, Any]:
    """What the examiners' words come to: what they agree on, or what is still lacking."""
    agreed = services.common_ground(counted) if link.state == LinkState.CONFIRMED else ""
    return {
        "agreed": str(Conclusion(agreed).label) if agreed else "",
        "by_a_third": link.examiners > TWO,
        "needs_third": link.state == LinkState.DISPUTED and link.awaits_another,
        "needs_second": link.examiners == 1,
        "unresolved": link.state == LinkState.DISPUTED and not link.awaits_another,
    }


def judgement_line(judgement: Judgement, link: Link) -> dict[str, Any]:
    """A judgement, whether it was made of the facts as they stand, and whether it counts."""
    return {
        "judgement": judgement,
        "is_earlier": judgement.fingerprint != link.fingerprint,
        "is_withdrawn": hasattr(judgement, "withdrawal"),
        "explained": [
            (str(FEATURES.get(feature, feature)), why)
            for feature, why in judgement.explained.items()
        ],
    }


def named_ends(link: Link) -> tuple[tuple[str, Component], tuple[str, Component]]:
    """Both ends, by the names that an address knows them by."""
    return ("left", link.left), ("right", link.right)


def others_asked(request: SignedInRequest) -> str:
    """The address's query without `show`, so that a switch keeps the rest."""
    asked = request.GET.copy()
    asked.pop("show", None)
    return asked.urlencode()


def give_films(request: SignedInRequest, link: Link) -> dict[str, list[dict[str, Any]]]:
    """Let each end be shown by the photograph that was chosen, or by its first; list them all."""
    seen = File.objects.visible_to(request.user).pictures()
    files = list(
        seen.filter(item__in=[end.item_id for end in link.ends]).order_by("graphic_content", "id")
    )
    films = {}
    for name, end in named_ends(link):
        own = [file for file in files if file.item_id == end.item_id]
        asked = request.GET.get(name, "")
        end.cover = next(  # type: ignore[attr-defined]
            (file for file in own if str(file.pk) == asked), own[0] if own else None
        )
        films[name] = [film_of(request, name, file, end) for file in own]
    return films


def film_of(request: SignedInRequest, side: str, file: File, end: Component) -> dict[str, Any]:
    """One photograph of an end, to be chosen for the comparison."""
    asked = request.GET.copy()
    asked[side] = str(file.pk)
    return {
        "url": f"?{asked.urlencode()}#compare",
        "thumbnail": thumbnail_of(file),
        "covered": file.graphic_content,
        "name": file.caption or file.name,
        "current": file == end.cover,  # type: ignore[attr-defined]
    }


def side_of(component: Component, viewer: str, film: list[dict[str, Any]]) -> dict[str, Any]:
    """One end of a link as the comparing viewer shows it."""
    item, cover = component.item, getattr(component, "cover", None)
    return {
        "ref": item.exhibit_no,
        "url": reverse("evidence:item_detail", args=[item.pk]),
        "title": str(component),
        "incident": place_of(component),
        "image": reverse("evidence:file_preview", args=[cover.pk]) if cover else "",
        "alt": (cover.caption or item.description) if cover else "",
        "covered": bool(cover and cover.graphic_content),
        "shown_key": str(cover.pk) if cover else "",
        "viewer_id": f"viewer-{viewer}",
        "film": film if len(film) > 1 else [],
        "film_id": f"film-{viewer}",
        "film_label": _("Photographs of %(exhibit)s") % {"exhibit": item.exhibit_no},
    }


def place_of(component: Component) -> str:
    """The recovery a component comes from: its incident and theatre."""
    incident = component.item.incident
    return " · ".join(str(part) for part in (incident.ref, incident.theatre) if part)


def level_of(link: Link) -> str:
    """The most that the recorded features allow an examiner to conclude."""
    level = link.explanation.get("level")
    return str(Conclusion(level).label) if level else ""


def basis_of(link: Link) -> dict[str, Any]:
    """What the figure rests on, frozen with it."""
    frozen = link.explanation
    counted, as_of = frozen["statistics"], frozen["statistics"]["as_of"]
    spread = counted["serial_range"]
    return {
        "recoveries": f"{counted['recoveries']:,}",
        "as_of": date.fromisoformat(as_of) if as_of else None,
        "serial_range": f"{spread:,}" if spread else "",
        "parameters": frozen["parameters_version"],
        "scale": frozen["scale_version"],
        "capped": CAPS[frozen.get("capped_because", OLDEST_CAP)] if frozen["is_capped"] else "",
    }


def alerts_of(link: Link) -> list[str]:
    """What else to look at before reading on."""
    others = [alert for alert in link.explanation["alerts"] if alert != link.alert]
    return [str(Alert(alert).label) for alert in others]


def crumbs_of(link: Link) -> list[dict[str, str]]:
    """The queue, and this comparison."""
    here = f"{link.left.item.exhibit_no} · {link.right.item.exhibit_no}"
    return [
        {"label": _now("Comparisons"), "url": reverse("comparison:link_list")},
        {"label": here, "url": ""},
    ]


def key_asked(request: HttpRequest, name: str = "other") -> UUID:
    """The key that the address names under `name`; one that is none is as unknown as no one's."""
    return key_or_404(request.GET.get(name))
