"""What is asked when an exhibit changes hands, place or seal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from evidence.models import Item
from evidence.models.vocabulary import ItemStatus
from investigations.models import Duty


class HandOverForm(forms.Form):
    """To whom, and for what."""

    to = forms.ModelChoiceField(User.objects.none(), label=_("Hand over to"))
    purpose = forms.CharField(label=_("For what"), max_length=200, required=False)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        takers = item.case.people_with(Duty.HOLD_EVIDENCE)
        if item.holder_id:
            takers = takers.exclude(pk=item.holder_id)
        self.fields["to"].queryset = takers.distinct()  # type: ignore[attr-defined]


class SealForm(forms.Form):
    """Which seal closes it."""

    seal_no = forms.CharField(
        label=_("Number of the seal"), max_length=60, widget=forms.TextInput({"dir": "ltr"})
    )


class BreakSealForm(forms.Form):
    """Why it is opened."""

    reason = forms.CharField(label=_("Why the seal is broken"), max_length=200)


class DisposeForm(forms.Form):
    """How it goes, to whom, and why; a second person has to agree."""

    WAYS = (ItemStatus.DESTROYED, ItemStatus.RETURNED)

    way = forms.ChoiceField(
        label=_("What is done with it"), choices=[(way.value, way.label) for way in WAYS]
    )
    to = forms.CharField(
        label=_("To whom"),
        max_length=200,
        required=False,
        help_text=_("Needed when it is returned."),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=1000, help_text=_("The lead or a releasing authority agrees.")
    )
