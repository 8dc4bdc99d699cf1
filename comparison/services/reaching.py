"""Find the links that other parameters may change: the rest says the same and is not looked at."""

import json
from collections.abc import Collection, Iterable
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, QuerySet, UUIDField, Value

from comparison.methods.parameters import PARAMETERS, Parameters
from comparison.methods.reach import EVERY_ROW, Reach, reach_of
from comparison.models import Link, ParameterSet


class HoldsRow(Func):
    """Whether a frozen assessment has a row that a JSON path finds."""

    function = "jsonb_path_exists"
    template = "%(function)s(%(expressions)s::jsonpath)"
    output_field = BooleanField()


class IsOneOf(Func):
    """Whether an id is one of thousands, sent as one value: as single ones they cost too much."""

    template, arg_joiner = "%(expressions)s)", " = ANY("
    output_field = BooleanField()

    def __init__(self, column: str, ids: Collection[UUID]) -> None:
        super().__init__(F(column), Value(list(ids), output_field=ArrayField(UUIDField())))


def reaches_on(links: QuerySet[Link], parameters: Parameters) -> frozenset[Reach]:
    """Rows that may be others under these parameters than under those that each was told by."""
    reaches: frozenset[Reach] = frozenset()
    for version in links.values_list("parameters_version", flat=True).order_by().distinct():
        before = parameters_called(version)
        reaches |= reach_of(before, parameters) if before else EVERY_ROW
    return reaches


def holding(links: list[UUID], reaches: frozenset[Reach]) -> list[UUID]:
    """Those of these links, in their order, that have such a row."""
    if not reaches or reaches >= EVERY_ROW:
        return links if reaches else []
    path = Value(path_to(reaches))
    found = Link.objects.filter(IsOneOf("pk", links), HoldsRow(F("explanation"), path))
    return list(found.order_by("pk").values_list("pk", flat=True))


def parameters_called(version: str) -> Parameters | None:
    """A version of the parameters by its name."""
    kept = ParameterSet.objects.adopted().filter(name=version).first()
    if kept:
        return Parameters.from_json(kept.values)
    return PARAMETERS if version == PARAMETERS.version else None


def path_to(reaches: Iterable[Reach]) -> str:
    """The JSON path of any of these rows in a frozen assessment."""
    rows = (
        " && ".join(
            f"@.{name} == {json.dumps(told)}" for name, told in each._asdict().items() if told
        )
        for each in sorted(reaches)
    )
    return f"$.rows[*] ? ({' || '.join(f'({row})' for row in rows)})"
