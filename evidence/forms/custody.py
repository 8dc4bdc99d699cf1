"""What is asked when an exhibit changes hands, place or seal."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import local_moment
from evidence.models import CustodyEvent, CustodyKind, Item
from evidence.models.vocabulary import ItemStatus
from investigations.models import Duty


def happened() -> forms.DateTimeField:
    """When it happened; now, unless something is entered late."""
    return forms.DateTimeField(
        label=_("When it happened"),
        required=False,
        widget=local_moment(),
        help_text=_("In your own time zone. Empty means: just now."),
    )


class HandOverForm(forms.Form):
    """To whom, and for what."""

    to = forms.ModelChoiceField(User.objects.none(), label=_("Hand over to"))
    purpose = forms.CharField(label=_("For what"), max_length=200, required=False)
    at = happened()

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        takers = item.case.people_with(Duty.HOLD_EVIDENCE)
        if item.holder_id:
            takers = takers.exclude(pk=item.holder_id)
        self.fields["to"].queryset = takers.distinct()  # type: ignore[attr-defined]


class ReceiveForm(forms.Form):
    """What the receiver finds: the seal is read off the package, never filled in beforehand."""

    seal = forms.CharField(
        label=_("Seal on the package"),
        max_length=60,
        required=False,
        help_text=_("Read the number off the package. Leave it empty if there is no seal."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    condition = forms.CharField(
        label=_("Condition"),
        max_length=300,
        required=False,
        help_text=_("Needed when the seal differs from the record or the package is open."),
    )
    mass_g = forms.DecimalField(
        label=_("Mass (g)"), max_digits=12, decimal_places=3, min_value=0, required=False
    )
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    at = happened()


class NotAcceptForm(forms.Form):
    """Why it is not taken over."""

    reason = forms.CharField(label=_("Why you do not accept it"), max_length=300)
    at = happened()


class TakeBackForm(forms.Form):
    """Why it is kept after all."""

    reason = forms.CharField(label=_("Why"), max_length=300, required=False)
    at = happened()


class ExplainGapForm(forms.Form):
    """How a gap came about."""

    gap = forms.CharField(max_length=80, widget=forms.HiddenInput)
    words = forms.CharField(label=_("How it came about"), max_length=1000)


class WaiveGapForm(forms.Form):
    """Why the explanation is accepted."""

    words = forms.CharField(label=_("Why you accept the explanation"), max_length=1000)


class EventField(forms.ModelChoiceField[CustodyEvent]):
    """One event of a custody, named by what and when."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.deed} · {localtime(obj.at):%Y-%m-%d %H:%M} · {obj.seq}"

    def choose_from(self, events: Iterable[CustodyEvent]) -> None:
        """Offer those of the events that can be corrected; they need not be read again for it."""
        struck = {event.corrects_id for event in events} | {None}
        begun = CustodyKind.COLLECTED
        wrong = [each for each in events if each.pk not in struck and each.kind != begun]
        wrong.sort(key=lambda event: event.seq, reverse=True)
        named = [(event.pk, self.label_from_instance(event)) for event in wrong]
        self.choices = [("", self.empty_label), *named]


class CorrectForm(forms.Form):
    """Which event was entered wrongly, and why it is wrong."""

    event = EventField(CustodyEvent.objects.none(), label=_("What was entered wrongly"))
    reason = forms.CharField(label=_("What is wrong with it"), max_length=1000)

    def __init__(self, *args: Any, item: Item, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = CustodyEvent.objects.visible_to(reader).filter(item=item).select_related("item")
        wrong = events.exclude(kind=CustodyKind.COLLECTED).filter(corrections__isnull=True)
        self.fields["event"].queryset = wrong.order_by("-seq")  # type: ignore[attr-defined]


class SealForm(forms.Form):
    """Which seal closes it."""

    seal_no = forms.CharField(
        label=_("Number of the seal"), max_length=60, widget=forms.TextInput({"dir": "ltr"})
    )
    at = happened()


class BreakSealForm(forms.Form):
    """Why it is opened."""

    reason = forms.CharField(label=_("Why the seal is broken"), max_length=200)
    at = happened()


class DisposeForm(forms.Form):
    """How it goes, to whom, and why; a second person has to agree."""

    WAYS = (ItemStatus.DESTROYED, ItemStatus.RETURNED)

    way = forms.ChoiceField(
        label=_("What is done with it"), choices=[(way.value, way.label) for way in WAYS]
    )
    to = forms.CharField(
        label=_("To whom"),
        max_length=200,
        required=False,
        help_text=_("Needed when it is returned."),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=1000, help_text=_("The lead or a releasing authority agrees.")
    )
