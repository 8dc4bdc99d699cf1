"""The kept facts of a record in a reader's words, each reference by a name they may read."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from core.clock import in_words
from investigations.models import CaseRecord
from investigations.models.label import agencies_named
from workspace.models.feed import shown


class Words:
    """Tells facts of one kind of record to one reader; a name is looked up once."""

    def __init__(self, model: type[models.Model], reader: User) -> None:
        own = (*model._meta.concrete_fields, *model._meta.many_to_many)
        self.fields: dict[str, Any] = {field.name: field for field in own}
        self.reader = reader
        self._names: dict[tuple[str, Any], str] = {}

    def label(self, name: str) -> str:
        """What a fact is called; one that the program no longer knows, by its own name."""
        field = self.fields.get(name)
        return capfirst(str(field.verbose_name)) if field is not None else name

    def ordered(self, said: Iterable[str]) -> list[str]:
        """Names of facts in the order in which the record has them; the forgotten at the end."""
        names = set(said)
        return [*(name for name in self.fields if name in names), *sorted(names - set(self.fields))]

    def value(self, name: str, said: Any) -> str:
        """A fact as it is read; empty for one that was not known."""
        field = self.fields.get(name)
        if said in (None, "", []):
            return ""
        if field is None:
            return str(said)
        if field.many_to_many:
            return self.all_named(field, said)
        if field.is_relation:
            return self.named(field, said)
        if isinstance(field, ArrayField):
            return listed(field.base_field, said)
        return plain_words(field, said)

    def named(self, field: Any, key: Any) -> str:
        """What a reference names, if this person may see that."""
        asked = (field.name, key)
        if asked not in self._names:
            rows = rows_for(field.related_model, self.reader)
            found = rows.filter(**{field.target_field.name: key}).first()
            self._names[asked] = str(found) if found else _("something you may not see")
        return self._names[asked]

    def all_named(self, field: Any, keys: list[str]) -> str:
        """What a list of references names, as far as this person may see that."""
        rows = rows_for(field.related_model, self.reader).filter(pk__in=keys)
        names = [str(row) for row in rows]
        hidden = [_("something you may not see")] if len(names) < len(keys) else []
        return ", ".join([*names, *hidden])


def rows_for(model: Any, reader: User) -> Any:
    """The rows of a kind that may be named to this person."""
    if issubclass(model, CaseRecord):
        return shown(model, reader)
    rows = model._default_manager.all()
    return rows.visible_to(reader) if hasattr(rows, "visible_to") else rows


def listed(base: Any, said: list[Any]) -> str:
    """A list of words, codes or agencies."""
    if isinstance(base, models.UUIDField):
        return ", ".join(agencies_named(frozenset(UUID(key) for key in said)))
    return ", ".join(plain_words(base, one) for one in said)


def plain_words(field: Any, said: Any) -> str:
    """A choice by its words, a time in the reader's zone, a yes or a no, and text as it is."""
    if field.flatchoices:
        return str(dict(field.flatchoices).get(said, said))
    if isinstance(field, models.BooleanField):
        return _("yes") if said else _("no")
    if isinstance(field, models.DateTimeField):
        at = parse_datetime(said)
        return in_words(at) if at else str(said)
    if isinstance(field, models.DateField):
        on = parse_date(said)
        return in_words(on) if on else str(said)
    if isinstance(said, list | dict):
        return shape_words(said)
    return str(said)


def shape_words(said: list[Any] | dict[str, Any]) -> str:
    """An area on the ground or a region of a picture."""
    if isinstance(said, dict) and "corners" not in said:
        return _("%(width)s × %(height)s ‰ of the picture, from %(left)s, %(top)s ‰") % said
    corners = said["corners"] if isinstance(said, dict) else said
    return _("%(count)d points") % {"count": len(corners)}
