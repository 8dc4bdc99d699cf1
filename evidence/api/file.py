"""REST: files, sent as multipart and kept under their SHA-256."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.models import Once
from core.parsing import StrictJSONParser
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence import services
from evidence.api.digital import INPUTS as DIGITAL_INPUTS
from evidence.api.digital import DigitalDeeds
from evidence.api.original import OriginalDeeds, let_out
from evidence.api.proposal import ProposalSerializer, with_markings
from evidence.api.publication import INPUTS as PUBLICATION_INPUTS
from evidence.api.publication import PublicationDeeds
from evidence.filters import FileFilter
from evidence.models import File, Item, Proposal
from evidence.models.twins import same_bytes
from evidence.models.vocabulary import AcquisitionMethod
from investigations.models import Case

SAID = [
    *("caption", "collected_by", "legal_basis", "taken_as_stated", "place_as_stated"),
    *("acquisition_method", "platform_url", "archived_url"),
]
CLAIMS = ["claimed_taken_at", "claimed_zone_known", "claimed_latitude", "claimed_longitude"]


class FileSerializer(RowSerializer[File]):
    """A file and what it claims of itself."""

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = File
        fields = [
            *("id", "case", "item", "name", "path_as_sent", "sha256", "size", "mime", "copy_type"),
            *("derived_from", "acquired_at", "acquired_by", "tool", "tool_version"),
            *(*SAID, "graphic_content", "in_situ", "state", "state_reason", "width", "height"),
            *("received_by", "created_at", "handling", *CLAIMS),
            *("perceptual_hash", "perceptual_quality", "read_with", "reading_trouble"),
        ]


class FileInput(StrictSerializer):
    """One file; with `sha256` it is refused if it arrives altered."""

    case = VisibleField(queryset=Case.objects.all())
    item = VisibleField(queryset=Item.objects.all(), required=False, allow_null=True)
    file = serializers.FileField()
    sha256 = serializers.RegexField(r"^[0-9a-fA-F]{64}$", required=False, default="")
    acquisition_method = serializers.ChoiceField(
        choices=AcquisitionMethod.choices, default=AcquisitionMethod.OWN_CAPTURE
    )


class AssignInput(StrictSerializer):
    """The exhibit that the file belongs to."""

    item = VisibleField(queryset=Item.objects.all())


class DescribeInput(StrictSerializer, RowSerializer[File]):
    """What people say of a file, and the number of the exhibit that it belongs to."""

    exhibit_no = serializers.CharField(required=False, max_length=30)

    class Meta:
        model = File
        fields = [*SAID, "exhibit_no"]


class VerifiedSerializer(serializers.Serializer[None]):
    """Whether the stored bytes still have the hash they are kept under."""

    whole = serializers.BooleanField()


class FileViewSet(OriginalDeeds, PublicationDeeds, DigitalDeeds, RecordViewSet[File]):
    """Files of the cases that you work on."""

    policy = SIGNED_IN
    model = File
    serializer_class = FileSerializer
    filterset_class = FileFilter
    relations = ("case",)
    parser_classes = [MultiPartParser, StrictJSONParser]
    inputs = {
        "create": FileInput,
        "assign": AssignInput,
        "describe": DescribeInput,
        **DIGITAL_INPUTS,
        **PUBLICATION_INPUTS,
    }

    @extend_schema(request={"multipart/form-data": FileInput}, responses={201: FileSerializer})
    def create(self, request: Request) -> Response:
        """Send a file; sending the same bytes for the same exhibit again changes nothing."""
        asked = self.read_body(request)
        sent = asked["file"]
        file = services.receive_file(
            asked["case"],
            by=person(request),
            chunks=sent.chunks(),
            name=sent.name or "",
            item=asked.get("item"),
            expected_sha256=asked["sha256"],
            acquisition_method=asked["acquisition_method"],
        )
        return self.show_new(file)

    @extend_schema(responses=ProposalSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def proposals(self, request: Request, pk: str | None = None) -> Response:
        """What machines read on the file; what a later reading no longer found is withdrawn."""
        reader = person(request)
        read = Proposal.objects.visible_to(reader).filter(file=self.get_object())
        rows = with_markings(read.select_related("case"), reader)
        return Response(ProposalSerializer(rows, many=True).data)

    @extend_schema(responses=FileSerializer(many=True))
    @action(detail=True, pagination_class=None, filterset_class=None, url_path="same-bytes")
    def same_bytes(self, request: Request, pk: str | None = None) -> Response:
        """Files elsewhere with the very same bytes, of this case or another that you see."""
        twins = same_bytes(self.get_object(), person(request))
        return Response(self.get_serializer(twins, many=True).data)

    @extend_schema(request=AssignInput, responses=FileSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str | None = None) -> Response:
        """Say which exhibit the file belongs to."""
        file, asked = self.get_object(), self.read_body(request)
        return self.show(services.assign_file(file, asked["item"], by=person(request)))

    @extend_schema(request=DescribeInput, responses=FileSerializer)
    @action(detail=True, methods=["post"])
    def describe(self, request: Request, pk: str | None = None) -> Response:
        """Say by whom, where, when and on what basis it came to be, and which exhibit has it."""
        file, asked = self.get_object(), self.read_body(request)
        number = asked.pop("exhibit_no", "")
        return self.show(
            services.describe_and_assign(file, by=person(request), exhibit_no=number, **asked)
        )

    @extend_schema(request=None, responses=VerifiedSerializer)
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, pk: str | None = None) -> Response:
        """Hash the stored original again; the result stands in the ledger."""
        whole = services.verify_file(self.get_object(), by=person(request))
        return Response({"whole": whole})

    def again(self, once: Once) -> Response:
        """An original that is asked for again goes out again, and that stands in the ledger too."""
        if self.action == "original":
            return let_out(self.get_object(), self.request)
        return super().again(once)
