"""What is said of a key before it is drawn, of a case before it is let out, of a receiver."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, Scope, User
from core.errors import Refused
from core.markings import TLP_ORDER, Tlp
from exchange import services
from exchange.models import WebhookReceiver
from exchange.services.followed_kind import followed
from investigations.models import Case

DOWNLOAD, MISP, CASE_UCO, OFFER = "download", "misp", "case-uco", "offer"


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


class StixForm(forms.Form):
    """In which format and which way a case leaves, up to which marking, without what is bound."""

    way = forms.ChoiceField(
        label=_("How it leaves"),
        choices=[
            (DOWNLOAD, _("STIX 2.1, as a file to take away")),
            (MISP, _("MISP, as a file with one event")),
            (CASE_UCO, _("CASE/UCO, as a file of linked data (JSON-LD)")),
            (OFFER, _("STIX 2.1 on offer: programs fetch it by TAXII")),
        ],
        initial=DOWNLOAD,
        widget=forms.RadioSelect,
    )
    up_to = forms.ChoiceField(
        label=_("Marked at most"),
        choices=Tlp,
        help_text=_(
            "What is marked beyond it, or stands under a clearance or a compartment, stays here. "
            "What some agencies alone may have stays out of files; on offer it is told to these "
            "agencies alone."
        ),
    )
    leave_out = forms.BooleanField(
        label=_("Leave out what a caveat keeps here"),
        required=False,
        help_text=_("Otherwise it is refused while an exhibit is under a caveat."),
    )

    def __init__(self, *typed: Any, case: Case, **more: Any) -> None:
        super().__init__(*typed, **more)
        least = TLP_ORDER.index(case.handling.tlp)
        self.fields["up_to"].choices = Tlp.choices[least:]  # type: ignore[attr-defined]
        self.initial.setdefault("up_to", case.handling.tlp)

    def terms(self) -> dict[str, Any]:
        """What the service is to hold to."""
        return {name: self.cleaned_data[name] for name in ("up_to", "leave_out")}


class ArrivalForm(forms.Form):
    """A file from elsewhere; which format it has shows in it."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("STIX 2.1 bundle or MISP event"),
        help_text=_("A JSON file of at most 2 MB and 5,000 objects."),
    )


class AcceptForm(forms.Form):
    """The title that an attack from elsewhere gets here."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("Neutral: what happened, not who did it."),
    )


def kind_choices() -> list[tuple[str, str]]:
    """Every kind by the name of its REST door, with what it is called."""
    return [
        (kind.name, f"{kind.name} · {kind.model._meta.verbose_name_plural}")
        for kind in followed().values()
    ]


def whose_key(token: ApiToken) -> str:
    """A key with the name of its person: of all those there are, theirs is to be found."""
    return f"{token.user} · {token}"


class ReceiverForm(forms.ModelForm[WebhookReceiver]):
    """A receiver of webhooks as an administrator enters it."""

    kinds = forms.MultipleChoiceField(
        label=_("Only these kinds"),
        choices=kind_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every kind that the person sees."),
    )

    class Meta:
        model = WebhookReceiver
        fields = ["name", "agency", "user", "token", "address", "kinds", "case_ids"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = self.fields.get("token")
        if isinstance(keys, forms.ModelChoiceField):
            usable = ApiToken.objects.usable().select_related("user")
            of_the_person = usable.filter(user=self.instance.user_id)
            keys.queryset = of_the_person if self.instance.user_id else usable
            keys.label_from_instance = whose_key  # type: ignore[assignment, method-assign]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            services.check_receiver(self.instance)
        except Refused as refusal:
            self.add_error(None, str(refusal))
