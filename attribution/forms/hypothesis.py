"""Hypotheses as they are typed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attribution.models import Actor, Hypothesis
from core.forms import RecordForm


class HypothesisForm(RecordForm[Hypothesis]):
    """One statement that evidence could show to be wrong."""

    fieldsets = [
        (_("The statement"), ["statement", "refuted_by"]),
        (_("What it is about"), ["level", "subject"]),
    ]

    class Meta:
        model = Hypothesis
        fields = ["statement", "refuted_by", "level", "subject"]
        widgets = {
            "statement": forms.Textarea({"rows": 3}),
            "refuted_by": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["refuted_by"].required = not self.instance.is_standing
        subject: Any = self.fields["subject"]
        subject.queryset = Actor.objects.visible_to(self.user).filter(case=self.instance.case_id)
        subject.empty_label = _("nobody in particular")
