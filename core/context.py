"""What every page's frame needs: theme, density, direction, navigation and handling marking."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    """One door of the rail: its address, its icon, and the key that follows `g`."""

    label: str | Promise
    route: str
    icon: str
    key: str = ""
    also: tuple[str, ...] = ()  # how the names of further pages begin that stand behind this door
    url: str = ""
    current: bool = False


PAGES = ("source_list", "source_detail", "source_create", "source_edit", "identity", "erasure")
TOLD = ("attribution:statement", "attribution:claim")
HELP = ("investigations:assistance", "investigations:contributionrequest", "workspace:partner")
GIVEN = ("evidence:deployment", "evidence:deliverable")
PEOPLE = (*(f"investigations:{page}" for page in PAGES), *TOLD, *HELP, *GIVEN)
SCENES = (
    *("investigations:site", "investigations:source_cite", "investigations:casualties"),
    *("investigations:sourcereport", "attribution:incident_claims"),
)
ASKED = ("investigations:emergency",)
THINGS = (
    *("evidence:file", "evidence:component", "evidence:marking", "evidence:weapon"),
    *("attribution:item_claims", "evidence:caveat"),
)
STORES = ("evidence:place", "evidence:items_move", "evidence:stocktake", "evidence:loan")
LABS = ("catalogue:laboratory",)
SETS = ("comparison:batch", "comparison:commonality", "comparison:weapon", "comparison:incident")
FOLLOWED = ("attribution:accountability", "attribution:measure", "attribution:followup")
TRACES = ("evidence:tracereply", "evidence:rightofreply")
PEERS = ("exchange:delivered", "exchange:peer", "exchange:shipment")
RAIL: list[tuple[str | Promise, list[Entry]]] = [
    (
        "",
        [
            Entry(_("Home"), "workspace:home", "house", "h"),
            Entry(_("Cases"), "investigations:case_list", "folder-open", "c", PEOPLE),
            Entry(_("Incidents"), "investigations:incident_list", "flag", "i", SCENES),
            Entry(_("Requests"), "investigations:request_list", "user-check", "q", ASKED),
        ],
    ),
    (
        _("What was found"),
        [
            Entry(_("Intake"), "evidence:intake_list", "inbox", "n"),
            Entry(_("Evidence"), "evidence:item_list", "box", "e", THINGS),
            Entry(_("Storage"), "evidence:place_list", "warehouse", "w", STORES),
            Entry(_("Examinations"), "evidence:labexam_list", "microscope", "x", LABS),
            Entry(_("Tracing"), "evidence:tracerequest_list", "route", "t", TRACES),
            Entry(_("Comparisons"), "comparison:link_list", "git-compare", "m", SETS),
        ],
    ),
    (
        _("Who did it"),
        [
            Entry(_("Actors"), "attribution:actor_list", "users", "a"),
            Entry(_("Hypotheses"), "attribution:hypothesis_list", "scale", "y"),
            Entry(_("Findings"), "attribution:finding_list", "gavel", "f", FOLLOWED),
        ],
    ),
    (
        _("Record"),
        [
            Entry(_("Reports"), "reports:report_list", "file-text", "p", ("reports:",)),
            Entry(_("From peers"), "exchange:delivery_list", "package", "", PEERS),
            Entry(_("Reference"), "catalogue:weapon_list", "library", "r"),
            Entry(_("Ledger"), "workspace:ledger", "scroll-text", "l"),
        ],
    ),
]

STAFF = Entry(_("Administration"), "admin:index", "settings")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor for base.html."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "theme": getattr(user, "theme", "system"),
        "density": getattr(user, "density", "cosy"),
        "keyboard": getattr(user, "keyboard", True),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "rail": list(open_doors(request, staff=bool(signed_in and user.is_staff)))
        if user and signed_in
        else [],
    }


def open_doors(request: HttpRequest, *, staff: bool) -> Iterator[tuple[str | Promise, list[Entry]]]:
    """The rail's groups with their addresses, leaving out rooms that are not installed."""
    groups = [*RAIL, ("", [STAFF])] if staff else RAIL
    places = {entry.route: address(entry.route) for _title, group in groups for entry in group}
    here = standing(request, [entry for _title, group in groups for entry in group])
    here = here or nearest(request.path, [url for url in places.values() if url])
    for title, group in groups:
        doors = [
            replace(door, url=url, current=here in (door.route, url))
            for door in group
            if (url := places[door.route])
        ]
        if doors:
            yield title, doors


def address(route: str, *keys: object) -> str:
    """The path of a named route, or nothing where that room does not exist."""
    try:
        return reverse(route, args=keys)
    except NoReverseMatch:
        return ""


def standing(request: HttpRequest, doors: list[Entry]) -> str:
    """The route of the door whose noun the page is about, whatever case its address lies under."""
    page = request.resolver_match.view_name if request.resolver_match else ""
    for door in doors:
        if page.startswith((door.route.removesuffix("_list"), *door.also)):
            return door.route
    return ""


def nearest(path: str, addresses: list[str]) -> str:
    """The longest address that `path` lies under; home only for itself."""
    above = [url for url in addresses if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default="")
