"""By what the REST list of findings can be narrowed."""

from django_filters import rest_framework as filters

from attribution.models import Finding


class FindingFilter(filters.FilterSet):
    """?case=…&status=released&level=3"""

    class Meta:
        model = Finding
        fields = ["case", "hypothesis", "status", "level"]
