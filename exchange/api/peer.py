"""REST: peers, to be read: an administrator reads all of them, others those they may send to."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers

from accounts.policy import SIGNED_IN
from core.filters import VisibleFilterSet
from core.rest import RecordViewSet
from core.row_serializer import RowSerializer
from exchange.formats.peer.envelope import fingerprint
from exchange.models import Peer, looks_after_peers

OFFICE = (
    *("address", "their_name", "their_fingerprint", "our_fingerprint", "entered_by", "first_by"),
    *("second_by", "agreed_at", "theirs_at", "stopped_by", "why_stopped", "trouble"),
)
"""What stands on the pages of administrators alone."""


class PeerFilter(VisibleFilterSet):
    """?state=paired&agency=CG"""

    agency = filters.CharFilter("agency__short_name")

    class Meta:
        model = Peer
        fields = ["state"]


class PeerSerializer(RowSerializer[Peer]):
    """Another installation: whom it stands for, whom it is paired with, and what may pass.

    Nothing that is marked beyond `up_to`, or asks for more than `clearance`, passes. Where it is,
    its keys and who paired it are told to administrators and `null` to others; the code that two
    administrators compare is told by no program.
    """

    agency: Any = serializers.SlugRelatedField(slug_field="short_name", read_only=True)
    ours: Any = serializers.SlugRelatedField(slug_field="short_name", read_only=True)
    their_fingerprint = serializers.SerializerMethodField()
    our_fingerprint = serializers.SerializerMethodField()

    class Meta:
        model = Peer
        fields = [
            *("id", "created_at", "name", "agency", "ours", "state", "up_to", "clearance"),
            *OFFICE,
        ]

    def get_their_fingerprint(self, peer: Peer) -> str:
        """SHA-256 of their key; empty until they have shown it."""
        return fingerprint(peer.key) if peer.key else ""

    def get_our_fingerprint(self, peer: Peer) -> str:
        """SHA-256 of the key that they know us by."""
        return fingerprint(peer.our_key.key) if peer.our_key else ""

    def to_representation(self, instance: Peer) -> dict[str, Any]:
        """To whoever does not look after peers, only what is needed to send them something."""
        told: dict[str, Any] = super().to_representation(instance)
        if looks_after_peers(self.context["request"].user):
            return told
        return told | dict.fromkeys(name for name in OFFICE if name in told)


class PeerViewSet(RecordViewSet[Peer]):
    """Peers that you look after, or that your agency is paired with; pairing takes people."""

    policy = SIGNED_IN
    model = Peer
    serializer_class = PeerSerializer
    filterset_class = PeerFilter
    relations = ("agency", "ours", "our_key")
