"""Comparisons in the administration: links and judgements read-only, parameters by version."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.http import who
from comparison import services
from comparison.forms import ParameterForm
from comparison.models import (
    Disclosure,
    Hit,
    Judgement,
    Link,
    ParameterSet,
    Question,
    Reading,
    ReferenceCount,
    ReferenceSet,
    Rescoring,
    Withdrawal,
)
from core.admin import DeedAdmin, do_for_each


@admin.register(Link)
class LinkAdmin(DeedAdmin[Link]):
    """Links whose two cases the person works on, those left out that they are to judge blind."""

    list_display = ["left", "right", "state", "outcome", "band", "found_by", "proposed_at"]
    list_filter = ["state", "outcome", "band", "found_by", "cross_theatre", "alert"]
    search_fields = [
        "left__part_number",
        "left__item__exhibit_no",
        "right__part_number",
        "right__item__exhibit_no",
    ]
    list_select_related = [
        f"{end}__{part}" for end in ("left", "right") for part in ("category", "maker")
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Link]:
        rows: Any = super().get_queryset(request)
        return rows.told_to(request.user)  # type: ignore[no-any-return]


@admin.register(Judgement)
class JudgementAdmin(DeedAdmin[Judgement]):
    """What examiners concluded."""

    list_display = ["link", "examiner", "conclusion", "confidence", "created_at"]
    list_filter = ["conclusion", "confidence"]
    search_fields = ["reason", "examiner__username"]
    list_select_related = [
        "examiner",
        *(f"link__{end}__{part}" for end in ("left", "right") for part in ("category", "maker")),
    ]


@admin.register(Withdrawal)
class WithdrawalAdmin(DeedAdmin[Withdrawal]):
    """Judgements that their examiners took back at once."""

    list_display = ["judgement", "withdrawn_by", "created_at"]
    list_filter = ["created_at"]
    search_fields = ["judgement__reason", "withdrawn_by__username"]
    list_select_related = ["judgement__examiner", "withdrawn_by"]


@admin.register(Hit)
class HitAdmin(DeedAdmin[Hit]):
    """Hits with other agencies: the strength and the agency, as on the pages."""

    list_display = ["component", "agency", "band", "told_on"]
    list_filter = ["band", "agency", "told_on"]
    search_fields = ["component__part_number", "component__item__exhibit_no"]
    list_select_related = ["component__category", "component__maker", "agency"]
    exclude = ["rank"]


@admin.register(Disclosure)
class DisclosureAdmin(DeedAdmin[Disclosure]):
    """What was asked of other leads, and how they answered."""

    list_display = ["component", "agency", "band", "state", "asked_by", "decided_at"]
    list_filter = ["state", "band", "agency"]
    search_fields = ["component__part_number", "reason", "asked_by__username"]
    list_select_related = ["component__category", "component__maker", "agency", "asked_by"]


@admin.register(Question)
class QuestionAdmin(DeedAdmin[Question]):
    """Which versions of a component were held against cases that its team may not see, and when."""

    list_display = ["component", "is_own", "due_at", "answered_at"]
    list_filter = ["is_own", "answered_at"]
    search_fields = ["component__part_number", "component__item__exhibit_no"]
    list_select_related = ["component__category", "component__maker"]


@admin.register(Reading)
class ReadingAdmin(DeedAdmin[Reading]):
    """What the method reads from each component."""

    list_display = ["component", "category", "incident", "serial_number", "compared_at"]
    list_filter = ["category", "compared_at"]
    search_fields = ["category", "component__part_number", "component__serial_number"]
    list_select_related = ["component__category", "component__maker", "incident"]


class MethodAdmin(DeedAdmin[Any]):
    """Rows of the method itself, which belong to no case and which every member of staff reads."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows


class ReasonForm(ActionForm):
    """Why something is refused, beside the action that refuses it."""

    reason = forms.CharField(label=_("Reason"), required=False)


@admin.register(ParameterSet)
class ParameterSetAdmin(MethodAdmin):
    """Versions of the parameters: one administrator proposes, another adopts; none is changed."""

    list_display = ["name", "state", "proposed_by", "decided_by", "reason", "decided_at"]
    list_filter = ["state", "created_at"]
    search_fields = ["name", "reason"]
    list_select_related = ["proposed_by", "decided_by"]
    actions = ["adopt", "refuse"]
    action_form = ReasonForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """All values to propose anew; a version that is there is only read."""
        return super().get_form(request, obj, change, **({} if obj else {"form": ParameterForm}))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        typed = ["name", "reason", *ParameterForm.base_fields.keys() - {"name", "reason"}]
        order = {name: at for at, name in enumerate(ParameterForm.base_fields)}
        read = [field.name for field in ParameterSet._meta.fields if field.name != "id"]
        return read if obj else sorted(typed, key=lambda name: order[name])

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        kept = services.propose_parameters(
            obj.name, by=who(request), reason=obj.reason, **form.changes
        )
        obj.pk, obj._state.adding = kept.pk, False

    @admin.action(description=_("Adopt what another administrator proposed"))
    def adopt(self, request: HttpRequest, queryset: QuerySet[ParameterSet]) -> None:
        do_for_each(
            self, request, queryset, lambda row: services.adopt_parameters(row, by=who(request))
        )

    @admin.action(description=_("Refuse, or take back one's own, with a reason"))
    def refuse(self, request: HttpRequest, queryset: QuerySet[ParameterSet]) -> None:
        reason = request.POST.get("reason", "")
        do_for_each(
            self,
            request,
            queryset,
            lambda row: services.refuse_parameters(row, by=who(request), reason=reason),
        )


@admin.register(Rescoring)
class RescoringAdmin(MethodAdmin):
    """How far the links have come that are scored anew under other parameters."""

    list_display = ["parameters_version", "seen", "total", "changed", "created_at", "finished_at"]
    list_filter = ["finished_at"]
    search_fields = ["parameters_version"]


@admin.register(ReferenceSet)
class ReferenceSetAdmin(MethodAdmin):
    """Counts of recoveries that others published."""

    list_display = ["name", "as_of", "source", "is_in_use"]
    list_filter = ["is_in_use"]
    search_fields = ["name", "source"]


@admin.register(ReferenceCount)
class ReferenceCountAdmin(MethodAdmin):
    """The single counts."""

    list_display = ["reference_set", "category", "feature", "value", "recoveries"]
    list_filter = ["reference_set", "category", "feature"]
    search_fields = ["value", "category"]
    list_select_related = ["reference_set"]
