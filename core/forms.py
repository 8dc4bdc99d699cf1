"""What forms on records share: the version they were filled in on, and how they merge."""

from typing import Any, Generic, TypeVar

from django import forms
from django.http import HttpRequest, QueryDict

from core.merging import Difference, differences, digests, digests_sent, keep_theirs
from core.models import VersionedRecord

Row = TypeVar("Row", bound=VersionedRecord)
CARRIED = ("version", "as_read")
LOCAL_TIME = "%Y-%m-%dT%H:%M"


class RecordForm(forms.ModelForm[Row], Generic[Row]):
    """A form on a record that several people may edit.

    Beside the version it carries what its reader saw of each field, so that a merge can tell who
    changed what. The merge page sends along whose text to keep where.

    A form that offers records of a case is told who asks, so that it offers what they may see.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    as_read = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial.setdefault("version", self.instance.version)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "as_read":
            return "" if self.instance._state.adding else digests(self, self.own_fields)
        return super().get_initial_for_field(field, field_name)

    def full_clean(self) -> None:
        if isinstance(self.data, QueryDict) and not self.instance._state.adding:
            self.data = keep_theirs(self.data, type(self)(instance=self.instance, user=self.user))
        super().full_clean()

    @property
    def own_fields(self) -> list[str]:
        """What can be typed, without what the form carries for itself."""
        return [name for name in self.fields if name not in CARRIED]

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name not in CARRIED}

    @property
    def version_read(self) -> int:
        """The version that the person had before their eyes while typing."""
        return self.cleaned_data["version"] or 0

    def catch_up(self) -> list[Difference]:
        """After somebody was faster: what differs; from now on this form merges with theirs."""
        stored = self._meta.model(pk=self.instance.pk)
        stored.refresh_from_db()
        theirs = type(self)(instance=stored, user=self.user)
        read = digests_sent(self.cleaned_data.get("as_read", ""))
        found = differences(theirs, self, read, self.own_fields)
        typed_before = QueryDict(mutable=True)
        typed_before.update(self.data)
        typed_before["version"] = str(stored.version)
        typed_before["as_read"] = digests(theirs, self.own_fields)
        self.data = typed_before
        return found


def local_moment() -> forms.DateTimeInput:
    """The browser's own control for a day and a time."""
    return forms.DateTimeInput({"type": "datetime-local"}, format=LOCAL_TIME)


def day() -> forms.DateInput:
    """The browser's own control for a day."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; nothing when it is only shown."""
    return request.POST if request.method == "POST" else None
