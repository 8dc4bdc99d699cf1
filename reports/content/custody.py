"""The custody of exhibits in print: one line for each event, by its number in the ledger."""

from collections import defaultdict
from uuid import UUID

from core.scope import system_scope
from evidence.models import CustodyEvent, Item
from evidence.services import ItemGap, gaps_from
from reports.content.phrases import _, absent, clock, label, said, stacked
from reports.content.reading import Reading
from reports.typesetting.blocks import Block, Value, code, muted, paragraph, subheading, table


def custody_of_all(reading: Reading, items: list[Item]) -> dict[UUID, list[CustodyEvent]]:
    """The custody of all these exhibits, oldest event first, read in one question."""
    with system_scope("the custody of an exhibit is told to whoever is told of the exhibit"):
        rows = CustodyEvent.objects.filter(case=reading.case, item__in=[item.pk for item in items])
        events = list(rows.with_people().order_by("at", "seq"))
    of_each: dict[UUID, list[CustodyEvent]] = defaultdict(list)
    for event in events:
        of_each[event.item_id].append(event)
    return of_each


def custody_blocks(reading: Reading, item: Item, events: list[CustodyEvent]) -> list[Block]:
    """The table of hands and places, each event by its number in the ledger."""
    title = subheading(_("Custody"))
    if not item.was_possessed:
        return [title, paragraph(_("Documented only: nobody of the team ever held it."))]
    heads = [(_("Ledger"), 1), (_("Time (UTC)"), 2.4), (_("Act"), 2.4), (_("From"), 2)]
    body = [custody_line(reading, event) for event in events]
    rows = table([*heads, (_("To"), 2), (_("Place"), 2.4), (_("Seal"), 1.4)], body)
    return [title, rows, *gap_blocks(reading, item, events)]


def gap_blocks(reading: Reading, item: Item, events: list[CustodyEvent]) -> list[Block]:
    """What does not fit together, and why somebody else let it pass."""
    return [
        paragraph(reading.neutral(" · ".join(words_of(found)))) for found in gaps_from(item, events)
    ]


def words_of(found: ItemGap) -> list[str]:
    """A gap, how long nobody answered for the exhibit, and what was said of it."""
    said_of_it = [f"{note.said_by}: {note.words}" for note in found.explanations]
    if found.waiver:
        waived = _("Waived by %(person)s: %(words)s")
        said_of_it.append(
            str(waived) % {"person": found.waiver.said_by, "words": found.waiver.words}
        )
    else:
        said_of_it.append(str(_("Not waived by a second person.")))
    gap = str(_("Gap")) + f" ({found.gap.kind})"
    return [text for text in (gap, found.unaccounted, found.words, *said_of_it) if text]


def custody_line(reading: Reading, event: CustodyEvent) -> list[Value]:
    """One event: what, from whom to whom, where and under which seal."""
    remarks = [muted(text) for text in remarks_on(reading, event)]
    dash = absent("–")
    return [
        code(event.position),
        code(clock(event.at)),
        stacked([label(event.deed), *remarks]),
        said(reading.neutral(event.giver) or str(event.entered_by)),
        reading.neutral(event.taker) or dash,
        reading.neutral(event.to_place) or dash,
        code(event.seal_after) if event.seal_after else dash,
    ]


def remarks_on(reading: Reading, event: CustodyEvent) -> list[str]:
    """Why, in which condition, and what it corrects."""
    said_of_it = [reading.neutral(event.what_for), reading.neutral(event.condition)]
    if event.corrects:
        said_of_it.append(str(_("corrects line %(line)d")) % {"line": event.corrects.position})
    return [text for text in said_of_it if text]
