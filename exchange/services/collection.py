"""Collections: what is on offer to one sharing group of a case, and who is told of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models.named import neutral_title
from core.markings import Handling
from core.shown import nothing_gathered
from exchange.models import StixVersion
from exchange.models.stix_version import StixVersionQuerySet
from investigations.models import Case
from investigations.models.label import agencies_named


@dataclass(frozen=True)
class Collection:
    """One collection: its case, and how everything in it is handled beyond the case.

    The identifier of the one for the whole team is that of the case, and is there from the first
    day on; another is there while something of it is on offer.
    """

    key: UUID
    case: Case
    handling: Handling = field(default_factory=Handling)

    @property
    def title(self) -> str:
        """The public title, for programs put titles into many places, and whom it is kept among.

        The agencies of a list are told to their own people alone; which partners are shown what is
        told to nobody here.
        """
        parts = [f"{self.case.ref} {neutral_title(self.case)}"]
        if self.handling.releasable_to:
            agencies = ", ".join(agencies_named(self.handling.releasable_to))
            parts.append(_("only for %(agencies)s") % {"agencies": agencies})
        if self.handling.shared_with:
            parts.append(_("shared with partners"))
        return " · ".join(parts)

    def description(self, reader: User) -> str:
        """To the team, which partners are shown it; to a partner, that it is their agency."""
        if not self.handling.shared_with:
            return ""
        if not self.case.is_read_whole_by(reader):
            return _("What is shared with your agency and nobody beyond this sharing group.")
        agencies = ", ".join(agencies_named(self.handling.shared_with))
        return _("Shared with the partners %(agencies)s.") % {"agencies": agencies}


def collections_of(reader: User, case: Case | None = None) -> Iterator[Collection]:
    """Every collection that this person reads, of one case or all, whole teams' before others."""
    cases, rows = Case.objects.read_whole_by(reader).order_by("id"), grouped(reader)
    if case is not None:
        cases, rows = cases.filter(pk=case.pk), rows.filter(case=case)
    for whole in cases:
        yield Collection(whole.pk, whole)
    groups = rows.order_by("case", "group").values_list("group", flat=True).distinct()
    yield from filter(None, [collection_of(reader, group) for group in groups if group])


def collection_of(reader: User, key: UUID) -> Collection | None:
    """The collection of this identifier, if this person is in its sharing group now."""
    if case := Case.objects.read_whole_by(reader).filter(pk=key).first():
        return Collection(key, case)
    with nothing_gathered():  # of these rows, none is shown for that a collection is named
        named = grouped(reader).filter(group=key).select_related("case").defer("body").first()
        if named is None:
            return None
        row = grouped(reader).of_group(named.case_id, key).select_related("label").first()
    return Collection(key, named.case, row.own_handling) if row else None


def grouped(reader: User) -> StixVersionQuerySet:
    """What is on offer to a group apart, of cases that are under no embargo."""
    is_free = Q(case__embargo_until=None) | Q(case__embargo_until__lte=timezone.now())
    return StixVersion.objects.visible_to(reader).offered().exclude(group=None).filter(is_free)
