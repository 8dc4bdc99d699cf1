"""What a person chooses when asking for a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import Report


class RequestForm(forms.Form):
    """A report in one of the languages it can be written in."""

    language = forms.ChoiceField(label=_("Language"), choices=Report.Language)
