"""Read a component as the method compares it: its own columns, its markings and its photographs."""

from catalogue.models import Maker
from comparison.methods.facts import ComponentFacts
from core.normalise import is_no_marking
from evidence.models import Component, Marking
from evidence.models.vocabulary import MarkingKind, MarkingState

_MADE = {
    "board-revision": "board_revision",
    "colour": "colour",
    "finish": "finish",
    "technique": "technique",
    "fasteners": "fasteners",
    "wiring": "wiring",
    "connector": "connector",
    "adhesive": "adhesive",
}
_MEASURED = ("mass_g", "length_mm", "width_mm", "height_mm")


def facts_of(component: Component) -> ComponentFacts:
    """What is recorded of `component`; a marking fills in what its columns leave empty."""
    markings = list(component.markings.all())
    item = component.item
    return ComponentFacts(
        category=component.category_id,
        maker=maker_name(component),
        maker_status=component.maker_status,
        part_number=first_told(
            component.part_number,
            read_off(markings, MarkingKind.PART_NUMBER),
            component.model_name,
        ),
        serial=first_told(component.serial_number, read_off(markings, MarkingKind.SERIAL)),
        serial_state=serial_state(component, markings),
        lot=first_told(component.lot_code, read_off(markings, MarkingKind.LOT)),
        date_code=first_told(component.date_code, read_off(markings, MarkingKind.DATE_CODE)),
        firmware_sha256=component.firmware_sha256,
        concealment=", ".join(sorted({m.removal_pattern for m in markings if m.removal_pattern})),
        construction=made(component),
        measures=measures(component),
        photos=tuple(sorted(item.files.values_list("sha256", flat=True))),
        transcription=component.transcription,
    )


def first_told(*texts: str) -> str:
    """The first of these that is a marking; without one, what was noted in its place."""
    markings = (text for text in texts if not is_no_marking(text))
    return next(markings, "") or next(filter(None, texts), "")


def maker_name(component: Component) -> str:
    """The maker by the catalogue's name wherever the catalogue knows it."""
    if component.maker:
        return component.maker.name
    marked = component.maker_as_marked
    known = Maker.objects.called(marked).first() if marked else None
    return known.name if known else marked


def read_off(markings: list[Marking], kind: MarkingKind) -> str:
    """The text of the first marking of this kind that can be read and was not falsified."""
    legible = (MarkingState.LEGIBLE, MarkingState.PARTIAL)
    return next((m.as_seen for m in markings if m.kind == kind and m.state in legible), "")


def serial_state(component: Component, markings: list[Marking]) -> str:
    """The state of the serial number: as described, else as its marking was recorded.

    A number that was typed in was examined, whatever the untouched field still says.
    """
    if component.serial_state != MarkingState.NOT_EXAMINED:
        return component.serial_state
    marked = next((m.state for m in markings if m.kind == MarkingKind.SERIAL), "")
    if marked:
        return marked
    return MarkingState.LEGIBLE if component.serial_number else MarkingState.NOT_EXAMINED


def made(component: Component) -> dict[str, str]:
    """How it was made, as far as it was described."""
    texts = {feature: str(getattr(component, column)) for feature, column in _MADE.items()}
    texts["material"] = ", ".join(component.materials)
    return {feature: text for feature, text in texts.items() if text}


def measures(component: Component) -> dict[str, float]:
    """Mass in grams and sizes in millimetres, where the exhibit is this one component."""
    item = component.item
    if item.quantity != 1 or item.kind_id != component.category_id:
        return {}
    found = {name: getattr(item, name) for name in _MEASURED}
    return {name: float(value) for name, value in found.items() if value is not None}
