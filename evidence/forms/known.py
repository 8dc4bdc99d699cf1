"""Fields for records that people name by a number or a name instead of finding them in a list."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from evidence.models import Item
from investigations.models import Case, Incident

Known = TypeVar("Known", bound=Model)

SUGGESTIONS = 200
"""How many known answers a field offers; others can still be typed."""


class Suggest(forms.TextInput):
    """A line of text that offers known answers while one types."""

    suggestions: Iterable[tuple[str, str]] = ()

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """The text field, with its list of known answers."""
        known = f"{(attrs or {}).get('id', name)}_known"
        field = super().render(name, value, {**(attrs or {}), "list": known}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.suggestions)
        return format_html('{}<datalist id="{}">{}</datalist>', field, known, options)


class KnownField(forms.ModelChoiceField[Known]):
    """A record of which its number is typed."""

    def __init__(self, rows: QuerySet[Known], *, by: str, told_as: str, **kwargs: Any) -> None:
        widget = Suggest(attrs={"autocomplete": "off", "dir": "ltr"})
        widget.suggestions = rows.values_list(by, told_as)[:SUGGESTIONS]
        super().__init__(rows, to_field_name=by, widget=widget, **kwargs)


def exhibit_field(case: Case, user: User, **kwargs: Any) -> KnownField[Item]:
    """An exhibit of `case` that `user` may see, by its number."""
    complaint = _("No exhibit of this case has this number.")
    return KnownField(
        Item.objects.visible_to(user).filter(case=case),
        by="exhibit_no",
        told_as="description",
        error_messages={"invalid_choice": complaint},
        **kwargs,
    )


def incident_field(case: Case, user: User, **kwargs: Any) -> KnownField[Incident]:
    """An incident of `case` that `user` may see, by its reference."""
    complaint = _("No incident of this case has this reference.")
    return KnownField(
        Incident.objects.visible_to(user).filter(case=case),
        by="ref",
        told_as="title",
        error_messages={"invalid_choice": complaint},
        **kwargs,
    )


class ExhibitsField(forms.CharField):
    """Several exhibits of `case` that `user` may see, by their numbers, separated by commas."""

    def __init__(self, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}), max_length=2000, **kwargs
        )
        self.rows = Item.objects.visible_to(user).filter(case=case)

    def clean(self, value: Any) -> list[Item]:
        """The exhibits in the order in which they were named."""
        numbers = dict.fromkeys(part.strip() for part in super().clean(value).split(","))
        wanted = [number for number in numbers if number]
        found = {item.exhibit_no: item for item in self.rows.filter(exhibit_no__in=wanted)}
        if missing := [number for number in wanted if number not in found]:
            raise forms.ValidationError(
                _("No exhibit of this case has the number %(numbers)s."),
                params={"numbers": ", ".join(missing)},
            )
        return [found[number] for number in wanted]
