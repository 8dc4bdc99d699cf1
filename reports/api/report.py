"""REST: case reports: asking for one, seeing how far it is, fetching the file."""

from functools import partial

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.description import refusals
from core.errors import Refused
from core.filters import VisibleFilterSet
from core.json_text import QuickRenderer
from core.letting_out import (
    GRANT,
    NOT_THERE,
    PART,
    RANGE,
    LetOutSerializer,
    Stored,
    promise,
    require_grant,
    sent,
)
from core.models import Once
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations.models import Case
from reports import services, vault
from reports.http import INERT
from reports.models import Report

PDF = "application/pdf"
THERE = "api:reports-download"


class PdfRenderer(QuickRenderer):
    """Lets clients ask for a PDF file; a refusal is JSON all the same."""

    media_type = PDF
    format = "pdf"


class ReportFilter(VisibleFilterSet):
    """?case=…&state=ready&language=ar&sha256=…"""

    class Meta:
        model = Report
        fields = ["case", "state", "language", "sha256"]


class ReportSerializer(RowSerializer[Report]):
    """A report and how far it is; `sha256` is that of the file, and stands in the ledger.

    `content_sha256` is that of the data printed; `ledger_position` and `ledger_seal` name the last
    line of the case's ledger that it knows of. `failure` is why it could not be made.
    """

    handling = HandlingSerializer(read_only=True)
    failure = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields = [
            *("id", "case", "created_at", "handling", "requested_by", "template", "language"),
            *("state", "step", "done", "total", "failure", "finished_at", "file_name", "sha256"),
            *("size", "marking", "holds_finding", "content_sha256", "ledger_position"),
            "ledger_seal",
        ]

    def get_failure(self, report: Report) -> str:
        return _(report.failure) if report.failure else ""


class ReportInput(StrictSerializer):
    """Of which case, and in which language."""

    case = VisibleField(queryset=Case.objects.all())
    language = serializers.ChoiceField(choices=Report.Language.choices)
    leave_out = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Leave out exhibits under a caveat; otherwise they make the request refused.",
    )


class ReportViewSet(RecordViewSet[Report]):
    """Reports of the cases that you work on; one is never changed once it is made."""

    policy = SIGNED_IN
    model = Report
    serializer_class = ReportSerializer
    filterset_class = ReportFilter
    relations = ("case",)
    inputs = {"create": ReportInput}

    @extend_schema(request=ReportInput, responses={201: ReportSerializer})
    def create(self, request: Request) -> Response:
        """Ask for a report of the case as it is now; a worker makes it, `state` says how far.

        While one that you asked for in this language waits for its worker, that one is answered.
        """
        asked = self.read_body(request)
        return self.show_new(
            services.request_report(asked.pop("case"), by=person(request), **asked)
        )

    @extend_schema(request=None, responses=LetOutSerializer)
    @action(detail=True, methods=["post"], renderer_classes=[QuickRenderer, PdfRenderer])
    def download(self, request: Request, pk: str | None = None) -> Response:
        """Ask for the file; that it goes out stands in the ledger, and its address is told."""
        return self.let_out(request)

    def let_out(self, request: Request) -> Response:
        """Write down that the file goes out to whoever asks, and say where it is fetched."""
        report = self.get_object()
        report.case.require_member(person(request))
        if not report.is_ready:
            raise Refused(_("This report is not ready."))
        file = stored(report)
        services.note_download(report, by=person(request))
        return promise(file, THERE, report.pk, request)

    @extend_schema(
        parameters=[GRANT, RANGE],
        responses={
            **{(status, PDF): OpenApiTypes.BINARY for status in (200, PART)},
            304: None,
            **refusals(412, NOT_THERE),
        },
    )
    @download.mapping.get
    def fetch(self, request: Request, pk: str | None = None) -> HttpResponseBase:
        """Fetch the file, or the part that `Range` names; its ETag is its SHA-256."""
        report = self.get_object()
        require_grant(THERE, report.pk, request)
        report.case.require_member(person(request))
        return sent(stored(report), request)

    def again(self, once: Once) -> Response:
        """A file that is asked for again goes out again, and that stands in the ledger too."""
        return self.let_out(self.request) if self.action == "download" else super().again(once)


def stored(report: Report) -> Stored:
    """The finished file, which must lie in the store."""
    held = partial(vault.open_report, report.sha256)
    try:
        held().close()
    except FileNotFoundError:
        told = _("This report is not in the store. Tell an administrator.")
        raise Refused(told) from None
    return Stored(report.sha256, report.size, report.file_name, PDF, INERT, held)
