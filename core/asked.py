"""What a program may ask of a list or a record: which fields, which records along, in what order.

A reference is expanded by the door of what it names, so that it shows what that door would, in one
question for a whole page; what the reader may not see stays an id.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.relations import PrimaryKeyRelatedField
from rest_framework.request import Request

DEEPEST = 2
"""A reference of a reference may be expanded, and nothing beyond."""
ALWAYS = {"format"}
"""What every door reads by itself."""

Tree = dict[str, "Tree"]
DOORS: dict[type[models.Model], type[Any]] = {}
"""By whose door records of a kind are told; `config` fills it when it mounts the doors."""


@dataclass(frozen=True)
class Asked:
    """What was asked for; without `fields` all of them."""

    fields: frozenset[str] = frozenset()
    expand: Tree = field(default_factory=dict)


def tell_by(doors: Iterable[type[Any]]) -> None:
    """Let references be expanded by those of these doors that tell their whole kind."""
    DOORS.clear()
    DOORS.update({door.model: door for door in doors if door.tells_its_kind})


def asked_of(request: Request, view: Any) -> Asked:
    """The question, checked: what is not known is named, with what there is."""
    require_known(request.query_params, view)
    require_once(request.query_params)
    fields = names_in(request.query_params.get("fields", ""))
    expand = names_in(request.query_params.get("expand", ""))
    if not fields and not expand:
        return Asked()
    told = view.get_serializer()
    require_among("fields", fields, readable(told))
    tree = tree_of(expand, told, view)
    return Asked(frozenset({"id", *fields, *tree}) if fields else frozenset(), tree)


def require_known(sent: Collection[str], view: Any) -> None:
    """Refuse parameters that nothing here reads, so that a misspelt filter is never lost."""
    known = parameters_of(view)
    if unknown := sorted(set(sent) - known):
        told = _("There is no such parameter. There are: %(known)s.") % {
            "known": ", ".join(sorted(known - ALWAYS))
        }
        raise ValidationError({name[:100]: [told] for name in unknown})


def require_once(sent: QueryDict) -> None:
    """Refuse a parameter that is given twice: all but the last would be lost."""
    if twice := [name for name, said in sent.lists() if len(said) > 1]:
        told = _("Give this parameter once.")
        raise ValidationError({name: [told] for name in twice})


def parameters_of(view: Any) -> set[str]:
    """Every parameter that this door reads."""
    known = {*ALWAYS, "fields", "expand"}
    if view.action == "list":
        known |= {"limit", "cursor", "ordering"}
        known |= set(getattr(getattr(view, "filterset_class", None), "base_filters", ()))
    return known


def names_in(text: str) -> list[str]:
    """Names between commas."""
    return [name for part in text.split(",") if (name := part.strip())]


def require_among(parameter: str, names: Iterable[str], known: Collection[str]) -> None:
    """Refuse what there is not, and say what there is."""
    if unknown := sorted(set(names) - set(known)):
        told = {"unknown": ", ".join(unknown)[:200], "known": ", ".join(known) or "–"}
        raise ValidationError({parameter: [_("Not %(unknown)s. There are: %(known)s.") % told]})


def require_parameters(query: QueryDict, names: Iterable[str]) -> None:
    """Refuse a question that names what nothing here reads, or something twice."""
    require_among("query", query, sorted({*ALWAYS, *names}))
    require_once(query)


def require_sound(form: Any, *more: str) -> None:
    """Refuse a question that a form finds wrong, or that names what nothing here reads."""
    require_parameters(form.data, [*form.fields, *more])
    if not form.is_valid():
        raise ValidationError({name: list(said) for name, said in form.errors.items()})


def readable(told: Any) -> list[str]:
    """The names of the fields that a serializer tells."""
    return [name for name, each in told.fields.items() if not each.write_only]


def tree_of(paths: Iterable[str], told: Any, view: Any) -> Tree:
    """`item.incident` as {"item": {"incident": {}}}; each step must be one that can be taken."""
    tree: Tree = {}
    for path in paths:
        steps, below, at = path.split("."), tree, told
        if len(steps) > DEEPEST:
            told_ = _("At most %(n)d steps: %(path)s has more.")
            raise ValidationError({"expand": [told_ % {"n": DEEPEST, "path": path[:200]}]})
        for step in steps:
            ways = expansions_of(at)
            require_among("expand", [step], list(ways))
            below, at = below.setdefault(step, {}), door_to(ways[step], view).get_serializer()
    return tree


def expansions_of(told: Any) -> dict[str, type[models.Model]]:
    """The references that a serializer tells by their ids, and what each of them names."""
    model = getattr(getattr(told, "Meta", None), "model", None)
    found: dict[str, type[models.Model]] = {}
    for name, each in told.fields.items():
        relation = getattr(each, "child_relation", each)
        if model is None or type(relation) is not PrimaryKeyRelatedField or each.write_only:
            continue
        try:
            named: Any = model._meta.get_field(each.source).related_model
        except FieldDoesNotExist:
            continue
        if named in DOORS:
            found[name] = named
    return found


def door_to(model: type[models.Model], view: Any) -> Any:
    """The door that tells records of this kind, opened for whoever asks."""
    return DOORS[model](request=view.request, format_kwarg=None, args=(), kwargs={}, action="list")


def narrow(told: Any, wanted: Collection[str]) -> None:
    """Leave out of a serializer what was not asked for, so that it is not computed either."""
    each = getattr(told, "child", told)
    for name in readable(each):
        if name not in wanted:
            del each.fields[name]


def lighter(rows: Any, told: Any, wanted: Collection[str]) -> Any:
    """The same rows without reading along what only fields that were not asked for would show.

    Where a field is more than a column, nobody knows here what it is made of: then all is read.
    """
    fields: Mapping[str, Any] = told.fields
    needed = {fields[name].source.partition(".")[0] for name in wanted if name in fields}
    lookups = rows._prefetch_related_lookups
    columns = {each.name for each in rows.model._meta.concrete_fields} | {"handling"}
    ways = {way_of(each).partition("__")[0] for each in lookups}
    if needed - columns - ways or ways <= needed:
        return rows
    left = [each for each in lookups if way_of(each).partition("__")[0] in needed]
    return rows.prefetch_related(None).prefetch_related(*left)


def way_of(lookup: Any) -> str:
    """The relation that is read along."""
    return str(getattr(lookup, "prefetch_to", lookup))


def expand(rows: Collection[dict[str, Any]], told: Any, tree: Tree, view: Any) -> None:
    """Put records in the place of the ids that name them: one question for each reference."""
    ways = expansions_of(told)
    for name, below in tree.items():
        keys = {str(key) for row in rows for key in keys_in(row.get(name))}
        if not keys:
            continue
        door = door_to(ways[name], view)
        serializer = door.get_serializer(door.get_queryset().filter(pk__in=keys), many=True)
        records = serializer.data
        expand(records, serializer.child, below, view)
        known = {str(record["id"]): record for record in records}
        for row in rows:
            row[name] = in_place(row.get(name), known)


def keys_in(value: Any) -> Iterator[Any]:
    """The ids in a field: none, one or several."""
    if isinstance(value, list):
        yield from value
    elif value is not None:
        yield value


def in_place(value: Any, known: Mapping[str, Any]) -> Any:
    """The record that an id names, or the id where it is not for this reader."""
    if isinstance(value, list):
        return [known.get(str(key), key) for key in value]
    return value if value is None else known.get(str(value), value)
