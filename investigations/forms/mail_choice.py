"""Which notices somebody wants by e-mail, as it is ticked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from investigations.models import Notice


class MailChoiceForm(forms.Form):
    """The kinds of notices; ticking none asks for no e-mail at all."""

    kinds = forms.MultipleChoiceField(
        label=_("By e-mail as well"),
        choices=Notice.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The message names the case and nothing else: what happened is read here. "
            "It goes out when a notice is left, and once only."
        ),
    )
