"""The components of an exhibit in print: as marked and as normalised, never one for the other."""

from core.normalise import normalise
from evidence.models import Component, Marking
from reports.content.phrases import _, absent, label, said, seen, stacked
from reports.content.reading import Reading
from reports.typesetting.blocks import Block, Row, Value, code, muted, rows, subheading, table

MADE = ("colour", "finish", "fasteners", "wiring", "connector", "adhesive", "technique")


def component_blocks(reading: Reading, component: Component) -> list[Block]:
    """One component: its identity, its making and its markings."""
    return [
        subheading(_("Component: %(name)s") % {"name": component}),
        rows([*identity_of(component), *making_of(reading, component), *trade_of(component)]),
        *marking_table(reading, list(component.markings.all())),
    ]


def identity_of(component: Component) -> list[Row]:
    """What it is and who made it, with the basis of each."""
    maker = stacked(
        [component.maker_text, muted(label(component.get_maker_status_display()))]
        if component.maker_text
        else []
    )
    facts: list[Row] = [
        (_("Category"), str(component.category)),
        (_("Identification"), label(component.get_identification_display())),
        (_("Maker"), maker),
        *([(_("Model"), component.model_name)] if component.model_name else []),
        (_("Part number"), both_ways(component.part_number)),
        (_("Serial number"), serial_of(component)),
        *([(_("Lot"), both_ways(component.lot_code))] if component.lot_code else []),
        *([(_("Date code"), both_ways(component.date_code))] if component.date_code else []),
        (_("Markings read by"), label(component.get_transcription_display())),
    ]
    return [*facts, *origin_of(component)]


def both_ways(text: str) -> Value:
    """A marking as it stands, and under it the form it is compared in."""
    if not text:
        return absent()
    folded = normalise(text)
    return stacked([code(text), muted(_("normalised: %(text)s") % {"text": folded})])


def serial_of(component: Component) -> Value:
    """The serial number, or why there is none: absence has several kinds."""
    state = muted(label(component.get_serial_state_display()))
    if not component.serial_number:
        return state
    folded = normalise(component.serial_number)
    return stacked(
        [code(component.serial_number), muted(_("normalised: %(text)s") % {"text": folded}), state]
    )


def origin_of(component: Component) -> list[Row]:
    """Country of manufacture and of design, which are two questions."""
    found: list[Row] = []
    if component.country_of_manufacture:
        basis = label(component.get_manufacture_basis_display())
        made = stacked([str(component.country_of_manufacture), *([muted(basis)] if basis else [])])
        found.append((_("Country of manufacture"), made))
    if component.country_of_design:
        found.append((_("Country of design"), str(component.country_of_design)))
    return found


def making_of(reading: Reading, component: Component) -> list[Row]:
    """How it was built, as far as it was examined."""
    fields = {field.name: field for field in Component._meta.fields}
    made: list[Row] = [
        (label(fields[name].verbose_name).capitalize(), getattr(component, name))
        for name in MADE
        if getattr(component, name)
    ]
    if component.materials:
        made.append((_("Materials"), ", ".join(component.materials)))
    if component.firmware_version or component.firmware_sha256:
        digest = component.firmware_sha256
        firmware: list[Value] = [component.firmware_version, *([code(digest)] if digest else [])]
        made.append((_("Firmware"), stacked(firmware)))
    if component.workmanship:
        made.append((_("Workmanship"), reading.neutral(component.workmanship)))
    return made


def trade_of(component: Component) -> list[Row]:
    """What it runs on, how common and how dear it is, and which controls name it."""
    tier = component.get_priority_tier_display() if component.priority_tier else ""
    known: list[tuple[str, Value]] = [
        (_("Power"), component.power_text),
        (_("Radio"), component.radio_text),
        (_("How common"), label(component.get_commodity_grade_display())),
        (_("Price"), component.price_text),
        (_("First seen on the market"), component.first_seen_text),
        (_("HS code"), code(component.hs_code) if component.hs_code else ""),
        (_("ECCN"), code(component.eccn) if component.eccn else ""),
        (_("Annex of the EU"), component.eu_annex),
        (_("Common High Priority List"), label(tier)),
        (_("MTCR annex"), code(component.mtcr_item) if component.mtcr_item else ""),
    ]
    return [(name, value) for name, value in known if value]


def marking_table(reading: Reading, markings: list[Marking]) -> list[Block]:
    """Every marking in its state; what was removed, and how, is evidence too."""
    if not markings:
        return []
    heads = [(_("Kind"), 2), (_("State"), 2.6), (_("As seen"), 3), (_("Normalised"), 2.4)]
    body = [
        [
            label(marking.get_kind_display()),
            state_of(reading, marking),
            said(marking.as_seen),
            seen(normalise(marking.as_seen)),
            str(marking.transcribed_by),
        ]
        for marking in markings
    ]
    return [subheading(_("Markings")), table([*heads, (_("Transcribed by"), 2)], body)]


def state_of(reading: Reading, marking: Marking) -> Value:
    """The state, and the pattern in which it was removed or restored."""
    remarks = [reading.neutral(marking.removal_pattern), marking.restoration_method]
    return stacked(
        [label(marking.get_state_display()), *[muted(remark) for remark in remarks if remark]]
    )
