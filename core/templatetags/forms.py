"""Forms in groups: the fieldsets a form declares, or all its fields as one."""

from dataclasses import dataclass, field

from django import template
from django.forms import BaseForm, BoundField
from django.utils.html import format_html

from core.once import FIELD, new_word

register = template.Library()


@dataclass
class Group:
    """Fields under one legend."""

    legend: str = ""
    fields: list[BoundField] = field(default_factory=list)


@register.simple_tag
def once() -> str:
    """The hidden word by which a form that is sent twice acts once."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_word())


@register.filter
def groups(form: BaseForm) -> list[Group]:
    """The form's visible fields by its `fieldsets`, a list of (legend, [field names])."""
    declared: list[tuple[str, list[str]]] = list(getattr(form, "fieldsets", []))
    told = [Group(legend, [form[name] for name in names]) for legend, names in declared]
    named = {name for _legend, names in declared for name in names}
    rest = [bound for bound in form.visible_fields() if bound.name not in named]
    return [*told, Group("", rest)] if rest else told


@register.filter
def kind(bound: BoundField) -> str:
    """Which shape of control a field takes: checkbox, choices, file or plain."""
    shape = bound.widget_type
    if shape in {"checkboxselectmultiple", "radioselect"}:
        return "choices"
    return "checkbox" if shape == "checkbox" else "plain"
