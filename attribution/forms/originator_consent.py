"""What is typed when an originator agrees to a release."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from attribution.models import Finding, OriginatorConsent


class ConsentForm(forms.ModelForm[OriginatorConsent]):
    """Which agency agreed, and how that is known."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Originator"))

    class Meta:
        model = OriginatorConsent
        fields = ["agency", "words"]
        widgets = {"words": forms.Textarea({"rows": 3, "dir": "auto"})}

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        keepers = Agency.objects.filter(pk__in=finding.handling.originators)
        agency.queryset = keepers.order_by("name")
