"""Traffic Light Protocol 2.0 as OASIS publishes it for STIX, and the strictest of several marks."""

from collections.abc import Iterable

from exchange.formats.stix.words import SPEC, Stix

EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP_IDS = {
    "clear": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "green": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "amber+strict": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "red": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
"""From the freest to the most restrictive."""

STRICTNESS = list(TLP_IDS)
EARLIER = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "clear",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "green",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "amber",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "red",
}
"""The colours of TLP 1, which STIX itself knew; WHITE is called CLEAR since."""

READ_AS = {identifier: tlp for tlp, identifier in TLP_IDS.items()} | EARLIER
PUBLISHED = "2022-10-01T00:00:00.000Z"


def marking_definition(tlp: str) -> Stix:
    """The published object that stands for one colour."""
    return {
        "type": "marking-definition",
        "spec_version": SPEC,
        "id": TLP_IDS[tlp],
        "created": PUBLISHED,
        "name": f"TLP:{tlp.upper()}",
        "extensions": {EXTENSION: {"extension_type": "property-extension", "tlp_2_0": tlp}},
    }


def strictest(identifiers: Iterable[object]) -> str:
    """The colour to handle something by that bears these marks; a mark that is not known is red."""
    told = [READ_AS.get(str(identifier), "red") for identifier in identifiers]
    return max(told, key=STRICTNESS.index) if told else "clear"
