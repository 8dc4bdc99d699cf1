"""What the pages of comparison show, whichever door was used to reach them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.forms import BoundField
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

BESIDE, BESIDE_NAMES = "beside", ("third", "fourth")
"""What an address calls a link whose other end is laid beside a pair, and such an end."""

SILENT_NAMED = 5
"""Components of one exhibit that are named for holding nothing to compare; the rest is counted."""


def silent_parts(item: Item | None, reader: User) -> dict[str, Any]:
    """Components of the exhibit a list is narrowed to that hold nothing which could be compared."""
    if item is None:
        return {}
    seen = Reading.objects.visible_to(reader).silent().filter(component__item=item)
    found = list(seen.select_related("component__category", "component__maker").order_by("id"))
    return {"silent": [one.component for one in found[:SILENT_NAMED]], "silent_in_all": len(found)}


def give_pictures(links: list[Link], reader: User) -> None:
    """Give both ends of each link the picture that stands for its exhibit, in one question."""
    ends = [end for link in links for end in (link.left, link.right)]
    seen = File.objects.visible_to(reader)
    pictures = seen.filter(item__in={end.item_id for end in ends}).pictures()
    plain_first = pictures.order_by("item_id", "graphic_content", "id").distinct("item_id")
    covers = {one.item_id: one for one in plain_first}
    for end in ends:
        end.cover = covers.get(end.item_id)  # type: ignore[attr-defined]


def give_verdicts(links: list[Link], reader: User) -> None:
    """Give each link what was concluded of its facts, as far as the reader may know it already."""
    judged = {link.pk: link for link in links if link.examiners}
    for link in links:
        link.verdicts = []  # type: ignore[attr-defined]
    if judged:
        told = Judgement.objects.visible_to(reader).standing().filter(link__in=list(judged))
        for one in told.select_related("examiner").defer("explanation").order_by("id"):
            if one.fingerprint == judged[one.link_id].fingerprint:
                judged[one.link_id].verdicts.append(one)  # type: ignore[attr-defined]


def handling_of(links: list[Link]) -> Handling | str:
    """How a page that shows these links, with a picture of either end, is to be handled."""
    ends = [end for link in links for end in (link.left, link.right)]
    covers = [end.cover for end in ends if getattr(end, "cover", None)]  # type: ignore[attr-defined]
    shown = [*(link.handling for link in links), *(cover.own_handling for cover in covers)]
    return joined(shown) if shown else ""


def link_page(request: SignedInRequest, link: Link) -> dict[str, Any]:
    """Everything on the page of one comparison."""
    judges = services.may_judge(link, request.user)
    return {
        "link": link,
        "crumbs": crumbs_of(link),
        **columns_of(request, link),
        "total": services.exact_figure(link.ratio),
        "total_log10": "" if link.log10_ratio is None else f"{link.log10_ratio:+.2f}",
        "sentence": services.sentence_of(link),
        "level": level_of(link),
        "alerts": alerts_of(link),
        "title": link.name,
        "basis": basis_of(link),
        "may_judge": judges,
        "others": others_asked(request),
        "undo": services.undoable(request.user),
        **judgements_shown(link, request.user, judges=judges),
    }


def columns_of(request: SignedInRequest, link: Link) -> dict[str, Any]:
    """Both ends and what is laid beside them, in pictures and feature by feature."""
    relatives = services.offered_beside(link, request.user, request.GET.getlist(BESIDE))
    beside = [one for one in relatives if one.is_laid]
    named = [*named_ends(link), *zip(BESIDE_NAMES, [one.end for one in beside], strict=False)]
    films = give_films(request, named)
    lines = sorted(services.lines_of(link), key=lambda line: not line.is_difference)
    only_differences = request.GET.get("show") == "differences"
    return {
        "marking": handling_of([link, *(one.link for one in relatives)]),
        "sides": [side_of(end, name, films[name]) for name, end in named],
        "relatives": [chip_of(request, one) for one in relatives],
        "lines": [
            replace(line, beside=[one.cell(line.feature) for one in beside])
            for line in lines
            if line.is_difference or not only_differences
        ],
        "only_differences": only_differences,
        "bars": services.bars_of(lines),
    }


def with_notes(page: dict[str, Any], notes: dict[str, BoundField]) -> dict[str, Any]:
    """The rows with the field for a note on each; those of rows that are not shown apart."""
    if page["link"].is_blocked or not (page["may_judge"] and page["is_wanted"]):
        return {}
    lines = [replace(line, note=notes.pop(line.feature, None)) for line in page["lines"]]
    return {"lines": lines, "unshown": list(notes.values())}


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


def chip_of(request: SignedInRequest, relative: services.Beside) -> dict[str, Any]:
    """What can be laid beside the pair, or taken away again."""
    asked, key = request.GET.copy(), str(relative.link.pk)
    laid = [one for one in asked.getlist(BESIDE) if one != key]
    asked.setlist(BESIDE, laid if relative.is_laid else [*laid, key][-services.MOST_BESIDE :])
    return {
        "relative": relative,
        "url": f"?{asked.urlencode()}#compare",
        "current": relative.is_laid,
    }


def named_ends(link: Link) -> tuple[tuple[str, Component], tuple[str, Component]]:
    """Both ends, by the names that an address knows them by."""
    return ("left", link.left), ("right", link.right)


def others_asked(request: SignedInRequest) -> str:
    """The address's query without `show`, so that a switch keeps the rest."""
    asked = request.GET.copy()
    asked.pop("show", None)
    return asked.urlencode()


def give_films(
    request: SignedInRequest, named: Sequence[tuple[str, Component]]
) -> dict[str, list[dict[str, Any]]]:
    """Let each end be shown by the photograph that was chosen, or by its first; list them all."""
    seen = File.objects.visible_to(request.user).pictures()
    files = list(
        seen.filter(item__in=[end.item_id for _name, end in named]).order_by(
            "graphic_content", "id"
        )
    )
    films = {}
    for name, end in named:
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
