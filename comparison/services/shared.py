"""Read what another team shared: the frozen copy, and the photographs that were let out with it."""

from typing import Any

from django.utils.translation import gettext as _

from comparison.models import Disclosure, Hit, Link
from comparison.services.asking import versions_of
from comparison.services.offer import offer_of
from core.errors import Refused
from core.scope import system_scope
from evidence.models import Component, File
from investigations.models import Request


def link_shared(disclosure: Disclosure) -> Link:
    """The comparison as it was shared, the reader's own component on the left; never saved."""
    shared: dict[str, Any] = disclosure.shared
    told = dict(shared["comparison"])
    theirs = Component(
        category_id=shared["category"],
        maker_as_marked=shared["maker"],
        part_number=shared["facts"].get("part_number", ""),
        model_name=shared["facts"].get("model_name", ""),
    )
    return Link(left=disclosure.component, right=theirs, **told)


def picture_shared(disclosure: Disclosure, number: int) -> File | None:
    """One of the photographs that were let out, by its place; nothing beyond them."""
    shown = disclosure.shared["pictures"] if disclosure.is_shared else []
    if not 0 <= number < len(shown):
        return None
    with system_scope("a photograph that its lead has shared lies in a case that is not seen"):
        return File.objects.filter(pk=shown[number]["id"], sha256=shown[number]["sha256"]).first()


def asked_by_whom(request: Request) -> Disclosure:
    """What a request is about, for the lead whose it is to decide; the asking case stays unseen."""
    with system_scope("the other side of a request lies in a case that is not seen"):
        found = Disclosure.objects.filter(request=request).first()
    if found is None:
        raise Refused(_("This request asks for something else."))
    return found


def offered(request: Request) -> dict[str, Any]:
    """What would be shared, or was: drawn from both sides of a likeness, so not in one's name."""
    asked = asked_by_whom(request)
    if asked.is_shared:
        shared: dict[str, Any] = asked.shared
        return shared
    with system_scope("what is offered is drawn from both sides of a likeness"):
        return offer_of(asked)


def standing_of(hit: Hit) -> Disclosure | None:
    """What the team has asked about a hit last, if anything."""
    asked = Disclosure.objects.filter(case=hit.case_id, component=hit.component_id)
    with system_scope("whether it was asked for hangs on a link that is not seen"):
        return asked.filter(link=hit.link_id).order_by("-id").first()


def versions_tried(disclosure: Disclosure) -> int:
    """How many versions of their component's description were held against this lead's cases."""
    with system_scope("how often was asked is told to the lead who is asked"):
        return versions_of(disclosure.component)
