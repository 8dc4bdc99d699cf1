"""By what the REST list of findings can be narrowed."""

from attribution.models import Finding
from core.filters import VisibleFilterSet


class FindingFilter(VisibleFilterSet):
    """?case=…&status=released&level=3"""

    class Meta:
        model = Finding
        fields = ["case", "hypothesis", "status", "level"]
