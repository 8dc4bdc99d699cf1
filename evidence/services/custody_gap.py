"""Gaps in custody: what does not fit together, what was said of it, and who may let it pass."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.scope import system_scope
from evidence.methods.gaps import Gap, gaps_in
from evidence.models import CustodyEvent, GapNote, Item
from evidence.models.gap_words import lasting, patience, sentence_of
from evidence.services.custody_event import known_events, lock_row, recount, steps_of
from investigations.models import Case, Duty
from ledger.services import record

WAIVERS = (Duty.MANAGE, Duty.RELEASE, Duty.REVIEW, Duty.HOLD_EVIDENCE)
"""Whose word can let a gap pass, if they had no part in it."""


@dataclass
class ItemGap:
    """One gap of an exhibit, with what was said of it; `waiver` when it was let pass."""

    item: Item
    gap: Gap
    words: str
    explanations: list[GapNote] = field(default_factory=list)
    waiver: GapNote | None = None
    waivable: GapNote | None = None
    """The explanation that the reader of a page may accept; set where the page is made."""

    @property
    def comes_after(self) -> bool:
        """True when the missing time begins with the event that the gap hangs on."""
        return self.gap.kind in {"not-received", "lost"}

    @property
    def unaccounted(self) -> str:
        """How long it is not known who had the exhibit; empty where no time is missing."""
        if self.gap.since is None:
            return ""
        spent = (self.gap.until or timezone.now()) - self.gap.since
        return _("Unaccounted %(time)s") % {"time": lasting(max(spent, timedelta()))}

    def acceptable_to(self, user: User) -> GapNote | None:
        """The newest explanation for a second person: somebody else's, of what they had no part in.

        None once the gap is waived, and while it goes on.
        """
        if self.waiver is not None or self.gap.goes_on or str(user.pk) in self.gap.people:
            return None
        others = (note for note in reversed(self.explanations) if note.said_by_id != user.pk)
        return next(others, None)

    @property
    def state(self) -> str:
        """How far people have come with it: open, explained, or waived."""
        if self.waiver is not None:
            return "waived"
        return "explained" if self.explanations else "open"


def gaps_of(item: Item) -> list[ItemGap]:
    """Every gap of an exhibit, waived ones too, in the order of time."""
    return gaps_from(item, known_events(item))


def gaps_from(item: Item, events: list[CustodyEvent]) -> list[ItemGap]:
    """The gaps in these events; what was said of them is told to whoever sees the exhibit."""
    gaps = gaps_in(steps_of(events), now=timezone.now(), patience=patience())
    notes = notes_on([item]) if gaps else []
    names = names_in(events)
    return [with_notes(item, gap, names, notes) for gap in gaps]


def gaps_of_each(items: Collection[Item]) -> list[ItemGap]:
    """Every gap of these exhibits, in their order: two questions, however many they are."""
    with system_scope("what follows from its custody follows for everybody"):
        rows = CustodyEvent.objects.filter(item__in=items).with_people().order_by("item", "seq")
        events = {key: list(own) for key, own in groupby(rows, lambda event: event.item_id)}
    notes, now, found = notes_on(items), timezone.now(), []
    for item in items:
        own = events.get(item.pk, [])
        gaps, names = gaps_in(steps_of(own), now=now, patience=patience()), names_in(own)
        told = [note for note in notes if note.item_id == item.pk]
        found += [with_notes(item, gap, names, told) for gap in gaps]
    return found


def notes_on(items: Collection[Item]) -> list[GapNote]:
    """What was said of the gaps of these exhibits, told to whoever sees them."""
    with system_scope("what was said of a gap is told to whoever sees the exhibit"):
        notes = GapNote.objects.filter(item__in=items).order_by("id")
        return list(notes.select_related("said_by", "explained_by"))


def with_notes(item: Item, gap: Gap, names: dict[str, str], notes: Iterable[GapNote]) -> ItemGap:
    """A gap in words, with what was said of it."""
    first, second = (names.get(said, said) for said in gap.says)
    own = [note for note in notes if note.gap == gap.key]
    return ItemGap(
        item=item,
        gap=gap,
        words=sentence_of(gap.kind, first, second),
        explanations=[note for note in own if not note.is_waiver],
        waiver=next((note for note in own if note.is_waiver), None),
    )


def names_in(events: Iterable[CustodyEvent]) -> dict[str, str]:
    """Everybody whom these events name, by id."""
    people = (p for e in events for p in (e.entered_by, e.from_person, e.to_person) if p)
    return {str(person.pk): str(person) for person in people}


def open_gaps(case: Case, reader: User, *, most: int | None = None) -> list[ItemGap]:
    """Every gap of the case that nobody has waived, of the exhibits that `reader` sees.

    With `most`, of so many exhibits at most.
    """
    items = Item.objects.visible_to(reader).filter(case=case).with_open_gaps()
    items = items.select_related("case", "holder").order_by("exhibit_no")
    return [each for each in gaps_of_each(list(items[:most])) if each.waiver is None]


@transaction.atomic
def explain_gap(item: Item, *, gap: str, words: str, by: User) -> GapNote:
    """Say how a gap came about; it stays open until a second person accepts that."""
    item = Item.objects.locked_for(by, item)
    item.case.require(by, Duty.HOLD_EVIDENCE)
    require_gap(item, gap)
    return note_gap(item, gap, words, by, "evidence.gap_explained")


@transaction.atomic
def waive_gap(explanation: GapNote, *, words: str, by: User) -> GapNote:
    """Accept an explanation: somebody else's, of something one had no part in."""
    item = Item.objects.locked_for(by, explanation.item)
    item.case.require(by, *WAIVERS)
    found = require_gap(item, explanation.gap)
    if explanation.is_waiver or found.waiver:
        raise Refused(_("This gap was waived already."))
    if explanation.said_by_id == by.pk:
        raise Refused(_("Nobody waives a gap that they explained themselves."))
    if str(by.pk) in found.gap.people:
        raise Refused(_("You had a part in this: somebody else has to judge it."))
    if found.gap.goes_on:
        raise Refused(_("This still goes on: it has to end before it can be waived."))
    return note_gap(
        item, explanation.gap, words, by, "evidence.gap_waived", explanation=explanation
    )


def require_gap(item: Item, key: str) -> ItemGap:
    """The gap of that key, if there is one."""
    found = next((each for each in gaps_of(item) if each.gap.key == key), None)
    if found is None:
        raise Refused(_("There is no such gap, or no longer."))
    return found


def note_gap(
    item: Item, gap: str, words: str, by: User, act: str, explanation: GapNote | None = None
) -> GapNote:
    """Write down one person's word, and count anew what is open."""
    if not words.strip():
        raise Refused(_("Say why."))
    note = GapNote(
        case=item.case,
        item=item,
        gap=gap,
        words=words.strip()[:1000],
        said_by=by,
        explanation=explanation,
        explained_by=explanation.said_by if explanation else None,
    )
    note.save(force_insert=True)
    about = str(explanation.pk) if explanation else ""
    record(by, act, item, gap=gap, words=note.words, note=str(note.pk), explanation=about)
    recount(lock_row(item))
    return note
