"""How a case or a record is to be handled, as it is typed in."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Compartment, User
from core.markings import NO_AGENCY, Clearance, Handling, Pap, Tlp
from investigations.models import Case, CaseRecord
from investigations.services.label import said_of

AGENCIES = ("releasable_to", "originators", "shared_with")


class HandlingForm(forms.Form):
    """Every part of a handling, and why it should be another.

    Offered are the compartments that the person is in, and the agencies that have people on the
    team, or that evidence passes to from the person's own, besides those that are named already:
    nobody learns here of any other.
    """

    fieldsets = [
        (_("Markings"), ["tlp", "pap", "clearance"]),
        (_("Who may read it"), ["compartments", "releasable_to", "shared_with"]),
        (_("Who must agree to less"), ["originators", "reason"]),
    ]

    tlp = forms.ChoiceField(
        label=_("Marking (TLP)"),
        choices=Tlp.choices,
        help_text=_("How far it may be passed on (TLP 2.0). What its case says holds anyhow."),
    )
    pap = forms.ChoiceField(
        label=_("Permissible actions (PAP)"),
        choices=Pap.choices,
        help_text=_("What a reader may do with it."),
    )
    clearance = forms.TypedChoiceField(
        label=_("Clearance needed"), choices=Clearance.choices, coerce=int
    )
    compartments = forms.MultipleChoiceField(
        label=_("Compartments"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A reader must be in every one of them."),
    )
    releasable_to = forms.TypedMultipleChoiceField(
        label=_("Releasable to"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only people of these agencies read it. None chosen: the whole team."),
    )
    originators = forms.TypedMultipleChoiceField(
        label=_("Originator control"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without one of its people nobody handles it less strictly."),
    )
    shared_with = forms.TypedMultipleChoiceField(
        label=_("Shared with partners"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Contributors of these agencies are shown it; nobody else learns of it."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands in the ledger; whoever is asked reads it."),
    )

    def __init__(self, *args: Any, now: Handling, user: User, team: Any, **kwargs: Any) -> None:
        kwargs["initial"] = as_typed(now)
        super().__init__(*args, **kwargs)
        agencies = [(str(row.pk), row.name) for row in agencies_offered(now, user, team)]
        self.fields["compartments"].choices = compartment_choices(now, user)  # type: ignore[attr-defined]
        self.fields["originators"].choices = agencies  # type: ignore[attr-defined]
        nobody = [(str(NO_AGENCY), _("nobody"))] if NO_AGENCY in now.releasable_to else []
        self.fields["releasable_to"].choices = [*agencies, *nobody]  # type: ignore[attr-defined]
        self.fields["shared_with"].choices = agencies  # type: ignore[attr-defined]
        for name in ("compartments", "releasable_to", "originators", "shared_with"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]
                self.fields[name].help_text = _("There is none to choose from.")

    def full_clean(self) -> None:
        """A reason is needed for a deed, not to be shown what it would change."""
        reason = self.fields["reason"]
        reason.required = bool(self.data.get("deed"))
        super().full_clean()
        reason.required = True

    @property
    def handling(self) -> Handling:
        """What was typed, as one value."""
        typed = self.cleaned_data
        return Handling(
            tlp=typed["tlp"],
            pap=typed["pap"],
            clearance=typed["clearance"],
            compartments=frozenset(typed["compartments"]),
            releasable_to=frozenset(typed["releasable_to"]),
            originators=frozenset(typed["originators"]),
            shared_with=frozenset(typed["shared_with"]),
        )


def as_typed(handling: Handling) -> dict[str, Any]:
    """A handling as the form's first values."""
    return {
        "tlp": handling.tlp,
        "pap": handling.pap,
        "clearance": handling.clearance,
        "compartments": sorted(handling.compartments),
        "releasable_to": sorted(map(str, handling.releasable_to)),
        "originators": sorted(map(str, handling.originators)),
        "shared_with": sorted(map(str, handling.shared_with)),
    }


def compartment_choices(now: Handling, user: User) -> list[tuple[str, str]]:
    """Those the person is in, and those it bears already, by code."""
    codes = now.compartments | set(user.compartments)
    named = {row.code: str(row) for row in Compartment.objects.filter(code__in=codes)}
    return [(code, named.get(code, code)) for code in sorted(codes)]


Receivers = Callable[[User], Iterable[UUID]]
_receivers: list[Receivers] = []


def offer_agencies(receivers: Receivers) -> None:
    """Say to which agencies evidence passes from a person's own; config does, at the start."""
    _receivers[:] = [receivers]


def agencies_offered(now: Handling, user: User, team: Any) -> list[Agency]:
    """Agencies of the team, the person's own, those it is sent to, and those named already."""
    keys = {*now.releasable_to, *now.originators, *now.shared_with, user.agency_id or NO_AGENCY}
    keys |= {key for receivers in _receivers for key in receivers(user)}
    rows = Agency.objects.filter(pk__in=keys) | Agency.objects.filter(user__in=team)
    return list(rows.distinct())


def handling_form(sent: Any, subject: Case | CaseRecord, user: User) -> HandlingForm:
    """The form for a case or a record; what a program leaves out stays as it is."""
    case = subject if isinstance(subject, Case) else subject.case
    now, team = said_of(subject), case.memberships.current().values("user")
    typed = sent
    if sent is not None and not isinstance(sent, QueryDict):
        typed = as_typed(now) | by_key(sent, agencies_offered(now, user, team))
    return HandlingForm(typed, now=now, user=user, team=team)


def by_key(sent: Mapping[str, Any], offered: Iterable[Agency]) -> dict[str, Any]:
    """The same with each agency by its key, where a program named it by its short name."""
    keys = {row.short_name: str(row.pk) for row in offered}
    named = {
        name: [keys.get(str(one), str(one)) for one in sent[name]]
        for name in AGENCIES
        if name in sent
    }
    return {**sent, **named}
