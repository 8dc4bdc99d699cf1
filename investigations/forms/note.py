"""A note, as it is typed in."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.markdown import HINT

LONGEST_NOTE = 10_000  # characters
TOLD = _("@username tells a colleague of the team, if they may read the note.")


class NoteForm(forms.Form):
    """One remark; it is signed and dated by writing it."""

    text = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=format_lazy("{} {}", HINT, TOLD),
    )
