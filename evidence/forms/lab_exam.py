"""Examinations as they are asked for, accepted, reported, and narrowed down in a list."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import Laboratory
from core.forms import RecordForm, day, local_moment
from evidence.forms.known import ExhibitsField
from evidence.models import File, LabExam
from evidence.models.exam_words import Discipline, ExamState
from evidence.models.lab_exam import LabExamQuerySet
from evidence.models.vocabulary import FileState
from investigations.models import Case, Duty

ANY = _("any")
ASKED = ["laboratory", "discipline", "question", "due", "method", "is_method_accredited"]
WIDE = forms.Textarea(attrs={"rows": 4})


class ExamForm(RecordForm[LabExam]):
    """The question, and who is to answer it."""

    fieldsets = [
        (_("The question"), ["discipline", "question", "due"]),
        (_("Who examines, and how"), ["laboratory", "method", "is_method_accredited"]),
    ]

    class Meta:
        model = LabExam
        fields = ASKED
        widgets = {"question": WIDE, "due": day()}
        help_texts = {
            "question": _("One that can be answered with yes, no or a figure, if possible."),
            "laboratory": _("If it is not listed, enter it in the register of laboratories first."),
        }


class NewExamForm(ExamForm):
    """A question to be asked, about one or more exhibits."""

    requested_at = forms.DateTimeField(
        label=_("Requested"), required=False, widget=local_moment(), help_text=_("Empty: now.")
    )
    why_destructive = forms.CharField(
        label=_("Why the exhibit must be altered or destroyed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Empty if it is not. Otherwise a second person has to agree first."),
    )
    fieldsets = [
        (_("The question"), ["exhibits", "discipline", "question", "requested_at", "due"]),
        *ExamForm.fieldsets[1:],
        (_("If it is destructive"), ["why_destructive"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exhibits"] = ExhibitsField(
            self.instance.case,
            self.user,
            label=_("Exhibits"),
            help_text=_("Their numbers, separated by commas."),
        )


class ExamReportForm(RecordForm[LabExam]):
    """What came out, what it supports, and what it cannot say."""

    finished_at = forms.DateTimeField(
        label=_("Finished"), required=False, widget=local_moment(), help_text=_("Empty: now.")
    )
    fieldsets = [
        (_("Result"), ["method", "result", "finished_at", "report_file"]),
        (_("Conclusion"), ["proposition", "alternative", "supported", "support"]),
        (_("What it cannot say"), ["uncertainty", "limitations"]),
    ]

    class Meta:
        model = LabExam
        fields = [
            *("method", "result", "report_file", "proposition", "alternative"),
            *("supported", "support", "uncertainty", "limitations"),
        ]
        widgets = {
            "result": forms.Textarea(attrs={"rows": 6}),
            "uncertainty": forms.Textarea(attrs={"rows": 3}),
            "limitations": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "proposition": _("Such as: both wires are of one reel. Empty if nothing is weighed."),
            "alternative": _("Such as: they come from different reels."),
            "report_file": _("A file of this case: no photograph, or with no exhibit."),
            "uncertainty": _("With figures and coverage, where there are any."),
            "limitations": _("Or that there are none."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("method", "result", "limitations"):
            self.fields[name].required = True
        letters: Any = self.fields["report_file"]
        letters.queryset = documents_of(self.instance.case, self.user)


def documents_of(case: Case, user: User) -> Any:
    """Files of the case that may be letters or reports: no pictures of an exhibit."""
    seen = File.objects.visible_to(user).filter(case=case)
    return seen.filter(~Q(state=FileState.READY) | Q(item__isnull=True)).order_by("-id")


class ExamStepForm(forms.Form):
    """A step that says nothing more."""

    def __init__(self, *args: Any, exam: LabExam, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exam, self.user = exam, user


class ExamAcceptForm(ExamStepForm):
    """Who examines."""

    examiner = forms.ModelChoiceField(
        User.objects.none(), label=_("Examiner"), required=False, empty_label=_("nobody of us")
    )
    examiner_outside = forms.CharField(
        label=_("Or an examiner outside the team"), max_length=120, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        examiners: Any = self.fields["examiner"]
        examiners.queryset = self.exam.case.people_with(Duty.EXAMINE).distinct()


class BeginForm(ExamStepForm):
    """When it began."""

    at = forms.DateTimeField(
        label=_("Begun"), required=False, widget=local_moment(), help_text=_("Empty: now.")
    )


class ExamReasonForm(ExamStepForm):
    """Why."""

    reason = forms.CharField(label=_("Why"), max_length=1000)


class SampleForm(ExamStepForm):
    """What is taken of which exhibit, and how much of it."""

    description = forms.CharField(label=_("What is taken"), max_length=300)
    quantity = forms.IntegerField(label=_("How many pieces"), required=False, min_value=1)
    mass_g = forms.DecimalField(
        label=_("How many grams"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = self.exam.exhibits.visible_to(self.user)
        field = forms.ModelChoiceField(seen, label=_("Of which exhibit"))
        self.fields = {"item": field, **self.fields}


class ExamFilterForm(forms.Form):
    """Which examinations to list."""

    case = forms.ModelChoiceField(
        Case.objects.none(), label=_("Case"), required=False, empty_label=ANY
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", ANY), ("unfinished", _("unfinished")), *ExamState.choices],
    )
    discipline = forms.ChoiceField(
        label=_("Discipline"), required=False, choices=[("", ANY), *Discipline.choices]
    )
    laboratory = forms.ModelChoiceField(
        Laboratory.objects.all(), label=_("Laboratory"), required=False, empty_label=ANY
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = Case.objects.visible_to(user)  # type: ignore[attr-defined]

    def narrow(self, rows: LabExamQuerySet) -> LabExamQuerySet:
        """Only the examinations that fit what was asked."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if asked.get("state") == "unfinished":
            rows = rows.unfinished()
            del asked["state"]
        return rows.filter(**asked)

    @property
    def narrows(self) -> bool:
        """True when anything at all was asked for."""
        return any(self.cleaned_data.values())
