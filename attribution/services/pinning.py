"""Pinning what a finding cites to how it stood, and telling what has changed since."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from attribution.models import Citation, Finding
from attribution.services.citation import field_for
from core.scope import system_scope
from evidence.models import File, Item
from investigations.models import SourceReport
from ledger.models import canonical


class Pin(NamedTuple):
    """What a cited thing is now: its version, where it has one, and a digest of what it says.

    The digest of an exhibit is over what it is said to be and the SHA-256 of its files, that of a
    report over its words and grade; that of a comparison is the fingerprint of the facts compared.
    """

    version: int | None
    sha256: str


def pin_citations(finding: Finding) -> list[str]:
    """Pin each citation of a finding that is being handed in; what was pinned, in one line each."""
    with system_scope("what is cited is pinned whoever may read all of it"):
        citations = list(finding.citations.with_sources())
        pins = pins_of(citations)
        for citation in citations:
            citation.version_cited, citation.sha256_cited = pins[citation.pk]
            citation.save(update_fields=["version_cited", "sha256_cited"])
    return [line_of(citation) for citation in citations]


def line_of(citation: Citation) -> str:
    """One pin as a version handed in keeps it: the kind, the id, the version and the digest."""
    thing = citation.cited
    kind, key = (field_for(thing), thing.pk) if thing else ("", "")
    return f"{kind} {key} v{citation.version_cited or '-'} sha256:{citation.sha256_cited}"


def changed_since(citations: Iterable[Citation]) -> set[UUID]:
    """The citations whose thing is no longer what it was when the finding was handed in.

    An exhibit that only passed from hand to hand is what it was, though its version has grown.
    """
    pinned = [citation for citation in citations if citation.is_pinned]
    with system_scope("whether a thing has changed is told whoever may read all of it"):
        now = pins_of(pinned)
    return {citation.pk for citation in pinned if differs(citation, now[citation.pk])}


def differs(citation: Citation, now: Pin) -> bool:
    """Whether a cited thing says something else by now."""
    if citation.item_id:
        return now.sha256 != citation.sha256_cited
    return now != Pin(citation.version_cited, citation.sha256_cited)


def pins_of(citations: Iterable[Citation]) -> dict[UUID, Pin]:
    """What each cited thing is now; one question for the files of all exhibits."""
    citations = list(citations)
    files: dict[UUID | None, list[str]] = defaultdict(list)
    held = File.objects.filter(item__in=[one.item_id for one in citations if one.item_id])
    for item, sha256 in held.order_by("sha256").values_list("item", "sha256"):
        files[item].append(sha256)
    return {citation.pk: pin_of(citation, files[citation.item_id]) for citation in citations}


def pin_of(citation: Citation, files: list[str]) -> Pin:
    """What one cited thing is now."""
    thing = citation.cited
    if isinstance(thing, SourceReport):
        words = [thing.citation, thing.reliability, thing.credibility]
        return Pin(None, digest([*words, str(thing.party_to_conflict)]))
    if isinstance(thing, Item):
        return Pin(thing.version, digest([*said_of(thing), *files]))
    return Pin(thing.version, thing.fingerprint) if thing else Pin(None, "")


def said_of(item: Item) -> list[str]:
    """What an exhibit is said to be, and where it came from."""
    recovered = item.recovered_at.isoformat() if item.recovered_at else ""
    told = (item.exhibit_no, item.kind_id, item.description, item.recovered_as_stated)
    return [*map(str, told), recovered, item.recovered_by, str(item.incident_id), str(item.site_id)]


def digest(words: list[str]) -> str:
    """SHA-256 of their canonical JSON."""
    return hashlib.sha256(canonical(words).encode()).hexdigest()
