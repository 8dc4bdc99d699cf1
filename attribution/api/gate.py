"""REST: what keeps a finding from being released, and the consents that open a gate."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Agency
from attribution.models.vocabulary import Audience
from attribution.services import Gate
from core.rest import StrictSerializer


class GateSerializer(serializers.Serializer[Any]):
    """One open ground against a release; `href` is the page where it is mended."""

    kind = serializers.CharField()
    words = serializers.CharField()
    href = serializers.SerializerMethodField()
    closes = serializers.SerializerMethodField()

    def get_href(self, gate: Gate) -> str:
        return str(self.context["request"].build_absolute_uri(gate.url))

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(Audience.choices)))
    def get_closes(self, gate: Gate) -> list[str]:
        return sorted(gate.closes)


class OriginatorConsentInput(StrictSerializer):
    """Which agency agreed to the version that is being judged, and how that is known."""

    agency: Any = serializers.PrimaryKeyRelatedField(queryset=Agency.objects.all())
    words = serializers.CharField()
