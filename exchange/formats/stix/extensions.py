"""Our extension definitions: what STIX has no words for, said in properties that anybody can read.

Weapons, exhibits and their custody are objects of their own: a drone is no malware and a gyroscope
no indicator. Identifiers are fixed for ever; a property that changes its meaning gets a new name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from exchange.formats.stix.fields import FIELDS, REQUIRED
from exchange.formats.stix.words import SPEC, Stix

AUTHOR = "identity--9ae78876-3df3-441c-ac1e-aa83665a6555"
"""The program, which wrote these definitions; of what is said with them it is no author."""

CREATED = "2026-11-29T00:00:00.000Z"
VERSION = "1.0.0"
NEW, MORE = "new-sdo", "property-extension"


@dataclass(frozen=True)
class Extension:
    """One definition: what it is called, which kind it is, and what it is for."""

    name: str
    identifier: str
    kind: str
    purpose: str

    @property
    def mark(self) -> dict[str, str]:
        """What an object of a new type says of its extension."""
        return {"extension_type": self.kind}

    @property
    def schema(self) -> str:
        """The normative words: every property with what it holds."""
        kinds = [
            f"{name} ({kind}{', required' if name in REQUIRED.get(self.name, ()) else ''})"
            for name, kind in FIELDS[self.name].items()
        ]
        return f"{self.purpose} Properties: {'; '.join(kinds)}."

    def definition(self) -> Stix:
        """The object that stands for it."""
        return {
            "type": "extension-definition",
            "spec_version": SPEC,
            "id": f"extension-definition--{self.identifier}",
            "created_by_ref": AUTHOR,
            "created": CREATED,
            "modified": CREATED,
            "name": self.name,
            "description": self.purpose,
            "schema": self.schema,
            "version": VERSION,
            "extension_types": [self.kind],
        }


EXTENSIONS = [
    Extension(
        "x-evidence-item",
        "edba6c33-ff8c-449c-9e18-02aeda092287",
        NEW,
        "A physical exhibit of an investigation, whoever holds it and whatever it proves.",
    ),
    Extension(
        "x-weapon-component",
        "4aaf9d8c-5344-4c16-b21d-585e7c4e6463",
        NEW,
        "A part of an exhibit with its markings as seen; a question mark stands for a sign that "
        "cannot be read. Countries of design and of manufacture are two things, and neither says "
        "who used the part.",
    ),
    Extension(
        "x-weapon-system",
        "a9c7f273-fd18-4e9c-8659-b9b34379ba58",
        NEW,
        "A weapon: one that was found (system_kind instance) or a type of weapon (model). It does "
        "not say who used it.",
    ),
    Extension(
        "x-custody-event",
        "ca24e933-9873-4ebb-8e54-28b38e901d48",
        NEW,
        "One event in the custody of an exhibit. ledger_position and ledger_digest name the sealed "
        "line that proves it; people are named there and not here.",
    ),
    Extension(
        "vestige-incident",
        "3ae0a97c-5b76-45f4-9d1d-48cf94e20439",
        MORE,
        "What is known of an attack: when and how exactly, how many weapons, what harm, and how "
        "its sources are graded (Admiralty scale, reliability and credibility apart).",
    ),
    Extension(
        "x-comparison",
        "4557bc58-d8eb-42f4-8ba0-08a51182e6b4",
        NEW,
        "How alike two components are, as two examiners confirmed, each blind to the other. The "
        "likelihood ratio is that of one origin against unrelated supply; it does not address who "
        "used either weapon.",
    ),
    Extension(
        "x-attribution-finding",
        "b0ef5df0-3bea-4288-b4ed-2b83b89784cc",
        NEW,
        "A released conclusion on one rung (level) of the attribution ladder; what is established "
        "on one rung says nothing of the next. Likelihood and confidence are two things. Dissent "
        "is part of it.",
    ),
    Extension(
        "vestige-place",
        "8004782f-aa1e-45f9-92f3-44d7e5653ee1",
        MORE,
        "How exactly a place is known, and as what it was searched. A sensitive place is told to "
        "about 11 km.",
    ),
    Extension(
        "vestige-actor",
        "6b7c9085-1cf5-445b-8e8b-0a5100cff8fa",
        MORE,
        "What kind of actor a released finding is about, and its name in its own script.",
    ),
    Extension(
        "x-trace-request",
        "2ea2fc0e-d092-472b-8287-67cd68016383",
        NEW,
        "A question to a maker, dealer or state about where components went.",
    ),
    Extension(
        "x-assistance",
        "e6ac479c-b101-4f94-9c72-efe7570d95ee",
        NEW,
        "Something that an investigation needs of others.",
    ),
    Extension(
        "vestige-handling",
        "63a22e66-1977-4f17-a816-b075083c7efd",
        MORE,
        "Which agencies alone may have an object: whoever holds it passes it on to nobody else.",
    ),
]
BY_NAME: Mapping[str, Extension] = {extension.name: extension for extension in EXTENSIONS}
NEW_TYPES = frozenset(extension.name for extension in EXTENSIONS if extension.kind == NEW)


def extension_id(name: str) -> str:
    """The identifier under which an object carries this extension."""
    return f"extension-definition--{BY_NAME[name].identifier}"


def author() -> Stix:
    """The program as an identity."""
    return {
        "type": "identity",
        "spec_version": SPEC,
        "id": AUTHOR,
        "created": CREATED,
        "modified": CREATED,
        "name": "Vestige",
        "identity_class": "system",
    }
