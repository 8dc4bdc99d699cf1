"""What a person chooses when asking for a report or for labels."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import Report

SIZES = [
    ("21", _("21 on a sheet: 63.5 × 38.1 mm")),
    ("14", _("14 on a sheet: 99.1 × 38.1 mm")),
    ("8", _("8 on a sheet: 99.1 × 67.7 mm")),
    ("4", _("4 on a sheet: A6, 105 × 148 mm")),
]


class RequestForm(forms.Form):
    """A report in one of the languages it can be written in."""

    language = forms.ChoiceField(label=_("Language"), choices=Report.Language)


class LabelForm(forms.Form):
    """Which sheet lies in the printer, and how much of it is used already."""

    size = forms.ChoiceField(label=_("Sheet (A4)"), choices=SIZES, initial="21")
    skip = forms.IntegerField(
        label=_("Labels of the first sheet that are used already"),
        min_value=0,
        max_value=20,
        initial=0,
    )
