"""Reports of attacks as they are graded anew."""

from core.forms import RecordForm
from investigations.models import SourceReport


class ReportForm(RecordForm[SourceReport]):
    """What is said of a report, with its two grades."""

    class Meta:
        model = SourceReport
        fields = ["citation", "reliability", "credibility", "party_to_conflict"]
