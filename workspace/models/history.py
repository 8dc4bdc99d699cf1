"""The history of one record: what each deed changed, and what the record said at any moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core.clock import in_words
from investigations.services.label import LABELLED
from ledger.models import Entry, FormerState
from workspace.models.facts import Words
from workspace.models.lines import tell_in_words
from workspace.models.past import Version, states_of, versions_of

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Change:
    """One fact that a deed changed; what its reader may not know of is empty and `withheld`."""

    label: str
    before: str
    after: str
    field: str = ""
    withheld: bool = False


@dataclass(frozen=True)
class Step:
    """One deed on a record; `before_at` is the moment before it, where that state is kept."""

    entry: Any
    changes: list[Change]
    before_at: str = ""


@dataclass(frozen=True)
class Difference:
    """What one moment says otherwise than another; `withheld` where the reader may not know."""

    since: datetime
    until: datetime
    changes: list[Change]
    withheld: bool = False


class History:
    """All that is kept of one record, told to one reader, who was found to see the record."""

    def __init__(self, row: Any, reader: User) -> None:
        self.row, self.reader = row, reader
        self.words = Words(type(row), reader)
        self.states = states_of(row)
        self.versions = versions_of(row, self.states, reader)

    def steps(self) -> list[Step]:
        """The deeds that entered and changed the record, the newest first.

        Of deeds from before states were kept, the ledger's own line tells what it can.
        """
        known = {state.entry_id: at for at, state in enumerate(self.states)}
        lines = {line.pk: line for line in Entry.objects.about(self.row).select_related("actor")}
        lines |= {state.entry_id: state.entry for state in self.states}
        ordered = sorted(lines.values(), key=lambda line: (line.at, line.position), reverse=True)
        tell_in_words(ordered, self.reader)
        found = []
        for line in ordered:
            at = known.get(line.pk)
            changes = list(self.changes_in(line) if at is None else self.changes_of(at))
            # A former label may name what is not for all, so of these the deed alone is told.
            if changes or line.act in LABELLED or line is ordered[-1]:
                before = "" if at is None else (line.at - A_MOMENT).isoformat()
                found.append(Step(line, changes, before))
        return found

    def changes_of(self, at: int) -> Iterator[Change]:
        """What one deed changed whose former state is kept, fact by fact."""
        state, before, after = self.states[at], self.versions[at], self.versions[at + 1]
        for name in self.words.ordered(state.changed):
            then, now = before.said.get(name), state.changed[name]
            if name in self.row.kept_lists:
                now = after.said.get(name)
            yield self.change(name, then, now, hides=(not before.is_open, not after.is_open))

    def changes_in(self, line: Entry) -> Iterator[Change]:
        """What the line of the ledger says of a deed from before states were kept."""
        facts = line.facts
        told = facts.get("changes")
        if isinstance(told, dict):
            for name, (earlier, later) in told.items():
                yield Change(self.words.label(name), str(earlier), str(later), name)
        else:
            for name in facts.get("fields", ()):
                yield Change(self.words.label(name), "", "", name)

    def change(self, name: str, before: Any, after: Any, *, hides: tuple[bool, bool]) -> Change:
        """One fact before and after in words, without what this reader may not know of."""
        then = "" if hides[0] else self.words.value(name, before)
        now = "" if hides[1] else self.words.value(name, after)
        return Change(self.words.label(name), then, now, name, any(hides))

    def version_at(self, moment: datetime) -> Version | None:
        """What the record said at a moment; None before it was entered."""
        if moment < self.row.created_at:
            return None
        pairs = zip(self.states, self.versions, strict=False)
        later = (version for state, version in pairs if state.entry.at > moment)
        return next(later, self.versions[-1])

    def told_at(self, moment: datetime) -> list[Change] | None:
        """Its facts at a moment in words, in the order of the record; None before its entering.

        Without the unknown; where the reader may not know what it said then, one that is withheld.
        """
        version = self.version_at(moment)
        if version is None:
            return None
        if not version.is_open:
            return [Change("", "", "", withheld=True)]
        told = [
            Change(self.words.label(name), "", self.words.value(name, version.said[name]), name)
            for name in self.words.ordered(version.said)
        ]
        return [fact for fact in told if fact.after]

    def between(self, since: datetime | None, until: datetime | None) -> Difference:
        """What the record said otherwise at the later of two moments than at the earlier.

        Left out, the later is now, and the earlier lies just before the last change until then.
        """
        until = until or self.newest()
        since = since or self.before_last_change(until)
        first, last = self.version_at(since), self.version_at(until)
        if not all(version is None or version.is_open for version in (first, last)):
            return Difference(since, until, [], withheld=True)
        before, after = (version.said if version else {} for version in (first, last))
        changes = [
            self.change(name, before.get(name), after.get(name), hides=(False, False))
            for name in self.words.ordered({**before, **after})
            if before.get(name) != after.get(name)
        ]
        return Difference(since, until, [one for one in changes if one.before or one.after])

    def newest(self) -> datetime:
        """The moment since which the record says what it says now."""
        moment: datetime = self.states[-1].entry.at if self.states else self.row.created_at
        return moment

    def before_last_change(self, until: datetime) -> datetime:
        """The moment before the last change until another; without one, that of its entering."""
        done = [state.entry.at for state in self.states if state.entry.at <= until]
        entered: datetime = self.row.created_at
        return max(entered, done[-1] - A_MOMENT) if done else entered

    def since_when(self, moment: datetime) -> str:
        """The moment since which it said what it says at another, as `moments` has it."""
        entered: datetime = self.row.created_at
        done = [entered, *(state.entry.at for state in self.states if state.entry.at <= moment)]
        return done[-1].isoformat()

    def moments(self, steps: Sequence[Step]) -> list[tuple[str, str]]:
        """The moments since which it says something else, each with its deed in words."""
        known = {state.entry_id: state for state in self.states}
        done = [step.entry for step in reversed(steps) if step.entry.pk in known]
        entered = (self.row.created_at, _("as it was entered"))
        told = [entered, *((line.at, deed_of(line)) for line in done)]
        return [(at.isoformat(), f"{in_words(at, 'second')} · {deed}") for at, deed in told]


def deed_of(line: Any) -> str:
    """Who did what, in a few words."""
    return f"{line.actor or _('The program')} {line.words}"


def entered_silently(steps: Sequence[Step], states: Sequence[FormerState]) -> bool:
    """True where no line is about the entering itself: it was part of a deed on something else."""
    return not steps or steps[-1].entry.pk in {state.entry_id for state in states}
