"""Finding things by words or by what is written on a part, across all that a person may see."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import CharField, Func, Q, QuerySet, TextChoices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import WeaponModel
from comparison.methods.retrieval import hashed
from comparison.models import Reading
from core.context import address
from core.listing import cut
from core.markings import Handling
from core.normalise import fold_confusable, normalise
from evidence.models import Component, Item
from investigations.models import Case, Incident

SHOWN = 10
SHORTEST_MARK = 3
"""Fewer letters of a marking than this fit too many parts to help."""


class Found(TextChoices):
    """The kinds of things that are found, by the names of their REST addresses."""

    CASES = "cases", _("Cases")
    INCIDENTS = "incidents", _("Incidents")
    EXHIBITS = "items", _("Exhibits")
    PARTS = "components", _("Components and markings")
    MODELS = "weapon-models", _("Weapon models")


@dataclass(frozen=True)
class Hit:
    """One thing found: its key and number, what it is, where it belongs, and its page."""

    key: UUID
    ref: str
    title: str
    sub: str
    url: str


@dataclass(frozen=True)
class Group:
    """Things of one kind, at most ten of them; `more` says that there are others."""

    kind: Found
    sign: str
    hits: list[Hit]
    handlings: set[Handling] = field(default_factory=set)
    more: bool = False
    all_url: str = ""

    @property
    def label(self) -> str | Promise:
        """What the kind is called."""
        return self.kind.label


class Folded(Func):
    """A marking in the database as `fold_confusable(normalise(…))` writes it."""

    template = (
        "translate(regexp_replace(upper(%(expressions)s), '[^A-Z0-9?]', '', 'g'),"
        " 'ODQILSBZ', '00011582')"
    )
    output_field = CharField()


def found(user: User, words: str) -> list[Group]:
    """Everything that `user` may see and that answers to `words`, by kind; empty kinds left out."""
    kinds = (cases, incidents, exhibits, parts, models)
    return [group for kind in kinds if (group := kind(user, words)).hits]


def holding(words: str, *fields: str) -> Q:
    """Rows of which some field holds each of the words, in any order."""
    every = Q()
    for word in words.split():
        every &= Q(*[(f"{name}__icontains", word) for name in fields], _connector=Q.OR)
    return every


def group_of(
    kind: Found,
    sign: str,
    rows: QuerySet[Any],
    hit: Callable[[Any], Hit],
    *,
    all_url: str = "",
    handled: bool = True,
) -> Group:
    """The first ten rows as hits."""
    shown, more = cut(rows, SHOWN)
    return Group(
        kind=kind,
        sign=sign,
        hits=[hit(row) for row in shown],
        handlings={row.handling for row in shown} if handled else set(),
        more=more,
        all_url=all_url,
    )


def cases(user: User, words: str) -> Group:
    """Cases by reference and by the titles that the person may read."""
    rows = Case.objects.visible_to(user).titled_for(user)
    return group_of(
        Found.CASES,
        "folder-open",
        rows.filter(holding(words, "ref", "title_shown", "public_title")),
        lambda case: Hit(
            case.pk,
            case.ref,
            case.title_shown,
            case.public_title,
            reverse("investigations:case_detail", args=[case.pk]),
        ),
    )


def incidents(user: User, words: str) -> Group:
    """Incidents by title, place and weapon, in any script."""
    fields = ("ref", "title", "place_name", "place_native", "weapon_as_stated")
    rows = Incident.objects.visible_to(user).filter(holding(words, *fields))
    return group_of(
        Found.INCIDENTS,
        "flag",
        rows.select_related("case"),
        lambda incident: Hit(
            incident.pk,
            incident.ref,
            incident.title,
            incident.place_name,
            reverse("investigations:incident_detail", args=[incident.pk]),
        ),
    )


def exhibits(user: User, words: str) -> Group:
    """Exhibits by number and description."""
    rows = Item.objects.visible_to(user).filter(holding(words, "exhibit_no", "description"))
    return group_of(
        Found.EXHIBITS,
        "box",
        rows.select_related("case", "incident"),
        lambda item: Hit(
            item.pk,
            item.exhibit_no,
            item.description,
            str(item.incident),
            address("evidence:item_detail", item.pk),
        ),
    )


def parts(user: User, words: str) -> Group:
    """Components by what is written on them, separators and confusable characters folded."""
    rows = Component.objects.visible_to(user).filter(marked(words) | named(words))
    return group_of(
        Found.PARTS,
        "microscope",
        rows.select_related("case", "item", "maker", "category").distinct(),
        lambda part: Hit(
            part.pk,
            part.item.exhibit_no,
            str(part),
            " · ".join(filter(None, [part.part_number, part.serial_number, part.lot_code])),
            f"{address('evidence:item_detail', part.item_id)}#component-{part.pk}",
        ),
    )


def named(words: str) -> Q:
    """Parts by the names of maker and model."""
    return holding(words, "model_name", "maker_as_marked", "maker__name")


def marked(words: str) -> Q:
    """Parts on which this stands, though hyphens, case, O and 0, I and 1 were read otherwise."""
    mark = normalise(words)
    folded = fold_confusable(mark)
    if len(folded) < SHORTEST_MARK:
        return Q(pk__in=[])
    keys = [f"{kind}:{mark}" for kind in ("part", "serial", "lot")]
    keys += [f"read:{kind}:{folded}" for kind in ("part", "serial")]
    held = Q(pk__in=Reading.objects.filed_under(map(hashed, keys)).values("component"))
    for name in ("part_number", "serial_number", "lot_code"):
        held |= Q(pk__in=holding_mark(Component, name, folded).values("pk"))
    seen = holding_mark(Component, "markings__as_seen", folded)
    return held | Q(pk__in=seen.values("pk"))


def holding_mark(model: type[Component], name: str, folded: str) -> QuerySet[Component]:
    """Rows one of whose markings, folded, holds these characters."""
    return model.objects.alias(told=Folded(name)).filter(told__contains=folded)


def models(user: User, words: str) -> Group:
    """Weapon models of the reference library: open to everyone signed in."""
    rows = WeaponModel.objects.visible_to(user).named(words).order_by("name")
    return group_of(
        Found.MODELS,
        "library",
        rows,
        lambda model: Hit(
            model.pk,
            "",
            model.name,
            ", ".join(model.aliases),
            reverse("catalogue:weapon_detail", args=[model.pk]),
        ),
        all_url=f"{reverse('catalogue:weapon_list')}?{urlencode({'q': words})}",
        handled=False,
    )
