"""Cases in the administration: to be read by their own teams, and acted on through services."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.http import who
from core.admin import DeedAdmin, do_for_each
from investigations import services
from investigations.models import (
    AssistanceNeed,
    AssistanceOffer,
    Case,
    CaseCounter,
    CasualtyCount,
    ContributionRequest,
    Incident,
    Label,
    MailChoice,
    Membership,
    Note,
    Notice,
    Request,
    Site,
    Source,
    SourceReport,
    Task,
)


@admin.register(Case)
class CaseAdmin(DeedAdmin[Case]):
    """Cases."""

    list_display = ["ref", "public_title", "status", "stage", "lead", "tlp", "created_at"]
    list_filter = ["status", "stage", "outcome", "tlp", "standard_of_proof"]
    search_fields = ["ref", "title", "public_title"]
    list_select_related = ["lead"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return Case.objects.read_whole_by(who(request)).order_by("-id")


@admin.register(Incident)
class IncidentAdmin(DeedAdmin[Incident]):
    """Attacks."""

    list_display = ["ref", "case", "title", "occurred_from", "theatre", "attack_mode", "status"]
    list_filter = ["attack_mode", "status", "theatre"]
    search_fields = ["ref", "title", "place_name", "weapon_as_stated"]
    list_select_related = ["case", "theatre"]
    date_hierarchy = "occurred_from"


@admin.register(Site)
class SiteAdmin(DeedAdmin[Site]):
    """Sites."""

    list_display = ["name", "kind", "incident", "safe_status", "place_name"]
    list_filter = ["kind", "safe_status"]
    search_fields = ["name", "place_name", "incident__ref"]
    list_select_related = ["incident"]


@admin.register(Source)
class SourceAdmin(DeedAdmin[Source]):
    """Sources by their pseudonyms; who they are has no place in the administration."""

    list_display = ["pseudonym", "case", "kind", "protection", "informed_consent"]
    list_filter = ["kind", "protection"]
    search_fields = ["pseudonym", "case__ref"]
    list_select_related = ["case"]


@admin.register(SourceReport)
class SourceReportAdmin(DeedAdmin[SourceReport]):
    """Reports of attacks with their two grades."""

    list_display = ["citation", "incident", "reliability", "credibility", "party_to_conflict"]
    list_filter = ["reliability", "credibility", "party_to_conflict", "imported_from"]
    search_fields = ["citation", "incident__ref"]
    list_select_related = ["incident"]


@admin.register(CasualtyCount)
class CasualtyCountAdmin(DeedAdmin[CasualtyCount]):
    """Harm to people, from at least to at most."""

    list_display = ["incident", "harm", "group", "at_least", "at_most", "as_of"]
    list_filter = ["harm", "group"]
    search_fields = ["incident__ref"]
    list_select_related = ["incident"]


@admin.register(Task)
class TaskAdmin(DeedAdmin[Task]):
    """What is still to be done."""

    list_display = ["title", "case", "owner", "due", "done_at"]
    list_filter = ["due", "done_at"]
    search_fields = ["title", "case__ref", "owner__username"]
    list_select_related = ["case", "owner"]
    actions = ["complete"]

    @admin.action(description=gettext_lazy("Tick the selected tasks off"))
    def complete(self, request: HttpRequest, queryset: QuerySet[Task]) -> None:
        do_for_each(
            self, request, queryset, lambda task: services.complete_task(task, by=who(request))
        )


@admin.register(Note)
class NoteAdmin(DeedAdmin[Note]):
    """Signed and dated remarks."""

    list_display = ["created_at", "author", "case", "incident", "text"]
    search_fields = ["text", "author__username", "case__ref"]
    list_filter = ["created_at"]
    list_select_related = ["author", "case", "incident"]


class OfVisibleCases(DeedAdmin[Any]):
    """Rows that hang on a case without being records of it."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        cases = Case.objects.read_whole_by(who(request))
        rows: QuerySet[Any] = self.model._default_manager.filter(case__in=cases)
        return rows


@admin.register(Membership)
class MembershipAdmin(OfVisibleCases):
    """Who works on which case."""

    list_display = ["user", "case", "roles", "created_at", "until", "ended_at"]
    list_filter = ["ended_at"]
    search_fields = ["user__username", "user__display_name", "case__ref"]
    list_select_related = ["user", "case"]
    actions = ["end"]

    @admin.action(description=gettext_lazy("Take the selected people off their cases"))
    def end(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        do_for_each(
            self, request, queryset, lambda place: services.end_membership(place, by=who(request))
        )


@admin.register(CaseCounter)
class CaseCounterAdmin(OfVisibleCases):
    """The last numbers given out."""

    list_display = ["case", "kind", "last"]
    list_filter = ["kind"]
    search_fields = ["case__ref", "kind"]
    list_select_related = ["case"]


@admin.register(Request)
class RequestAdmin(DeedAdmin[Request]):
    """Deeds that take two people: read here, and decided on the pages alone.

    The case is left out: an administrator without a place on it sees only that it is asked for.
    """

    list_display = ["kind", "subject_ref", "state", "asked_by", "lapses_at", "decided_by"]
    list_filter = ["kind", "state"]
    search_fields = ["subject_ref", "reason", "asked_by__username"]
    list_select_related = ["asked_by", "decided_by"]
    exclude = ["case"]


@admin.register(Notice)
class NoticeAdmin(DeedAdmin[Notice]):
    """What people were told; each sees their own."""

    list_display = ["kind", "case", "about", "created_at", "seen_at", "mailed_at"]
    list_filter = ["kind", "seen_at"]
    search_fields = ["case__ref", "request__subject_ref", "subject_ref"]
    list_select_related = ["case", "request"]


@admin.register(MailChoice)
class MailChoiceAdmin(DeedAdmin[MailChoice]):
    """Who is told what by e-mail; that belongs to no case."""

    list_display = ["user", "kinds", "created_at"]
    search_fields = ["user__username", "user__display_name"]
    list_select_related = ["user"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[MailChoice]:
        return MailChoice.objects.order_by("-id")


@admin.register(Label)
class LabelAdmin(DeedAdmin[Label]):
    """Ways of handling in use, those whose bearers the person may read."""

    list_display = ["tlp", "pap", "clearance", "compartments", "created_at"]
    list_filter = ["tlp", "pap", "clearance"]
    search_fields = ["compartments", "digest"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Label]:
        return Label.objects.open_to(who(request)).order_by("-id")


@admin.register(AssistanceNeed)
class AssistanceNeedAdmin(DeedAdmin[AssistanceNeed]):
    """What cases need of others."""

    list_display = ["ref", "case", "capability", "urgency", "needed_by", "status"]
    list_filter = ["capability", "urgency", "status"]
    search_fields = ["ref", "description", "case__ref"]
    list_select_related = ["case"]


@admin.register(ContributionRequest)
class ContributionRequestAdmin(DeedAdmin[ContributionRequest]):
    """What agencies were asked for."""

    list_display = ["ref", "case", "agency", "capability", "due", "answer"]
    list_filter = ["capability", "answer"]
    search_fields = ["ref", "words", "case__ref", "agency__short_name"]
    list_select_related = ["case", "agency"]


@admin.register(AssistanceOffer)
class AssistanceOfferAdmin(DeedAdmin[AssistanceOffer]):
    """What agencies offer, and what was decided in writing."""

    list_display = ["ref", "case", "agency", "capability", "decision", "document_ref"]
    list_filter = ["capability", "decision"]
    search_fields = ["ref", "description", "document_ref", "case__ref", "agency__short_name"]
    list_select_related = ["case", "agency"]
