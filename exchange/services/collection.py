"""Collections: what is on offer to one sharing group of a case, and who is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models.named import neutral_titles
from core.markings import Handling
from exchange.models import StixVersion
from exchange.models.sharing_group import group_of
from exchange.models.stix_version import OPEN_TO_PARTNERS, StixVersionQuerySet
from investigations.models import Case
from investigations.models.label import agencies_named, handling_of_label


@dataclass(frozen=True)
class Collection:
    """One collection: its case, and how everything in it is handled beyond the case.

    The identifier of the one for the whole team is that of the case, and is there from the first
    day on; another is there while something of it is on offer.
    """

    key: UUID
    case: Case
    handling: Handling = field(default_factory=Handling)

    def titled(self, case_title: str) -> str:
        """What it is called: by which case it is of, and whom it is kept among.

        The agencies of a list are told to their own people alone; which partners are shown what is
        told to nobody here.
        """
        parts = [f"{self.case.ref} {case_title}"]
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


def collections_of(reader: User, case: Case | None = None) -> list[Collection]:
    """Every collection that this person reads, of one case or all, whole teams' before others."""
    cases, rows = Case.objects.read_whole_by(reader).order_by("id"), grouped(reader)
    if case is not None:
        cases, rows = cases.filter(pk=case.pk), rows.filter(case=case)
    return [*(Collection(one.pk, one) for one in cases), *apart(rows, reader)]


def collection_of(reader: User, key: UUID) -> Collection | None:
    """The collection of this identifier, if this person is in its sharing group now."""
    if case := Case.objects.read_whole_by(reader).filter(pk=key).first():
        return Collection(key, case)
    return next(iter(apart(grouped(reader).filter(group=key), reader)), None)


def apart(rows: StixVersionQuerySet, reader: User) -> list[Collection]:
    """The groups of these rows in which something is labelled so that the same people read it."""
    judged = ExpressionWrapper(~OPEN_TO_PARTNERS, output_field=BooleanField())
    told = rows.annotate(judged=judged).order_by("case", "group")
    found = {
        group: (case, handling_of_label(label))
        for case, group, label, is_judged in told.values_list("case", "group", "label", "judged")
        .exclude(label=None)
        .distinct()
        if group_of(case, handling_of_label(label), is_judged=is_judged) == group
    }
    cases = Case.objects.visible_to(reader).in_bulk({case for case, _handling in found.values()})
    return [Collection(key, cases[case], handling) for key, (case, handling) in found.items()]


def titles_of(found: Sequence[Collection]) -> dict[UUID, str]:
    """What these are called, by their keys: a public title that blames somebody is left out.

    Programs put titles into many places.
    """
    titles = neutral_titles([one.case for one in found])
    return {one.key: one.titled(titles[one.case.pk]) for one in found}


def grouped(reader: User) -> StixVersionQuerySet:
    """What is on offer to a group apart, of cases that are under no embargo."""
    is_free = Q(case__embargo_until=None) | Q(case__embargo_until__lte=timezone.now())
    return StixVersion.objects.visible_to(reader).offered().exclude(group=None).filter(is_free)
