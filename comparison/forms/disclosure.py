"""What is typed when one team asks another to share a component, and when that is answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForm(forms.Form):
    """Why the other lead should share it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "The other lead reads this, your name and your agency. Name nothing you may not."
        ),
    )


class ShareForm(forms.Form):
    """The lead's yes: what they were shown, and the photographs they let out."""

    sha256 = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)
    pictures = forms.MultipleChoiceField(
        label=_("Photographs to share"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offer: dict[str, Any], sha256: str, **kwargs: Any) -> None:
        shown = [(one["id"], one["caption"] or one["sha256"][:12]) for one in offer["pictures"]]
        kwargs.setdefault("initial", {"sha256": sha256, "pictures": [key for key, _ in shown]})
        super().__init__(*args, **kwargs)
        self.fields["pictures"].choices = shown  # type: ignore[attr-defined]
        if not shown:
            del self.fields["pictures"]
