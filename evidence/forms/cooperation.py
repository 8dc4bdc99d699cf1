"""What is typed of caveats on exhibits, of teams that came, and of what they delivered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from core.forms import RecordForm, day
from evidence.forms.known import ExhibitsField
from evidence.models import CaveatKind, Deliverable, Deployment, File, Item, LabExam
from investigations.forms import AgencyField
from investigations.models import Case, Duty, Site

OFFERED = 200


class CaveatForm(forms.Form):
    """What the agency allows, and why."""

    kind = forms.ChoiceField(label=_("Caveat"), choices=CaveatKind)
    agency = AgencyField(label=_("Agency it comes from"))
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=_("In what words, and in which document, the agency said so."),
    )

    def __init__(self, *args: Any, item: Item, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.agency and item.case.is_contributed_to_by(user):
            own: Any = self.fields["agency"]
            own.queryset = Agency.objects.filter(pk=user.agency.pk)
            self.initial["agency"] = user.agency


class ConsentForm(forms.Form):
    """Who consented for the agency, when, and where that is written."""

    consented_by = forms.CharField(
        label=_("Who consented for the agency"),
        max_length=200,
        help_text=_("By name and function."),
    )
    consented_on = forms.DateField(label=_("Consented on"), widget=day())
    consent_ref = forms.CharField(
        label=_("Document of the consent"),
        max_length=200,
        help_text=_("Its number and date, so that it can be found."),
    )


class LinesField(forms.CharField):
    """A list of which each line is one."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return [line for line in lines if line]


class DeploymentForm(RecordForm[Deployment]):
    """Who came, when, with whom as host, and what they touched."""

    persons = LinesField(
        label=_("Persons"),
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        help_text=_("One on each line, with their function."),
    )
    fieldsets = [
        (_("Who comes"), ["team", "persons", "arrives_on", "leaves_on", "liaison"]),
        (_("What they touch"), ["sites", "exhibits", "remarks"]),
    ]

    class Meta:
        model = Deployment
        fields = ["team", "arrives_on", "leaves_on", "liaison", "remarks"]
        widgets = {
            "arrives_on": day(),
            "leaves_on": day(),
            "remarks": forms.Textarea({"rows": 3, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case, user = self.instance.case, self.user
        liaison: Any = self.fields["liaison"]
        liaison.queryset = case.people_with(Duty.LOG_EVIDENCE).distinct()
        self.fields |= {
            "sites": forms.ModelMultipleChoiceField(
                Site.objects.visible_to(user).filter(case=case).order_by("name"),
                label=_("Sites entered"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
            "exhibits": ExhibitsField(
                case,
                user,
                label=_("Exhibits touched"),
                required=False,
                help_text=_("Numbers of exhibits, such as EV-0001, EV-0004."),
            ),
        }
        self.initial["persons"] = list(self.instance.persons or [])
        self.initial.update(self.named())

    def named(self) -> dict[str, Any]:
        """What they touched, as it is typed."""
        if self.instance._state.adding:
            return {}
        sites = self.instance.sites.visible_to(self.user)
        items = self.instance.exhibits.visible_to(self.user).order_by("exhibit_no")
        return {
            "sites": [str(site.pk) for site in sites],
            "exhibits": ", ".join(item.exhibit_no for item in items),
        }


class DeliverableForm(forms.ModelForm[Deliverable]):
    """What the agency is to hand over, and until when."""

    class Meta:
        model = Deliverable
        fields = ["what", "due"]
        widgets = {"due": day()}


class ReceivedForm(forms.Form):
    """What came, and when."""

    received_on = forms.DateField(label=_("Received"), widget=day())
    file = forms.ModelChoiceField(File.objects.none(), label=_("File"), required=False)
    exam = forms.ModelChoiceField(LabExam.objects.none(), label=_("Examination"), required=False)
    remarks = forms.CharField(
        label=_("What it was"),
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=_("Needed when it is neither a file nor an examination of this case."),
    )

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        files = File.objects.visible_to(user).filter(case=case)
        newest = list(files.order_by("-id").values_list("pk", flat=True)[:OFFERED])
        rows: dict[str, Any] = {
            "file": files.filter(pk__in=newest).order_by("-id"),
            "exam": LabExam.objects.visible_to(user).filter(case=case).order_by("-id"),
        }
        for name, offered in rows.items():
            field: Any = self.fields[name]
            field.queryset = offered
