"""Which evidence a finding cites: an exhibit, a source report or a confirmed comparison."""

from typing import Any

from django import forms
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models import Citation
from comparison.models import Link
from evidence.forms.known import SUGGESTIONS, Suggest, exhibit_field
from investigations.models import Case, SourceReport


class CitationForm(forms.Form):
    """Which way a cited thing points, and what it shows."""

    stance = forms.ChoiceField(label=_("Which way it points"), choices=Citation.Stance.choices)
    remark = forms.CharField(
        label=_("What it shows"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def put_first(self, field: forms.Field) -> None:
        """Ask for the thing itself before anything else."""
        self.fields["thing"] = field
        self.order_fields(["thing", "stance", "remark"])


class CiteExhibitForm(CitationForm):
    """An exhibit of the case, by its number."""

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.put_first(exhibit_field(case, user, label=_("Exhibit")))


class CiteReportForm(CitationForm):
    """A graded source report of the case, by its incident and number."""

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.put_first(ReportField(case, user))


class CiteLinkForm(CitationForm):
    """A comparison that two examiners have confirmed, of at least moderate strength."""

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        links = Link.objects.visible_to(user).told_to(user).of_case(case)
        confirmed = links.established().with_lists()
        self.put_first(LinkField(confirmed, label=_("Confirmed comparison")))


class LinkField(forms.ModelChoiceField[Link]):
    """Comparisons told by their exhibits and their strength."""

    def label_from_instance(self, link: Link) -> str:
        return told_by_ends(link)


def told_by_ends(link: Link) -> str:
    """A comparison by the exhibits and names of its ends, and its strength."""
    ends = " – ".join(f"{end.item.exhibit_no} {end}" for end in link.ends)
    return f"{ends}: {link.get_band_display()}"


class ReportField(forms.CharField):
    """A source report as INC-0001/2: the second report of that incident."""

    def __init__(self, case: Case, user: User, **kwargs: Any) -> None:
        self.reports = numbered(case, user)
        known = self.reports.order_by("incident__ref", "number")[:SUGGESTIONS]
        widget = Suggest(attrs={"autocomplete": "off", "dir": "ltr"})
        widget.suggestions = ((f"{one.incident.ref}/{one.number}", str(one)) for one in known)
        super().__init__(
            label=_("Source report"),
            widget=widget,
            help_text=_("The incident and the number of the report, such as INC-0001/2."),
            **kwargs,
        )

    def number_of(self, report: SourceReport | None) -> str:
        """How this report is typed."""
        if report is None:
            return ""
        known = self.reports.filter(incident=report.incident_id)
        return next((f"{r.incident.ref}/{r.number}" for r in known if r.pk == report.pk), "")

    def clean(self, value: Any) -> SourceReport | None:
        """The report that is meant."""
        told = super().clean(value).strip()
        if not told:
            return None
        ref, _slash, number = told.partition("/")
        asked = self.reports.filter(incident__ref__iexact=ref)
        found: dict[str, SourceReport] = {str(report.number): report for report in asked}
        report = found.get(number or "1")
        if report is None:
            raise forms.ValidationError(_("No source report of this case has this number."))
        return report


def numbered(case: Case, user: User) -> QuerySet[Any]:
    """The case's reports that `user` may read, each with its number within its incident."""
    order = Window(
        RowNumber(), partition_by=F("incident"), order_by=[F("created_at").asc(), F("id").asc()]
    )
    reports = SourceReport.objects.visible_to(user).filter(case=case).select_related("incident")
    return reports.annotate(number=order)
