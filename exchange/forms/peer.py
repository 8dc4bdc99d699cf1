"""What people type of peers, of what goes to them, and of what came from them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import ComponentCategory
from core.markings import TLP_ORDER, Tlp
from evidence.models import CaveatKind, Item
from exchange.models import DeliveredRecord, Peer
from exchange.services.delivered import Line
from investigations.models import Case, Duty, Incident, Membership


class PeerForm(forms.ModelForm[Peer]):
    """Another installation, before anything was agreed with it."""

    class Meta:
        model = Peer
        fields = ["name", "agency", "ours", "address", "up_to", "clearance"]
        help_texts = {
            "up_to": _("Nothing that is marked beyond it passes, in either direction."),
            "clearance": _("Nothing that asks for more passes, in either direction."),
        }

    def _post_clean(self) -> None:
        """The service checks the row: it knows more of it than was typed."""


class CodeForm(forms.Form):
    """The code as somebody of the other side reads it out."""

    code = forms.CharField(
        label=_("The code that the other side reads to you"),
        max_length=60,
        help_text=_("Have them read theirs over a line you trust; do not copy the one shown here."),
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr"}),
    )


class ReasonForm(forms.Form):
    """Why something is stopped or taken back."""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea({"rows": 2, "dir": "auto"}))


class ShipmentForm(forms.Form):
    """To whom what goes, under which caveats, and why."""

    peer = forms.ModelChoiceField(Peer.objects.none(), label=_("To whom"))
    exhibits = forms.ModelMultipleChoiceField(
        Item.objects.none(),
        label=_("Exhibits"),
        required=False,
        help_text=_("None chosen: the whole case, as far as it may leave."),
    )
    up_to = forms.ChoiceField(
        label=_("Marked at most"),
        choices=Tlp,
        help_text=_("What is marked beyond it, or not releasable to the peer, is held back."),
    )
    caveats = forms.MultipleChoiceField(
        label=_("Caveats that bind the receiver"),
        choices=CaveatKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    leave_out = forms.BooleanField(
        label=_("Leave out what a caveat keeps here"),
        required=False,
        help_text=_("Otherwise it is refused while an exhibit is under a caveat."),
    )
    reason = forms.CharField(
        label=_("Why it is sent"), widget=forms.Textarea({"rows": 2, "dir": "auto"})
    )

    def __init__(self, *typed: Any, case: Case, user: User, **more: Any) -> None:
        super().__init__(*typed, **more)
        rows: Any = self.fields
        rows["exhibits"].queryset = (
            Item.objects.visible_to(user).filter(case=case).order_by("exhibit_no")
        )
        rows["peer"].queryset = Peer.objects.paired().filter(ours=user.agency_id)
        rows["up_to"].choices = Tlp.choices[TLP_ORDER.index(case.handling.tlp) :]
        self.initial.setdefault("up_to", case.handling.tlp)

    def facts(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        told = dict(self.cleaned_data)
        items = list(told.pop("exhibits"))
        return {**told, "items": items}

    def what(self) -> dict[str, Any]:
        """The part of it that a preview needs."""
        told = self.facts()
        return {name: told[name] for name in ("peer", "items", "up_to")}


class TakeForm(forms.Form):
    """Into which case a delivery is taken, or the case that is opened for it."""

    case = forms.ModelChoiceField(
        Case.objects.none(),
        label=_("Into the case"),
        required=False,
        help_text=_("None chosen: a new case is opened for it."),
    )
    title = forms.CharField(label=_("Title of the new case"), max_length=200, required=False)
    public_title = forms.CharField(
        label=_("Neutral title of the new case"), max_length=200, required=False
    )
    mandate = forms.CharField(
        label=_("Mandate of the new case"),
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *typed: Any, user: User, **more: Any) -> None:
        super().__init__(*typed, **more)
        places = Membership.objects.current().filter(user=user).with_any([Duty.LOG_EVIDENCE])
        cases = Case.objects.visible_to(user).filter(pk__in=places.values("case"))
        rows: Any = self.fields["case"]
        rows.queryset = cases.order_by("-ref")

    def clean(self) -> dict[str, Any]:
        """A new case needs what every case needs."""
        told = super().clean() or self.cleaned_data
        if not told.get("case"):
            for name in ("title", "public_title", "mandate"):
                if not told.get(name):
                    self.add_error(name, _("A new case needs this."))
        return told

    def opening(self) -> dict[str, str]:
        """What a new case is opened with."""
        return {name: self.cleaned_data[name] for name in ("title", "public_title", "mandate")}


class MergeForm(forms.Form):
    """Which fields of a record from a peer are taken over."""

    fields_taken = forms.MultipleChoiceField(
        label=_("Take over"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *typed: Any, lines: list[Line], **more: Any) -> None:
        super().__init__(*typed, **more)
        rows: Any = self.fields["fields_taken"]
        rows.choices = [(line.name, line.label) for line in lines]
        self.initial.setdefault("fields_taken", [line.name for line in lines if line.is_new])


class IncidentMergeForm(MergeForm):
    """Into which incident, or under which neutral title a new one is entered."""

    into = forms.ModelChoiceField(
        Incident.objects.none(),
        label=_("Into the incident"),
        required=False,
        help_text=_("None chosen: a new one is entered."),
    )
    title = forms.CharField(
        label=_("Title of a new one"),
        max_length=200,
        required=False,
        help_text=_("Neutral: what happened, not who did it."),
    )

    def __init__(self, *typed: Any, delivered: DeliveredRecord, user: User, **more: Any) -> None:
        super().__init__(*typed, **more)
        rows: Any = self.fields["into"]
        rows.queryset = (
            Incident.objects.visible_to(user).filter(case=delivered.case_id).order_by("ref")
        )

    def facts(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        told = dict(self.cleaned_data)
        fields = told.pop("fields_taken")
        return {**told, "fields": fields}


class ExhibitMergeForm(MergeForm):
    """Into which exhibit, or of which kind and incident a new one is."""

    into = forms.ModelChoiceField(
        Item.objects.none(),
        label=_("Into the exhibit"),
        required=False,
        help_text=_("None chosen: a new one is logged, which was never ours to hold."),
    )
    incident = forms.ModelChoiceField(
        Incident.objects.none(), label=_("Incident of a new one"), required=False
    )
    kind = forms.ModelChoiceField(
        ComponentCategory.objects.all(), label=_("Kind of a new one"), required=False
    )

    def __init__(self, *typed: Any, delivered: DeliveredRecord, user: User, **more: Any) -> None:
        super().__init__(*typed, **more)
        rows: Any = self.fields
        rows["into"].queryset = (
            Item.objects.visible_to(user).filter(case=delivered.case_id).order_by("exhibit_no")
        )
        rows["incident"].queryset = (
            Incident.objects.visible_to(user).filter(case=delivered.case_id).order_by("ref")
        )
        self.initial.setdefault("kind", delivered.facts.get("kind_code", ""))

    def facts(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        told = dict(self.cleaned_data)
        fields = told.pop("fields_taken")
        return {**told, "fields": fields}
