"""Two people changed one record: which fields differ, who changed each, and whose text is kept."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.forms.widgets import ChoiceWidget
from django.http import QueryDict
from django.utils.functional import Promise

THEIRS, MINE = "theirs", "mine"
CHOICE = "keep-"
"""What the radio buttons of the merge page are called, before the name of the field."""


@dataclass(frozen=True)
class Difference:
    """One field on which two people disagree: what is stored, what was typed, who changed it."""

    name: str
    label: str | Promise
    stored: str
    typed: str
    they_changed: bool
    you_changed: bool

    @property
    def choice(self) -> str:
        """The name of its radio buttons."""
        return CHOICE + self.name

    @property
    def keeps_theirs(self) -> bool:
        """What is ticked beforehand: theirs, where the typist has left the field alone."""
        return not self.you_changed


def differences(
    theirs: forms.BaseForm, mine: forms.BaseForm, read: dict[str, str], names: Iterable[str]
) -> list[Difference]:
    """Every field in which what is stored now is not what was typed; `read` is what both saw."""
    return [
        Difference(
            name,
            mine.fields[name].label or name,
            told(theirs[name]),
            told(mine[name]),
            they_changed=digest(theirs[name]) != read.get(name),
            you_changed=digest(mine[name]) != read.get(name),
        )
        for name in names
        if as_sent(theirs[name]) != as_sent(mine[name])
    ]


def keep_theirs(data: QueryDict, stored: forms.BaseForm) -> QueryDict:
    """What was sent, with the stored value wherever the typist chose to keep that."""
    chosen = [name for name in stored.fields if data.get(CHOICE + name) == THEIRS]
    if not chosen:
        return data
    merged = data.copy()
    for name in chosen:
        merged.setlist(stored[name].html_name, as_sent(stored[name]))
    return merged


def digests(form: forms.BaseForm, names: Iterable[str]) -> str:
    """What the person has before their eyes, field by field, too short to give it away."""
    return json.dumps({name: digest(form[name]) for name in names}, separators=(",", ":"))


def digests_sent(text: str) -> dict[str, str]:
    """What `digests` has written and a form has brought back; nothing if it was tampered with."""
    try:
        read = json.loads(text)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def digest(bound: forms.BoundField) -> str:
    """Eight letters that tell one value of a field from another."""
    return hashlib.sha256("\0".join(as_sent(bound)).encode()).hexdigest()[:8]


def as_sent(bound: forms.BoundField) -> list[str]:
    """A field's value as a browser sends it if nothing is changed."""
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    shown = widget.format_value(value)
    values = shown if isinstance(shown, list | tuple) else [shown]
    return [str(one).replace("\r\n", "\n") for one in values if one not in (None, "")]


def told(bound: forms.BoundField) -> str:
    """A field's value in the words a person chose or typed."""
    value = bound.value()
    values = value if isinstance(value, list) else [value]
    widget = bound.field.widget
    words = dict(widget.choices) if isinstance(widget, ChoiceWidget) else {}
    named = {str(getattr(key, "value", key)): str(word) for key, word in words.items()}
    if isinstance(bound.field.widget, forms.DateTimeInput):
        values = [bound.field.widget.format_value(one) for one in values]
    return ", ".join(named.get(str(one), str(one)) for one in values if one not in (None, ""))
