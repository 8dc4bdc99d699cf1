"""Cases as they are typed in, and by what their list can be narrowed."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm, local_moment
from investigations.models import Case, CaseQuerySet

ANY = [("", _("any"))]


class CaseForm(RecordForm[Case]):
    """What is said of a case."""

    fieldsets = [
        (_("What it is called"), ["title", "public_title"]),
        (_("On what ground"), ["mandate", "standard_of_proof"]),
        (_("Handling"), ["embargo_until"]),
    ]

    class Meta:
        model = Case
        fields = ["title", "public_title", "mandate", "standard_of_proof", "embargo_until"]
        widgets = {
            "embargo_until": local_moment(),
            "mandate": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "embargo_until": _(
                "Before, nothing is released beyond the investigating bodies, no dossier leaves, "
                "no bundle goes to an agency, and nothing to other installations or programs. It "
                "does not stop the work: exhibits are shared with partners as before, letters and "
                "bundles for a court are made and name nobody as responsible. Reports for the team "
                "hold findings: they say on every page until when they are under embargo, and are "
                "shared with no other agency. In your own time zone."
            ),
            "standard_of_proof": _("How sure the findings of this case have to be."),
        }


class NewCaseForm(CaseForm):
    """A case to be opened; its number is given to it, and how it is handled is said here first."""

    fieldsets = [*CaseForm.fieldsets[:2], (_("Handling"), ["tlp", "pap", "embargo_until"])]

    class Meta(CaseForm.Meta):
        fields = [*CaseForm.Meta.fields, "tlp", "pap"]
        help_texts = {
            **CaseForm.Meta.help_texts,
            "tlp": _("Who may read it. Everything in the case is at least this restricted."),
            "pap": _("What a reader may do with it."),
        }


BY_OTHER_DEEDS = (Case.Status.FINDING_RELEASED, Case.Status.CLOSED, Case.Status.REOPENED)
"""A release, a conclusion and a re-opening have gates and pages of their own."""


class StatusForm(forms.Form):
    """Whether the work goes on, rests or waits for others, and why."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[choice for choice in Case.Status.choices if choice[0] not in BY_OTHER_DEEDS],
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class CaseFilterForm(forms.Form):
    """Which cases to list."""

    q = forms.CharField(label=_("Reference or title"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[*ANY, *Case.Status.choices]
    )

    def narrow(self, rows: CaseQuerySet) -> CaseQuerySet:
        """Only those asked for of `rows`, which are titled for the reader; nonsense is left out."""
        self.full_clean()
        if words := self.cleaned_data.get("q"):
            rows = rows.filter(
                Q(ref__icontains=words)
                | Q(title_shown__icontains=words)
                | Q(public_title__icontains=words)
            )
        if status := self.cleaned_data.get("status"):
            rows = rows.filter(status=status)
        return rows

    @property
    def narrows(self) -> bool:
        """True when anything is asked for."""
        return any(self.cleaned_data.values())
