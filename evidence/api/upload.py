"""REST: files that come in piece by piece, after tus 1.0, by one door for all senders."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.description import refusals
from core.models import Once
from core.parsing import StrictJSONParser
from core.rest import RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from core.services.once import require_same_request
from evidence import services, vault
from evidence.api import tus
from evidence.filters import UploadFilter
from evidence.http import as_json
from evidence.models import Item, Upload
from evidence.models.vocabulary import AcquisitionMethod
from investigations.models import Case


class UploadSerializer(RowSerializer[Upload]):
    """How far a file is; `stored` is what it became."""

    stored = serializers.SerializerMethodField()

    class Meta:
        model = Upload
        fields = [
            *("id", "case", "item", "name", "path_as_sent", "size", "received", "sha256"),
            *("acquisition_method", "expires_at", "created_at", "file", "stored"),
        ]

    def get_stored(self, upload: Upload) -> dict[str, str] | None:
        if upload.file is None:
            return None
        upload.file.arrived_before = upload.was_known
        return as_json(upload.file, asked_for=upload.item)


class UploadInput(StrictSerializer):
    """What Upload-Metadata says of a file; with `sha256` it is refused if it arrives altered."""

    case = VisibleField(queryset=Case.objects.all())
    item = VisibleField(queryset=Item.objects.all(), required=False, allow_null=True)
    filename = serializers.CharField(max_length=1000)
    path = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    filetype = serializers.CharField(required=False, allow_blank=True)
    sha256 = serializers.RegexField(r"^[0-9a-fA-F]{64}$", required=False, default="")
    acquisition_method = serializers.ChoiceField(
        choices=AcquisitionMethod.choices, default=AcquisitionMethod.OWN_CAPTURE
    )


class Locked(APIException):
    """Another request is adding to the upload (HTTP 423)."""

    status_code = 423
    default_code = "locked"


class TooLarge(APIException):
    """More than may be sent (HTTP 413)."""

    status_code = 413
    default_code = "too-large"
    default_detail = gettext_lazy("The piece goes beyond the end of the file as it was announced.")


class UploadViewSet(RecordViewSet[Upload]):
    """Your files under way; nobody else sees them."""

    policy = SIGNED_IN
    model = Upload
    serializer_class = UploadSerializer
    filterset_class = UploadFilter
    parser_classes = [tus.PieceParser, StrictJSONParser]
    relations = ("case", "item", "file", "file__item")
    inputs = {"create": UploadInput}

    def get_queryset(self) -> QuerySet[Upload]:
        rows: Any = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows  # type: ignore[no-any-return]
        return rows.sent_by(self.request.user)  # type: ignore[no-any-return]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A piece that comes with an announcement is read before any row is held for it."""
        self.let_go = ExitStack()
        super().initial(request, *args, **kwargs)
        self.brought: Iterator[vault.Arriving] = iter(())
        if request.method == "POST" and tus.brings_a_piece(request):
            length = tus.length_to_come(request)
            if length > tus.STEP:
                raise TooLarge(_("Send at most %(n)d bytes along.") % {"n": tus.STEP})
            pieces = tus.pieces(request, length, vault.growing_place())
            self.let_go.callback(pieces.close)
            if first := next(pieces, None):
                first.complete()
                self.brought = chain([first], pieces)

    def said(self, request: Request) -> Any:
        return [request.headers.get(name) for name in tus.SAID]

    def again(self, once: Once) -> Response:
        """What the bytes of before became; other bytes, where all of them come, are refused.

        Where the line was cut, what came then is less than what comes now, and is gone on from.
        """
        upload, sent = (
            self.get_queryset().filter(pk=str(once.subject)).first(),
            next(self.brought, None),
        )
        if upload and upload.file and sent and sent.size == upload.size:
            require_same_request(upload.file.sha256 == sent.sha256)
        return super().again(once)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Each answer names the version, a refusal of another one all that there are."""
        self.let_go.close()  # what came and was not kept is gone at once
        told = super().finalize_response(request, response, *args, **kwargs)
        told.headers["Tus-Resumable"] = tus.VERSION
        if told.status_code == tus.OtherVersion.status_code:
            told.headers["Tus-Version"] = tus.VERSION
        return told

    def shown(self, row: Any, status: int) -> Response:
        response = super().shown(row, status)
        for name, value in tus.headers_of(row).items():
            response.headers[name] = value
        return response

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """How far it is, and what it became; HEAD tells the first in headers alone."""
        if request.method == "HEAD":
            return Response(headers=tus.headers_of(self.get_object()))
        return super().retrieve(request, *args, **kwargs)

    def options(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> Response:
        """What this server understands of tus."""
        return Response(
            status=204,
            headers={
                "Tus-Resumable": tus.VERSION,
                "Tus-Version": tus.VERSION,
                "Tus-Max-Size": str(settings.UPLOAD_LARGEST),
                "Tus-Extension": "creation,creation-with-upload,checksum,expiration,termination",
                "Tus-Checksum-Algorithm": tus.ALGORITHM,
            },
        )

    @extend_schema(
        parameters=tus.ANNOUNCED,
        request={tus.PieceParser.media_type: bytes},
        responses={201: UploadSerializer, **refusals(412, 460)},
    )
    def create(self, request: Request) -> Response:
        """Announce a file: its size in `Upload-Length`, all else in `Upload-Metadata`.

        Its first piece, or all of it, may come along as the body.
        """
        tus.require_version(request)
        size = tus.whole_number(request, "Upload-Length")
        form = UploadInput(data=tus.metadata(request), context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        said = dict(form.validated_data)
        said.pop("filetype", None)
        said["name"] = said.pop("filename")
        try:
            upload = self.begin(request, size, said)
        except services.TooBig as refusal:
            raise TooLarge(str(refusal)) from None
        return self.show_new(upload) if upload.file_id else self.show(upload, status=201)

    def begin(self, request: Request, size: int, said: dict[str, Any]) -> Upload:
        """Take in what came whole; otherwise keep the announcement and as much as came."""
        case, by = said.pop("case"), person(request)
        first = next(self.brought, None)
        announced = {one for one in (said["sha256"], tus.whole_digest(request)) if one}
        if first and len(announced) < 2 and first.size == size:
            said["sha256"] = "".join(announced)
            return services.take_in_one(case, by=by, piece=first, size=size, **said)
        upload = services.begin_upload(case, by=by, size=size, **said)
        brought = chain([first] if first else [], self.brought)
        return self.take_piece(upload, request, brought, at=0) if first else upload

    @extend_schema(
        parameters=tus.SENT_ON,
        request={tus.PieceParser.media_type: bytes},
        responses={204: None, **refusals(412, 423, 460)},
    )
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Send the next piece, which begins at `Upload-Offset`; the last one makes it a file."""
        tus.require_version(request)
        upload, at = self.get_object(), tus.whole_number(request, "Upload-Offset")
        if not tus.brings_a_piece(request):
            raise UnsupportedMediaType(str(request.content_type))
        length = tus.whole_number(request, "Content-Length", default="0")
        upload = self.take_piece(upload, request, tus.pieces(request, length), at=at)
        return Response(status=204, headers=tus.headers_of(upload))

    def take_piece(
        self, upload: Upload, request: Request, pieces: Iterator[vault.Arriving], *, at: int
    ) -> Upload:
        """The body begins at byte `at`, where the last piece ended, and goes not beyond the end."""
        length = tus.whole_number(request, "Content-Length", default="0")
        services.require_offset(upload, at)
        if at + length > upload.size:
            raise TooLarge
        try:
            return self.add(upload, request, pieces, at=at)
        except services.Busy as busy:
            raise Locked(str(busy)) from None

    def add(
        self, upload: Upload, request: Request, pieces: Iterator[vault.Arriving], *, at: int
    ) -> Upload:
        """Put what the body brings on the disk step by step; the whole becomes a file."""
        by = person(request)
        try:
            for piece in pieces:
                upload = services.extend_upload(upload, piece.read_again(), by=by, at=at)
                at = upload.received
        except vault.Lost as lost:
            upload = services.step_back(upload, lost.there, by=by)
            services.require_offset(upload, at)
        if upload.is_complete:
            services.finish_upload(upload, by=by, sha256=tus.whole_digest(request))
        return upload

    @extend_schema(parameters=[tus.SPOKEN], responses={204: None, **refusals(412)})
    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Give the upload up; a file that it became stays."""
        tus.require_version(request)
        services.end_upload(self.get_object(), by=person(request))
        return Response(status=204, headers={"Tus-Resumable": tus.VERSION})
