"""What a person says of a key before it is drawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from investigations.models import Case


class KeyForm(forms.Form):
    """A new API key: what it is for, how far it reaches, how long it lives."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    cases = forms.ModelMultipleChoiceField(
        Case.objects.none(),
        label=_("Only in these cases"),
        required=False,
        help_text=_("None chosen: in all of your cases, those of tomorrow too."),
    )
    days = forms.IntegerField(
        label=_("Days it lives"), min_value=1, max_value=365, initial=90, help_text=_("1 to 365")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cases = self.fields["cases"]
        if isinstance(cases, forms.ModelMultipleChoiceField):
            cases.queryset = Case.objects.visible_to(user)

    def facts(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        chosen = self.cleaned_data
        return {
            "name": chosen["name"],
            "days": chosen["days"],
            "scopes": chosen["scopes"],
            "case_ids": [case.pk for case in chosen["cases"]],
        }
