"""Evidence in the administration: read, searched, verified; never edited."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.http import who
from core.admin import DeedAdmin
from evidence import services
from evidence.admin import cooperation, storage
from evidence.models import (
    Calibration,
    Capture,
    Component,
    CustodyEvent,
    Establishment,
    File,
    GapNote,
    Item,
    LabExam,
    Marking,
    Proposal,
    Redaction,
    Regrouping,
    RightOfReply,
    TraceHop,
    TraceReply,
    TraceRequest,
    Transformation,
    Upload,
    WeaponInstance,
)


@admin.register(Item)
class ItemAdmin(DeedAdmin[Item]):
    """Exhibits; custody changes on the exhibit's own page."""

    list_display = [
        "exhibit_no",
        "case",
        "kind",
        "description",
        "status",
        "holder",
        "kept_at",
        "seal_no",
    ]
    list_filter = ["status", "kind", "acquisition", "condition"]
    search_fields = ["exhibit_no", "description", "seal_no", "case__ref"]
    list_select_related = ["case", "kind", "holder"]


@admin.register(Component)
class ComponentAdmin(DeedAdmin[Component]):
    """Parts and their technical facts."""

    list_display = [
        "item",
        "category",
        "maker",
        "model_name",
        "part_number",
        "serial_number",
        "lot_code",
    ]
    list_filter = ["category", "identification", "maker_status", "serial_state"]
    search_fields = ["part_number", "serial_number", "lot_code", "model_name", "item__exhibit_no"]
    list_select_related = ["item", "category", "maker"]


@admin.register(Marking)
class MarkingAdmin(DeedAdmin[Marking]):
    """Markings as they were read."""

    list_display = ["component", "kind", "state", "as_seen", "transcribed_by"]
    list_filter = ["kind", "state"]
    search_fields = ["as_seen", "removal_pattern", "component__item__exhibit_no"]
    list_select_related = ["component__category", "component__maker", "transcribed_by"]


@admin.register(File)
class FileAdmin(DeedAdmin[File]):
    """Files; their bytes are checked against their names by an action."""

    list_display = ["name", "case", "item", "state", "fixity", "size", "sha256", "created_at"]
    list_filter = ["fixity", "state", "mime", "copy_type", "acquisition_method"]
    search_fields = ["name", "sha256", "caption", "item__exhibit_no"]
    list_select_related = ["case", "item", "received_by"]
    actions = ["verify", "reprocess"]

    @admin.action(description=gettext_lazy("Hash the stored originals again"))
    def verify(self, request: HttpRequest, queryset: QuerySet[File]) -> None:
        by = who(request)
        broken = [file for file in queryset if not services.verify_file(file, by=by)]
        for file in broken:
            told = _("%(file)s: the stored bytes do not have the hash they are kept under.")
            self.message_user(request, told % {"file": file}, messages.ERROR)
        if not broken:
            self.message_user(request, _("Every selected original is whole."), messages.SUCCESS)

    @admin.action(description=gettext_lazy("Look at the pictures again, and read them again"))
    def reprocess(self, request: HttpRequest, queryset: QuerySet[File]) -> None:
        for file in queryset:
            services.ask_to_reprocess(file, by=who(request))
        self.message_user(request, _("The worker has been asked."), messages.SUCCESS)


@admin.register(Regrouping)
class RegroupingAdmin(DeedAdmin[Regrouping]):
    """Exhibits split and put together."""

    list_display = ["item", "kind", "quantity_before", "quantity_after", "made_by", "created_at"]
    list_filter = ["kind"]
    search_fields = ["item__exhibit_no", "reason", "made_by__username"]
    list_select_related = ["item", "made_by"]


@admin.register(Transformation)
class TransformationAdmin(DeedAdmin[Transformation]):
    """What was done to make each copy."""

    list_display = ["file", "tool", "tool_version", "reason", "made_by", "created_at"]
    search_fields = ["file__name", "tool", "reason"]
    list_select_related = ["file", "made_by"]


@admin.register(Establishment)
class EstablishmentAdmin(DeedAdmin[Establishment]):
    """Times and places as people found them."""

    list_display = ["file", "what", "method", "state", "made_by", "reviewed_by"]
    list_filter = ["what", "method", "state"]
    search_fields = ["file__name", "rationale"]
    list_select_related = ["file", "made_by", "reviewed_by"]


@admin.register(Redaction)
class RedactionAdmin(DeedAdmin[Redaction]):
    """Pictures out of which something was taken, and who looked at the copy."""

    list_display = ["file", "state", "made_by", "reviewed_by", "created_at"]
    list_filter = ["state"]
    search_fields = ["file__name", "copy__name"]
    list_select_related = ["file", "made_by", "reviewed_by"]


@admin.register(Calibration)
class CalibrationAdmin(DeedAdmin[Calibration]):
    """Lines along scale bars, and how long they are."""

    list_display = ["file", "length_mm", "set_by", "created_at"]
    search_fields = ["file__name", "file__item__exhibit_no", "set_by__username"]
    list_select_related = ["file", "set_by"]


@admin.register(Upload)
class UploadAdmin(DeedAdmin[Upload]):
    """Files under way; what nobody goes on with is let go by itself."""

    list_display = ["name", "case", "item", "sender", "received", "size", "expires_at"]
    search_fields = ["name", "case__ref", "sender__username"]
    list_select_related = ["case", "item", "sender"]


@admin.register(Proposal)
class ProposalAdmin(DeedAdmin[Proposal]):
    """What machines read in pictures; people answer on the page of the exhibit."""

    list_display = ["file", "kind", "text", "confidence", "engine", "withdrawn_at"]
    list_filter = ["kind", "engine"]
    search_fields = ["text", "file__name", "file__item__exhibit_no"]
    list_select_related = ["file"]


@admin.register(Capture)
class CaptureAdmin(DeedAdmin[Capture]):
    """Photographs sealed on phones, and what was said of them."""

    list_display = ["tag", "case", "item", "taken_by", "taken_at", "file", "created_at"]
    search_fields = ["tag", "note", "case__ref", "item__exhibit_no", "taken_by__username"]
    list_select_related = ["case", "item", "taken_by", "file"]


@admin.register(LabExam)
class LabExamAdmin(DeedAdmin[LabExam]):
    """Examinations; their steps are taken on their own pages."""

    list_display = [
        *("ref", "case", "discipline", "laboratory", "state", "is_destructive", "support"),
        "requested_at",
    ]
    list_filter = ["state", "discipline", "is_destructive", "is_method_accredited"]
    search_fields = ["ref", "question", "result", "laboratory__folded_names", "case__ref"]
    list_select_related = ["case", "laboratory"]


@admin.register(TraceRequest)
class TraceRequestAdmin(DeedAdmin[TraceRequest]):
    """Trace requests; what was sent stays as it was sent."""

    list_display = ["ref", "case", "recipient", "recipient_kind", "state", "sent_at", "due"]
    list_filter = ["state", "recipient_kind", "channel"]
    search_fields = ["ref", "recipient", "question", "case__ref"]
    list_select_related = ["case"]


@admin.register(TraceReply)
class TraceReplyAdmin(DeedAdmin[TraceReply]):
    """Replies to trace requests."""

    list_display = ["trace", "outcome", "genuine", "reliability", "credibility", "received_at"]
    list_filter = ["outcome", "genuine", "reliability"]
    search_fields = ["trace__ref", "text", "first_consignee", "invoice"]
    list_select_related = ["trace"]


@admin.register(TraceHop)
class TraceHopAdmin(DeedAdmin[TraceHop]):
    """Steps of the ways that replies tell of."""

    list_display = ["reply", "position", "giver", "taker", "passed_on", "basis"]
    list_filter = ["basis"]
    search_fields = ["giver", "taker", "document", "reply__trace__ref"]
    list_select_related = ["reply__trace"]


@admin.register(RightOfReply)
class RightOfReplyAdmin(DeedAdmin[RightOfReply]):
    """Offers to companies to answer."""

    list_display = ["company", "case", "channel", "state", "offered_at", "due"]
    list_filter = ["state", "channel"]
    search_fields = ["company", "folded", "text", "case__ref"]
    list_select_related = ["case"]


@admin.register(WeaponInstance)
class WeaponInstanceAdmin(DeedAdmin[WeaponInstance]):
    """Weapons that were found."""

    list_display = ["ref", "case", "incident", "model", "model_confidence"]
    list_filter = ["type", "propulsion", "model_confidence"]
    search_fields = ["ref", "name_as_marked", "tail_number", "production_number", "case__ref"]
    list_select_related = ["case", "incident", "model"]


@admin.register(CustodyEvent)
class CustodyEventAdmin(DeedAdmin[CustodyEvent]):
    """What happened to exhibits; another event corrects a wrong one."""

    list_display = ["item", "seq", "kind", "at", "entered_by", "from_person", "to_person"]
    list_filter = ["kind"]
    search_fields = ["item__exhibit_no", "purpose", "seal_after", "from_name", "to_name"]
    list_select_related = ["item", "entered_by", "from_person", "to_person"]


@admin.register(GapNote)
class GapNoteAdmin(DeedAdmin[GapNote]):
    """What was said of gaps in custody, and which of them a second person waived."""

    list_display = ["item", "gap", "words", "said_by", "explained_by"]
    search_fields = ["item__exhibit_no", "words"]
    list_select_related = ["item", "said_by", "explained_by"]


__all__ = ["cooperation", "storage"]
