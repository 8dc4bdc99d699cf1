"""What came of the findings of a case: what was announced, what was done, what is overdue."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from accounts.models import User
from attribution.models import Finding, FollowUp, Measure, MeasureStep, Release
from attribution.models.measure import MeasureQuerySet
from attribution.models.measure_words import MeasureKind
from core.zones import today
from investigations.models import Case, CaseRecord

SILENT_AFTER = 90
"""Days after which an announcement that nothing followed is told as overdue, unless asked."""


@dataclass(frozen=True)
class Followed:
    """One measure with what is overdue of it on one day."""

    measure: Measure
    today: date
    silent_after: int

    @property
    def days_silent(self) -> int | None:
        """For how many days nothing followed, where something should."""
        return self.measure.days_silent(self.today)

    @property
    def is_silent(self) -> bool:
        """True when nothing followed an announcement for longer than was asked."""
        return (self.days_silent or 0) > self.silent_after

    @property
    def follow_ups(self) -> list[FollowUp]:
        """What is to be looked at again, closed or not."""
        return list(self.measure.follow_ups.all())

    @property
    def overdue_follow_ups(self) -> list[FollowUp]:
        """Those whose day has passed."""
        standing = not self.measure.is_withdrawn
        return [one for one in self.follow_ups if standing and one.is_overdue]

    @property
    def is_overdue(self) -> bool:
        """True when a step or a follow-up is overdue."""
        return self.is_silent or bool(self.overdue_follow_ups)


@dataclass(frozen=True)
class Outcome:
    """One released finding with every measure that rests on it."""

    release: Release
    measures: list[Followed]

    @property
    def finding(self) -> Finding:
        """The finding whose released version is relied on."""
        return self.release.finding

    @property
    def shown(self) -> list[CaseRecord]:
        """Every row that a page shows with it."""
        rows: list[CaseRecord] = []
        for one in self.measures:
            rows += [one.measure, *one.measure.steps.all(), *one.follow_ups]
        return rows

    @property
    def standing(self) -> list[Followed]:
        """The measures that were not entered by mistake."""
        return [one for one in self.measures if not one.measure.is_withdrawn]

    @property
    def carried_out(self) -> list[Followed]:
        """Those that came into force or were carried out; a statement alone is words."""
        return [
            one
            for one in self.standing
            if one.measure.is_carried_out and one.measure.kind != MeasureKind.STATEMENT
        ]

    @property
    def is_symbolic(self) -> bool:
        """True where there are measures, and all of them are words so far."""
        return bool(self.standing) and not self.carried_out

    @property
    def overdue(self) -> list[Followed]:
        """The measures of which a step or a follow-up is overdue."""
        return [one for one in self.standing if one.is_overdue]


def account_of(
    case: Case, reader: User, *, finding: Finding | None = None, silent_after: int = SILENT_AFTER
) -> list[Outcome]:
    """Every release of a case, or of one finding, with its measures as `reader` may read them."""
    releases = Release.objects.visible_to(reader).filter(case=case)
    if finding is not None:
        releases = releases.filter(finding=finding)
    rows = followed(Measure.objects.visible_to(reader).filter(release__in=releases), reader)
    day = today()
    found: dict[UUID, list[Followed]] = defaultdict(list)
    for measure in rows.with_lists().order_by("id"):
        found[measure.release_id].append(Followed(measure, day, silent_after))
    told = releases.select_related("case", "finding__subject", "submission", "decided_by")
    return [Outcome(one, found.get(one.pk, [])) for one in told.order_by("-decided_at", "-id")]


def followed(rows: MeasureQuerySet, reader: User) -> MeasureQuerySet:
    """The same measures, each with its steps and follow-ups as far as `reader` may read them."""
    steps = MeasureStep.objects.visible_to(reader).with_people().order_by("seq")
    follow_ups = FollowUp.objects.visible_to(reader).select_related("case", "owner", "closed_by")
    return rows.prefetch_related(
        Prefetch("steps", steps), Prefetch("follow_ups", follow_ups.order_by("due", "id"))
    )
