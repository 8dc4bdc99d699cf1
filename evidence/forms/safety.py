"""Whether an exhibit may be touched, as the ordnance specialist said."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import local_moment
from evidence.models import Item
from evidence.models.safety import RenderSafe


class SafetyForm(forms.ModelForm[Item]):
    """What was found, by whom, and when."""

    render_safe = forms.ChoiceField(label=_("Explosive hazard"), choices=RenderSafe)
    cleared_by = forms.CharField(
        label=_("Cleared by"),
        max_length=120,
        required=False,
        help_text=_("The specialist by name and unit."),
    )
    cleared_at = forms.DateTimeField(
        label=_("Cleared"),
        required=False,
        widget=local_moment(),
        help_text=_("In your own time zone."),
    )

    class Meta:
        model = Item
        fields: tuple[str, ...] = ()
