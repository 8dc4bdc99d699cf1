"""Further names of an actor, and whom it belonged to, as they are typed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models import Actor, ActorName, ActorParent
from core.forms import day


class ActorNameForm(forms.ModelForm[ActorName]):
    """One more name, in whatever script."""

    class Meta:
        model = ActorName
        fields = ["text", "transliteration", "kind", "used_from", "used_to", "citation"]
        widgets = {
            "text": forms.TextInput({"dir": "auto"}),
            "transliteration": forms.TextInput({"dir": "ltr"}),
            "used_from": day(),
            "used_to": day(),
        }


class ActorParentForm(forms.ModelForm[ActorParent]):
    """Whom it was part of, and over which time."""

    class Meta:
        model = ActorParent
        fields = ["parent", "since", "until", "citation"]
        widgets = {"since": day(), "until": day()}

    def __init__(self, *args: Any, actor: Actor, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Actor.objects.visible_to(user).filter(case=actor.case_id).exclude(pk=actor.pk)
        self.fields["parent"].queryset = seen.order_by("name")  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Until which day it was so."""

    until = forms.DateField(label=_("Until"), widget=day())
