"""The templates of MISP that we write, as far as we fill them.

Taken from https://github.com/MISP/misp-objects (CC0 1.0 and BSD-2-Clause), as it stood in November
2026: identifier, version, meta-category, and the type of each relation that we use.
"""

from collections.abc import Mapping
from dataclasses import dataclass

TEXT, MOMENT, NUMBER, URL = "text", "datetime", "float", "url"
CATEGORIES = {
    URL: "External analysis",
    "sha256": "External analysis",
    "full-name": "Person",
    "threat-actor": "Attribution",
}
"""The category of an attribute by its type; all others are Other."""


@dataclass(frozen=True)
class Template:
    """One template: what names it, and the relations that we fill.

    Values of the relations in `tells_apart` are compared with those of other events by MISP; the
    others occur everywhere and say nothing by being alike.
    """

    uuid: str
    version: int
    category: str
    types: Mapping[str, str]
    several: frozenset[str] = frozenset()
    tells_apart: frozenset[str] = frozenset()


def texts(*names: str) -> dict[str, str]:
    """Relations that hold text."""
    return dict.fromkeys(names, TEXT)


TEMPLATES: Mapping[str, Template] = {
    "uav": Template(
        "1d103a64-e30d-4c8c-931c-3e86b83db992",
        4,
        "misc",
        texts(
            *("model", "serial-number", "registration-id", "variant", "notes"),
            *("power-plant", "craftname"),
        ),
        tells_apart=frozenset({"serial-number", "registration-id", "craftname"}),
    ),
    "physical-item": Template(
        "9d239b58-0be6-410f-836d-6634802f08ca",
        1,
        "misc",
        texts(
            *("case-number", "item-number", "description", "item-status", "packaging"),
            "seal-number",
        )
        | {"collection-date": MOMENT},
        several=frozenset({"seal-number"}),
        tells_apart=frozenset({"case-number", "item-number", "seal-number"}),
    ),
    "geolocation": Template(
        "cd6f2238-ba55-4888-82c4-104e6e1acf21",
        8,
        "misc",
        texts("address", "countrycode", "text", "spacial-reference")
        | {"latitude": NUMBER, "longitude": NUMBER, "accuracy-radius": NUMBER},
        tells_apart=frozenset({"address", "countrycode"}),
    ),
    "intelligence-source-assessment": Template(
        "2d3a5895-6c54-50b5-bd25-ce33e974c50a",
        1,
        "misc",
        texts("information-credibility", "source-reliability", "related-report"),
        several=frozenset({"related-report"}),
        tells_apart=frozenset({"related-report"}),
    ),
    "ftm-Sanction": Template(
        "723833b9-4674-4447-9273-eb548a4f27f1",
        1,
        "followthemoney",
        texts("authority", "program", "reason", "recordId", "startDate", "endDate", "status")
        | {"sourceUrl": URL},
        several=frozenset(
            {
                *("authority", "program", "reason", "recordId", "startDate", "endDate"),
                *("status", "sourceUrl"),
            }
        ),
        tells_apart=frozenset({"startDate", "endDate", "sourceUrl"}),
    ),
    "temporal-event": Template(
        "d79f2d25-2937-44d3-a6d4-2f36f2505448",
        2,
        "misc",
        texts("summary", "description", "type"),
        several=frozenset({"description"}),
    ),
    "physical-object": Template(
        "dc786f86-4a8f-4da9-82d1-130fcefc1453",
        1,
        "misc",
        texts(
            *("name", "description", "brand", "model", "serial-number", "identifier"),
            "object-type",
        ),
        several=frozenset({"serial-number", "identifier"}),
        tells_apart=frozenset({"serial-number", "identifier"}),
    ),
    "file": Template(
        "688c46fb-5edb-40a3-8273-1af7923e2215",
        25,
        "file",
        {"sha256": "sha256", "size-in-bytes": "size-in-bytes"},
        tells_apart=frozenset({"sha256"}),
    ),
    "annotation": Template(
        "5d8dc046-15a1-4ca3-a09f-ed4ede7c4487", 3, "misc", texts("text", "type")
    ),
    "task": Template(
        "384734e7-8710-4ab0-901a-6f0e73a551e6",
        1,
        "misc",
        texts("name", "description", "outcome", "priority", "task_type"),
        several=frozenset({"task_type"}),
    ),
    "organization": Template(
        "f750e12b-127a-432c-b022-b3f9153c4e2a",
        9,
        "misc",
        texts("name", "alias", "type-of-organization"),
        several=frozenset({"alias"}),
        tells_apart=frozenset({"name", "alias"}),
    ),
    "person": Template(
        "a15b0477-e9d1-4b9c-9546-abe78a4f4248",
        21,
        "misc",
        {"full-name": "full-name", "alias": TEXT},
        several=frozenset({"alias"}),
        tells_apart=frozenset({"full-name", "alias"}),
    ),
}
"""Under its name each template that an object of ours follows."""
