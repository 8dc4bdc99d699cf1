"""The custody of exhibits in print: one line of the ledger for each change of hands."""

from collections import defaultdict
from uuid import UUID

from evidence.models import Item
from evidence.models.custody import TITLES, CustodyLine, line_of, people_named
from ledger.models import Entry
from reports.content.phrases import _, absent, clock, label, said, stacked
from reports.content.reading import Reading
from reports.typesetting.blocks import Block, Value, code, muted, paragraph, subheading, table


def custody_of_all(reading: Reading, items: list[Item]) -> dict[UUID, list[CustodyLine]]:
    """The custody of all these exhibits, oldest deed first, read in two questions."""
    entries = list(
        Entry.objects.of_log(reading.case.pk)
        .filter(
            subject_kind=Item._meta.label_lower,
            subject_id__in=[item.pk for item in items],
            act__in=list(TITLES),
        )
        .select_related("actor")
        .order_by("position")
    )
    told = [(entry, entry.facts) for entry in entries]
    people = people_named(facts for _entry, facts in told)
    lines: dict[UUID, list[CustodyLine]] = defaultdict(list)
    for entry, facts in told:
        lines[entry.subject_id].append(line_of(entry, facts, people))
    return lines


def custody_blocks(reading: Reading, item: Item, lines: list[CustodyLine]) -> list[Block]:
    """The table of hands and places, each line by its number in the ledger."""
    title = subheading(_("Custody"))
    if not item.was_possessed:
        return [title, paragraph(_("Documented only: nobody of the team ever held it."))]
    heads = [(_("Ledger"), 1), (_("Time (UTC)"), 2.4), (_("Act"), 2.4), (_("By"), 2), (_("To"), 2)]
    body = [custody_line(reading, line) for line in lines]
    return [title, table([*heads, (_("Place"), 2.4), (_("Seal"), 1.4)], body)]


def custody_line(reading: Reading, line: CustodyLine) -> list[Value]:
    """One deed: what, by whom, to whom, where and under which seal."""
    remark = reading.neutral(line.purpose)
    dash = absent("–")
    return [
        code(line.position),
        code(clock(line.at)),
        stacked([label(line.title), *([muted(remark)] if remark else [])]),
        said(str(line.actor or "")),
        str(line.to or "") or dash,
        reading.neutral(line.place) or dash,
        code(line.seal_number) if line.seal_number else dash,
    ]
