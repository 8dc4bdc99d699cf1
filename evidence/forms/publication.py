"""Where a file was published, as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.models import File

LATIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}


class PublicationForm(forms.Form):
    """The addresses of a file, and the account that uploaded it, which is never shown here."""

    platform_url = forms.URLField(
        label=_("Address on the platform"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(LATIN),
    )
    archived_url = forms.URLField(
        label=_("Address of the archived copy"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(LATIN),
    )
    uploader = forms.CharField(
        label=_("Uploader's account or number on the platform"),
        max_length=200,
        required=False,
        widget=forms.TextInput(LATIN),
        help_text=_(
            "Kept apart: only those who guard the identities of sources can open it. "
            "Empty leaves it as it is."
        ),
    )

    def __init__(self, *args: Any, file: File, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(platform_url=file.platform_url, archived_url=file.archived_url)
