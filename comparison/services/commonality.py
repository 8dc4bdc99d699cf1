"""Which component models occur in which incidents, among what a person may see."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from accounts.models import User
from catalogue.models import ComponentCategory
from comparison.methods.makers import normalise_maker
from comparison.services.facts import first_told
from core.markings import Handling, joined
from core.normalise import is_no_marking, normalise
from evidence.models import Component
from evidence.models.component import ComponentQuerySet
from investigations.models import Case, Incident
from investigations.models.label import handling_of_label

INCIDENTS, MODELS = 24, 100
"""The most columns and rows that one table shows."""


@dataclass
class ModelRow:
    """One component model: maker and part number as first marked, and its count by incident."""

    category: ComponentCategory
    maker: str
    name: str
    counts: Counter[UUID] = field(default_factory=Counter)
    cells: list[int] = field(default_factory=list)
    theatres: int = 0

    @property
    def total(self) -> int:
        """How many components of this model are recorded in these incidents."""
        return self.counts.total()

    @property
    def spread(self) -> int:
        """In how many incidents it occurs."""
        return len(self.counts)


@dataclass(frozen=True)
class Matrix:
    """Component models by incidents; `unnamed` components bear neither part number nor model."""

    incidents: list[Incident]
    rows: list[ModelRow]
    unnamed: int
    more_incidents: bool
    more_models: bool
    handling: Handling | None


def commonality_of(components: ComponentQuerySet, user: User) -> Matrix:
    """The matrix of these components: the latest incidents, the models of most incidents first."""
    holding = components.order_by().values("item__incident")
    seen = Incident.objects.visible_to(user).with_lists().filter(pk__in=holding)
    newest = list(seen.order_by("-occurred_from", "-id")[: INCIDENTS + 1])
    incidents = newest[:INCIDENTS]
    shown = components.order_by().filter(item__incident__in=[one.pk for one in incidents])
    models, unnamed = models_among(shown)
    rows = sorted(models, key=lambda row: (-row.spread, -row.total, row.maker, row.name))
    for row in rows[:MODELS]:
        row.cells = [row.counts[incident.pk] for incident in incidents]
        held = [one.theatre_id for one in incidents if one.pk in row.counts and one.theatre_id]
        row.theatres = len(set(held))
    return Matrix(
        incidents=incidents,
        rows=rows[:MODELS],
        unnamed=unnamed,
        more_incidents=len(newest) > INCIDENTS,
        more_models=len(rows) > MODELS,
        handling=handling_of(shown, user),
    )


def models_among(components: ComponentQuerySet) -> tuple[list[ModelRow], int]:
    """Components gathered by kind, maker and part number, however the last two are written."""
    names = ("maker__name", "maker_as_marked", "part_number", "model_name")
    counted = components.values("category", "item__incident", *names).annotate(n=Count("pk"))
    kinds = ComponentCategory.objects.in_bulk(field_name="code")
    models: dict[tuple[str, str, str], ModelRow] = {}
    unnamed = 0
    for one in counted.order_by("category", *names):
        maker, name = maker_and_name(one)
        if is_no_marking(name):
            unnamed += one["n"]
            continue
        key = (one["category"], normalise_maker(maker), normalise(name))
        row = models.setdefault(key, ModelRow(kinds[one["category"]], maker, name))
        row.counts[one["item__incident"]] += one["n"]
    return list(models.values()), unnamed


def maker_and_name(one: dict[str, Any]) -> tuple[str, str]:
    """The maker by the catalogue's name or as marked, and the part number or else the model."""
    name = first_told(one["part_number"], one["model_name"])
    return one["maker__name"] or one["maker_as_marked"], name


def named(components: ComponentQuerySet) -> ComponentQuerySet:
    """Those that bear a part number or a model."""
    return components.exclude(Q(part_number="") & Q(model_name=""))


def handling_of(components: ComponentQuerySet, user: User) -> Handling | None:
    """How a page is to be handled that counts all of these, whichever of them it names."""
    labels = dict.fromkeys(components.values_list("case", "label").distinct())
    cases = Case.objects.visible_to(user).in_bulk({case for case, _label in labels})
    parts = [one.handling for one in cases.values()]
    parts += [handling_of_label(label) for _case, label in labels if label]
    return joined(parts) if parts else None


def exported(components: ComponentQuerySet) -> ComponentQuerySet:
    """The components behind the counts, model by model, as they are taken away."""
    return named(components).with_lists().order_by("category", "part_number", "model_name", "id")


def components_seen(user: User) -> ComponentQuerySet:
    """Every component this person may see."""
    return Component.objects.visible_to(user)
