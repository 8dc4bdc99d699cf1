"""REST: evidence bundles: asking for one, seeing how far it is, fetching it."""

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.models import User
from accounts.policy import SIGNED_IN
from core.errors import Refused
from core.filters import VisibleFilterSet
from core.markings import Tlp
from core.models import Once
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence.models import Item
from investigations.models import Case, Duty
from reports import services, vault
from reports.http import archive
from reports.models import Bundle, Report


class BundleFilter(VisibleFilterSet):
    """?case=…&state=ready&sha256=…"""

    class Meta:
        model = Bundle
        fields = ["case", "state", "sha256"]


class BundleSerializer(RowSerializer[Bundle]):
    """A bundle and how far it is; `sha256` is that of the archive, and stands in the ledger.

    `exhibits` are those chosen, none at all means every one; `failure` is why it failed.
    """

    handling = HandlingSerializer(read_only=True)
    failure = serializers.SerializerMethodField()

    class Meta:
        model = Bundle
        fields = [
            *("id", "case", "created_at", "handling", "requested_by", "exhibits", "up_to"),
            *("language", "state", "step", "done", "total", "failure", "finished_at"),
            *("file_name", "sha256", "size", "marking", "files", "lines", "withheld"),
            *("ledger_position", "anchored_at"),
        ]

    def get_failure(self, bundle: Bundle) -> str:
        return _(bundle.failure) if bundle.failure else ""


class BundleInput(StrictSerializer):
    """Of which case, of which exhibits (none: all), and how strictly marked it may be at most."""

    case = VisibleField(queryset=Case.objects.all())
    exhibits: Any = VisibleField(queryset=Item.objects.all(), many=True, required=False)
    up_to = serializers.ChoiceField(choices=Tlp.choices)
    language = serializers.ChoiceField(choices=Report.Language.choices)
    leave_out = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Leave out exhibits under a caveat; otherwise they make the request refused.",
    )


class BundleViewSet(RecordViewSet[Bundle]):
    """Evidence bundles of the cases that you work on."""

    policy = SIGNED_IN
    model = Bundle
    serializer_class = BundleSerializer
    filterset_class = BundleFilter
    relations = ("case",)
    inputs = {"create": BundleInput}

    @extend_schema(request=BundleInput, responses={201: BundleSerializer})
    def create(self, request: Request) -> Response:
        """Ask for a bundle; a worker makes it, and `state` says when it is ready."""
        asked = self.read_body(request)
        case, items = asked.pop("case"), asked.pop("exhibits", [])
        return self.show_new(
            services.request_bundle(case, by=person(request), items=items, **asked)
        )

    @extend_schema(request=None, responses={(200, "application/zip"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["post"])
    def download(self, request: Request, pk: str | None = None) -> HttpResponseBase:
        """Fetch the archive; that it went out stands in the ledger, hence no GET."""
        return self.let_out(self.get_object(), person(request))

    def let_out(self, bundle: Bundle, by: User) -> HttpResponseBase:
        """The archive, once it is there, to those who may certify."""
        bundle.case.require(by, Duty.CERTIFY)
        if not bundle.is_ready:
            raise Refused(_("This bundle is not ready."))
        try:
            held = vault.open_bundle(bundle.sha256)
        except FileNotFoundError:
            told = _("This bundle is not in the store. Tell an administrator.")
            raise Refused(told) from None
        services.note_bundle_download(bundle, by=by)
        return archive(bundle, held)

    def again(self, once: Once) -> Any:
        """An archive that is asked for again goes out again, and that stands in the ledger too."""
        if self.action == "download":
            return self.let_out(self.get_object(), person(self.request))
        return super().again(once)
