"""One thing that was done here and is still to be sent, and the states that it may be in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vestige_sync.merge import Merged, merge

CREATE, CHANGE, DEED, UPLOAD = "create", "change", "deed", "upload"
WAITING, CONFLICT, REFUSED = "waiting", "conflict", "refused"
ORPHANED, UNSURE = "orphaned", "unsure"
OURS, THEIRS = "ours", "theirs"
REFERENCE = "draft:"
"""In a field it stands before the key of a draft, for the record that this will become."""
FOR_A_PERSON = (CONFLICT, REFUSED, UNSURE)


@dataclass(frozen=True)
class Draft:
    """One thing that is to be sent: `base` is the record as it was read, `theirs` as it is now."""

    key: str
    sort: str
    kind: str
    id: str
    action: str
    case_id: str
    fields: Mapping[str, Any]
    base: Mapping[str, Any] | None
    theirs: Mapping[str, Any] | None
    body: str | None
    sending_key: str
    state: str
    detail: str
    first_sent: float | None
    upload: str

    @property
    def merged(self) -> Merged:
        """What of it stands against what is there now."""
        return merge(self.base, self.fields, self.theirs or {})

    @property
    def version(self) -> int | None:
        """The version of the record in which it was read; None where none is known."""
        return self.base.get("version") if self.base else None

    def goes_on_from(self, earlier: Draft) -> bool:
        """Whether it is a deed to the same record, decided on the same reading of it."""
        return (self.sort, self.kind, self.id, self.version) == (
            *(DEED, earlier.kind, earlier.id, earlier.version),
        )

    def told(self) -> dict[str, Any]:
        """The draft as a person or a program is shown it."""
        told = {
            "key": self.key,
            "sort": self.sort,
            "kind": self.kind,
            "id": self.id,
            "action": self.action,
            "state": self.state,
            "detail": self.detail,
            "fields": dict(self.fields),
        }
        if self.state == CONFLICT:
            told["clashes"] = {name: vars(clash) for name, clash in self.merged.clashes.items()}
        return told
