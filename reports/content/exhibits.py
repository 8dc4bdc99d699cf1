"""The exhibits of a case in print: the register, and a sheet for each with its photographs."""

from typing import Any

from django.db.models import Prefetch

from evidence.models import Component, CustodyEvent, File, Item, Marking
from evidence.models.vocabulary import FileState
from reports.content.components import component_blocks
from reports.content.custody import custody_blocks, custody_of_all
from reports.content.phrases import _, label, quoted, said, seen, stacked, stamp
from reports.content.reading import Reading, place_code
from reports.typesetting.blocks import (
    Block,
    Photo,
    Row,
    Section,
    Value,
    code,
    heading,
    muted,
    paragraph,
    photos,
    rows,
    subheading,
    table,
)

PICTURED, BARE = 190, 75
"""Room in mm that a sheet wants on its page, with photographs and without."""


def exhibits_of(reading: Reading) -> list[Item]:
    """Every exhibit of the case by number, with all that its sheet shows."""
    reader = reading.reader
    markings = Marking.objects.visible_to(reader).select_related("transcribed_by")
    components = (
        Component.objects.visible_to(reader)
        .select_related("category", "maker", "country_of_manufacture", "country_of_design")
        .prefetch_related(Prefetch("markings", markings))
    )
    items = reading.read(
        Item.objects.visible_to(reader)
        .filter(case=reading.case)
        .exclude(pk__in=reading.kept_in)
        .select_related("kind", "holder", "incident", "site", "parent")
        .prefetch_related(
            Prefetch("files", File.objects.visible_to(reader)), Prefetch("components", components)
        )
        .order_by("exhibit_no")
    )
    for item in items:
        reading.show(*item.files.all(), *item.components.all())
        for component in item.components.all():
            reading.show(*component.markings.all())
    return items


def exhibit_sections(reading: Reading) -> list[Section]:
    """The register, then the sheets; a case without exhibits says so."""
    items = exhibits_of(reading)
    listed = [register_block(reading, items), *left_out(reading)]
    register: Section = {"title": _("Exhibit register"), "blocks": listed}
    if not items:
        return [register]
    custody = custody_of_all(reading, items)
    sheets = [block for item in items for block in sheet(reading, item, custody.get(item.pk, []))]
    return [register, {"title": _("Exhibits"), "blocks": sheets}]


def register_block(reading: Reading, items: list[Item]) -> Block:
    """One line for each exhibit: what it is and who answers for it."""
    if not items:
        return paragraph(_("No exhibit has been registered in this case."))
    heads = [(_("Exhibit"), 1.6), (_("Description"), 4.2), (_("Kind"), 2.2), (_("Recovered"), 1.9)]
    return table(
        [*heads, (_("Held by, kept at"), 3), (_("Files"), 0.9)],
        [
            [
                code(item.exhibit_no),
                reading.neutral(item.description),
                str(item.kind),
                seen(stamp(item.recovered_at, shorter(item.recovered_precision))),
                keeping(reading, item),
                code(len(item.files.all())),
            ]
            for item in items
        ],
    )


def left_out(reading: Reading) -> list[Block]:
    """How many exhibits of the case are not shown, because the agency they came from forbids it."""
    seen = Item.objects.visible_to(reading.reader).filter(case=reading.case)
    count = seen.filter(pk__in=reading.kept_in).count()
    if not count:
        return []
    told = _("Left out under a caveat of the agency they came from: %(count)s exhibits.")
    return [paragraph(told % {"count": count})]


def shorter(precision: str) -> str:
    """In a narrow column the day is enough."""
    return "day" if precision in {"second", "minute", "hour"} else precision


def keeping(reading: Reading, item: Item) -> Value:
    """Who answers for it and where it lies."""
    if not item.was_possessed:
        return muted(_("never possessed"))
    return stacked([str(item.holder or ""), reading.neutral(item.kept_at)])


def sheet(reading: Reading, item: Item, custody: list[CustodyEvent]) -> list[Block]:
    """Everything known of one exhibit."""
    pictures = [reading.photo(file, lines=claims_of(file)) for file in pictured(item)]
    blocks = [
        heading(
            f"{item.exhibit_no} · {reading.neutral(item.description)}",
            room=PICTURED if pictures else BARE,
        ),
        rows(facts_of(reading, item)),
        *photo_blocks(pictures),
        *other_files(reading, item),
    ]
    for component in item.components.all():
        blocks += component_blocks(reading, component)
    return [*blocks, *custody_blocks(reading, item, custody)]


def facts_of(reading: Reading, item: Item) -> list[Row]:
    """What was found, when, where, by whom and in which state."""
    known = stamp(item.recovered_at, item.recovered_precision)
    stated = quoted(item.recovered_as_stated)
    facts: list[tuple[str, Any]] = [
        (_("Kind"), str(item.kind)),
        (_("Part of"), code(item.parent.exhibit_no) if item.parent else ""),
        (_("Incident"), f"{item.incident.ref} {reading.neutral(item.incident.title)}"),
        (_("Site"), reading.neutral(item.site.name) if item.site else ""),
        (_("Recovered"), stacked([seen(known), *([muted(stated)] if stated else [])])),
        (_("Recovered by"), reading.neutral(item.recovered_by)),
        (_("Acquired by"), label(item.get_acquisition_display())),
        (_("Status"), label(item.get_status_display())),
        (_("Condition"), label(item.get_condition_display())),
        (_("Hazards"), ", ".join(item.hazard_names)),
        (_("Quantity"), f"{item.quantity} {item.unit}".strip() if item.quantity != 1 else ""),
        (_("Size (mm) and mass (g)"), measures(item)),
        (_("No photograph in place because"), reading.neutral(item.no_in_situ_reason)),
        (_("Seal"), code(item.seal_no) if item.seal_no else ""),
    ]
    return [(name, value) for name, value in facts if value]


def measures(item: Item) -> str:
    """Length, width and height, then the mass, as they were taken: no more exact, none guessed."""
    mass = f"{item.mass} g" if item.mass else ""
    return " · ".join(part for part in (item.measures, mass) if part)


def pictured(item: Item) -> list[File]:
    """Its photographs, also those that could not be read."""
    shown = (FileState.READY, FileState.UNREADABLE, FileState.WAITING)
    return [file for file in item.files.all() if file.state in shown]


def claims_of(file: File) -> list[Row]:
    """What a photograph says of itself, always as a claim."""
    zone = "" if file.claimed_zone_known else " " + _("(zone not stated)")
    taken = file.claimed_taken_text or stamp(file.claimed_taken_at, "second")
    return [
        *([(_("Time (claimed)"), said(taken + zone))] if taken else []),
        *place_code(file.claimed_latitude, file.claimed_longitude),
        *([(_("Camera (claimed)"), file.claimed_camera)] if file.claimed_camera else []),
        *published(file),
    ]


def published(file: File) -> list[Row]:
    """Where a file was published; who uploaded it is told by no report."""
    known = [(_("Published at"), file.platform_url), (_("Archived at"), file.archived_url)]
    return [(name, code(address)) for name, address in known if address]


def addresses(file: File) -> list[Value]:
    """The same, under a name in a table."""
    return [cell for name, address in published(file) for cell in (muted(name), address)]


def photo_blocks(pictures: list[Photo]) -> list[Block]:
    """The photographs of an exhibit, or that there is none."""
    if not pictures:
        return []
    return [subheading(_("Photographs")), photos(pictures)]


def other_files(reading: Reading, item: Item) -> list[Block]:
    """Files that are no photographs, by name, size and digest."""
    found = [file for file in item.files.all() if file.state == FileState.NOT_A_PICTURE]
    if not found:
        return []
    heads = [(_("File"), 3), (_("Size (bytes)"), 1.5), (_("SHA-256 of the original"), 6)]
    body: list[list[Value]] = [
        [
            stacked([reading.neutral(file.name), *addresses(file)]),
            code(file.size),
            code(file.sha256),
        ]
        for file in found
    ]
    return [subheading(_("Other files")), table(heads, body)]
