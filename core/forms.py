"""What forms on records share: the version they were filled in on, and what differs when stale."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.forms.widgets import ChoiceWidget
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from core.models import VersionedRecord

Row = TypeVar("Row", bound=VersionedRecord)
LOCAL_TIME = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Difference:
    """One field on which two people disagree: what is stored, and what was typed."""

    label: str | Promise
    stored: str
    typed: str


class RecordForm(forms.ModelForm[Row], Generic[Row]):
    """A form on a record that several people may edit."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def version_read(self) -> int:
        """The version that the person had before their eyes while typing."""
        return self.cleaned_data["version"] or 0

    def catch_up(self) -> list[Difference]:
        """After somebody was faster: what differs; sending once more overwrites knowingly."""
        stored = self._meta.model._default_manager.get(pk=self.instance.pk)
        theirs = type(self)(instance=stored)
        typed_before = QueryDict(mutable=True)
        typed_before.update(self.data)
        typed_before["version"] = str(stored.version)
        self.data = typed_before
        return [
            Difference(field.label or name, told(theirs[name]), told(self[name]))
            for name, field in self.fields.items()
            if name != "version" and told(theirs[name]) != told(self[name])
        ]


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


def local_moment() -> forms.DateTimeInput:
    """The browser's own control for a day and a time."""
    return forms.DateTimeInput({"type": "datetime-local"}, format=LOCAL_TIME)


def day() -> forms.DateInput:
    """The browser's own control for a day."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; nothing when it is only shown."""
    return request.POST if request.method == "POST" else None
