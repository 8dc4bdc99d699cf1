"""Trace requests as they are drafted, sent, followed up, and narrowed down in a list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import RecordForm, day, local_moment
from evidence.forms.component import MakerField
from evidence.models import Component, File, TraceRequest
from evidence.models.trace_request import TraceRequestQuerySet
from evidence.models.trace_words import RecipientKind, TraceState
from evidence.models.vocabulary import FileState
from investigations.models import Case, Duty

ANY = _("any")
OFFERED = 100
"""How many components or photographs a form offers."""
HERE = [("waiting", _("waiting for an answer")), ("overdue", _("overdue"))]


class ComponentsField(forms.ModelMultipleChoiceField[Component]):
    """Components by the exhibit they lie with and what is marked on them."""

    def label_from_instance(self, obj: Any) -> str:
        marks = " · ".join(filter(None, [obj.part_number, obj.serial_number, obj.lot_code]))
        return f"{obj.item.exhibit_no} · {obj}" + (f" · {marks}" if marks else "")


class PhotosField(forms.ModelMultipleChoiceField[File]):
    """Photographs by the exhibit they show, with the marking they bear."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.item.exhibit_no} · {obj.caption or obj.name} · {obj.handling}"


class TraceForm(RecordForm[TraceRequest]):
    """What is asked, of whom, and by which way."""

    components = ComponentsField(
        Component.objects.none(),
        label=_("Components asked about"),
        widget=forms.CheckboxSelectMultiple,
    )
    photos = PhotosField(
        File.objects.none(),
        label=_("Photographs sent along"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    maker = MakerField(
        label=_("Maker in the catalogue"), required=False, help_text=_("If it is one.")
    )
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Who follows it up"))
    fieldsets = [
        (_("What is asked"), ["components", "question", "selected_reason"]),
        (
            _("Of whom"),
            [
                *("recipient_kind", "recipient", "recipient_address", "maker", "country"),
                *("channel", "owner"),
            ],
        ),
        (_("What goes with it"), ["photos", "photos_tlp"]),
    ]

    class Meta:
        model = TraceRequest
        fields = [
            *("question", "selected_reason", "recipient_kind", "recipient"),
            *("recipient_address", "maker", "country", "channel", "photos_tlp"),
        ]
        widgets = {
            "question": forms.Textarea(attrs={"rows": 4}),
            "selected_reason": forms.Textarea(attrs={"rows": 2}),
            "recipient_address": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "photos_tlp": _("At least as strict as each photograph is marked here."),
            "recipient": _("The firm, the ministry or the office by its full name."),
        }

    def __init__(self, *args: Any, components: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trace, fields = self.instance, self.fields
        near = trace.components.visible_to(self.user) if components is None else components
        self.near = list(near)
        choices: dict[str, Any] = {
            "components": offered_components(trace.case, self.user, self.near),
            "photos": offered_photos(trace.case, self.user, self.near),
            "owner": trace.case.people_with(Duty.LOG_EVIDENCE).distinct(),
        }
        for name, rows in choices.items():
            field: Any = fields[name]
            field.queryset = rows
        self.initial["maker"] = trace.maker.name if trace.maker else ""
        self.initial.setdefault("components", keys_of(self.near))
        self.initial.setdefault("owner", trace.owner_id or self.user.pk)
        if not trace._state.adding:
            self.initial["photos"] = keys_of(trace.photos.visible_to(self.user))

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "maker": self.cleaned_data["maker"]}


def keys_of(rows: Iterable[Component] | Iterable[File]) -> list[str]:
    """Rows as the boxes of a form name them."""
    return [str(row.pk) for row in rows]


def offered_components(case: Case, user: User, near: list[Component]) -> Any:
    """Those at hand, with the others of their exhibits and of their makers."""
    seen = Component.objects.visible_to(user).filter(case=case)
    makers = {component.maker_id for component in near} - {None}
    items = {component.item_id for component in near}
    rows = seen.filter(Q(item__in=items) | Q(maker__in=makers))
    keys = rows.order_by("id").values_list("pk", flat=True)[:OFFERED]
    shown = seen.filter(pk__in=[*keys, *(component.pk for component in near)])
    return shown.select_related("item", "maker", "category").order_by("item__exhibit_no", "id")


def offered_photos(case: Case, user: User, near: list[Component]) -> Any:
    """The pictures of the exhibits on which they lie."""
    seen = File.objects.visible_to(user).filter(case=case, state=FileState.READY)
    rows = seen.filter(item__in={component.item_id for component in near})
    keys = list(rows.order_by("id").values_list("pk", flat=True)[:OFFERED])
    return seen.filter(pk__in=keys).select_related("item", "case").order_by("id")


class TraceStepForm(forms.Form):
    """A step that says nothing more."""

    def __init__(self, *args: Any, trace: TraceRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trace = trace


class SendForm(TraceStepForm):
    """When it went out, and until when an answer is due."""

    sent_at = forms.DateTimeField(
        label=_("Sent"), required=False, widget=local_moment(), help_text=_("Empty: now.")
    )
    due = forms.DateField(
        label=_("Answer due"), required=False, widget=day(), help_text=_("Empty: in 30 days.")
    )


class AcknowledgeForm(TraceStepForm):
    """When it was acknowledged, and under which number."""

    at = forms.DateTimeField(
        label=_("Acknowledged"), required=False, widget=local_moment(), help_text=_("Empty: now.")
    )
    their_reference = forms.CharField(label=_("Their reference"), max_length=80, required=False)


class RemindForm(TraceStepForm):
    """When the reminder went out."""

    at = forms.DateTimeField(
        label=_("Sent"), required=False, widget=local_moment(), help_text=_("Empty: now.")
    )


class CloseTraceForm(TraceStepForm):
    """What it came to, and why nothing more is waited for."""

    ENDS = (TraceState.NO_REPLY, TraceState.NOT_TRACEABLE)

    outcome = forms.ChoiceField(
        label=_("What it came to"), choices=[(end.value, end.label) for end in ENDS]
    )
    reason = forms.CharField(label=_("Why"), max_length=1000)


class TraceFilterForm(forms.Form):
    """Which trace requests to list."""

    case = forms.ModelChoiceField(
        Case.objects.none(), label=_("Case"), required=False, empty_label=ANY
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", ANY), *HERE, *TraceState.choices]
    )
    recipient_kind = forms.ChoiceField(
        label=_("Who is asked"), required=False, choices=[("", ANY), *RecipientKind.choices]
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = Case.objects.visible_to(user)  # type: ignore[attr-defined]

    def narrow(self, rows: TraceRequestQuerySet) -> TraceRequestQuerySet:
        """Only the requests that fit what was asked."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if asked.get("state") == "waiting":
            rows = rows.awaiting_reply()
            del asked["state"]
        if asked.get("state") == "overdue":
            rows = rows.overdue()
            del asked["state"]
        return rows.filter(**asked)

    @property
    def narrows(self) -> bool:
        """True when anything at all was asked for."""
        return any(self.cleaned_data.values())
