"""What nearly every new record names: the incident it comes from, and the case that both are in."""

from typing import Any

from core.rest import VisibleField
from investigations.models import Case, Incident


class IncidentField(VisibleField):
    """An incident that the asking person may see; its case is read along with it."""

    def __init__(self, **words: Any) -> None:
        words.setdefault("queryset", Incident.objects.select_related("case"))
        super().__init__(**words)

    def to_internal_value(self, data: Any) -> Any:
        incident = super().to_internal_value(data)
        setattr(self.parent, "case_read", incident.case)  # noqa: B010
        return incident


class CaseField(VisibleField):
    """A case that the asking person may see.

    Named after an incident that lies in it, it is not asked for again: whoever sees a record sees
    its case.
    """

    def __init__(self, **words: Any) -> None:
        words.setdefault("queryset", Case.objects.all())
        super().__init__(**words)

    def to_internal_value(self, data: Any) -> Any:
        read = getattr(self.parent, "case_read", None)
        known = read is not None and isinstance(data, str) and data == str(read.pk)
        return read if known else super().to_internal_value(data)
