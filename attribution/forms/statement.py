"""Statements as they are typed in: what was said, how it was recorded, and what may be shared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attribution.models import Statement
from core.forms import RecordForm, local_moment
from evidence.forms.known import exhibit_field
from investigations.models.source import ConsentScope


class StatementForm(RecordForm[Statement]):
    """What a source said on one occasion; it is shared no further than the source agreed to."""

    consent_scopes = forms.MultipleChoiceField(
        label=_("Consents to sharing with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of what the source has consented to. For more, ask and amend the source."),
    )
    fieldsets = [
        (_("Who speaks"), ["speaks_as", "coercion_note"]),
        (_("What was said"), ["language", "original", "translation", "translated_by"]),
        (_("When and where"), ["taken_at", "taken_precision", "place"]),
        (
            _("How it was recorded"),
            ["taken_by", "interpreter", "record_kind", "recording", "signed"],
        ),
        (_("Consent"), ["informed_consent", "consent_scopes"]),
    ]

    class Meta:
        model = Statement
        fields = [
            *("speaks_as", "coercion_note", "language", "original", "translation"),
            *("translated_by", "taken_at", "taken_precision", "place", "taken_by"),
            *("interpreter", "record_kind", "recording", "signed", "informed_consent"),
            "consent_scopes",
        ]
        widgets = {
            "taken_at": local_moment(),
            "coercion_note": forms.Textarea({"rows": 3, "dir": "auto"}),
            "original": forms.Textarea({"rows": 8, "dir": "auto"}),
            "translation": forms.Textarea({"rows": 8, "dir": "auto"}),
        }
        help_texts = {
            "taken_at": _("In your own time zone."),
            "original": _("Word for word. They stand once a claim is taken from them."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statement = self.instance
        self.fields["recording"] = exhibit_field(
            statement.case,
            self.user,
            label=_("Recording"),
            required=False,
            help_text=_("The number of the exhibit that holds it."),
        )
        self.initial["recording"] = statement.recording and statement.recording.exhibit_no
        scopes: Any = self.fields["consent_scopes"]
        agreed = statement.source.consent_scopes
        scopes.choices = [choice for choice in ConsentScope.choices if choice[0] in agreed]
        if not agreed:
            scopes.widget = forms.MultipleHiddenInput()
