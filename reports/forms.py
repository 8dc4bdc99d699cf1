"""What a person chooses when asking for a report, a bundle or labels."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.markings import TLP_ORDER, Tlp
from evidence.models import Item
from investigations.models import Case
from reports.models import Report

MOST_USED = 20
"""A sheet of which every label is used is no sheet."""

SIZES = [
    ("21", _("21 on a sheet: 63.5 × 38.1 mm")),
    ("14", _("14 on a sheet: 99.1 × 38.1 mm")),
    ("8", _("8 on a sheet: 99.1 × 67.7 mm")),
    ("4", _("4 on a sheet: A6, 105 × 148 mm")),
]


def leave_out_field() -> forms.BooleanField:
    """Whether exhibits under a caveat are left out, rather than everything refused."""
    return forms.BooleanField(
        label=_("Leave out what a caveat keeps here"),
        required=False,
        help_text=_("Otherwise it is refused while an exhibit is under a caveat."),
    )


class RequestForm(forms.Form):
    """A report in one of the languages it can be written in."""

    language = forms.ChoiceField(label=_("Language"), choices=Report.Language)


class ReportForm(RequestForm):
    """A report, with or without what caveats keep here."""

    leave_out = leave_out_field()


class LabelForm(forms.Form):
    """Which sheet lies in the printer, and how much of it is used already."""

    size = forms.ChoiceField(label=_("Sheet (A4)"), choices=SIZES, initial="21")
    skip = forms.IntegerField(
        label=_("Labels of the first sheet that are used already"),
        min_value=0,
        max_value=MOST_USED,
        initial=0,
    )


class BundleForm(forms.Form):
    """Which exhibits leave, up to which marking, and the language of their certificates."""

    exhibits = forms.ModelMultipleChoiceField(
        queryset=Item.objects.none(),
        label=_("Exhibits"),
        required=False,
        help_text=_("None chosen: all of them, and the files that belong to none."),
    )
    up_to = forms.ChoiceField(
        label=_("Marked at most"),
        choices=Tlp,
        help_text=_("What is marked beyond it, or stands in a compartment, is listed as withheld."),
    )
    language = forms.ChoiceField(label=_("Language of the certificates"), choices=Report.Language)
    leave_out = leave_out_field()

    def __init__(self, *typed: Any, case: Case, user: User, **more: Any) -> None:
        super().__init__(*typed, **more)
        rows = Item.objects.visible_to(user).filter(case=case).order_by("exhibit_no")
        self.fields["exhibits"].queryset = rows  # type: ignore[attr-defined]
        least = TLP_ORDER.index(case.handling.tlp)
        self.fields["up_to"].choices = Tlp.choices[least:]  # type: ignore[attr-defined]
        self.initial.setdefault("up_to", case.handling.tlp)
