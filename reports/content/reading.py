"""One reading of a case for one report: for whom, what was shown, and which names are held back."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from attribution.models import Actor, Finding
from evidence.models import File
from investigations.models import Case
from reports.content.phrases import _
from reports.models import Report
from reports.typesetting.blocks import Photo, Row, code

BLAMED = [
    Actor.Kind.ARMED_GROUP,
    Actor.Kind.STATE_ORGAN,
    Actor.Kind.NETWORK,
    Actor.Kind.CELL,
    Actor.Kind.BROKER,
    Actor.Kind.INDIVIDUAL,
    Actor.Kind.FACADE,
]
"""Kinds whose names are held back; states and firms also stand in places and on labels."""

SHORTEST_NAME = 3


@dataclass
class Reading:
    """What is gathered while a case is read: previews to fetch, other cases that were shown."""

    report: Report
    pictures: dict[str, str] = field(default_factory=dict)
    other_cases: set[UUID] = field(default_factory=set)
    markings: list[str] = field(default_factory=list)

    @property
    def case(self) -> Case:
        """The case the report is about."""
        return self.report.case

    @property
    def reader(self) -> User:
        """Whoever asked: nothing is read that they may not read."""
        return self.report.requested_by

    @cached_property
    def findings(self) -> list[Finding]:
        """The released findings of the case, oldest first."""
        rows: QuerySet[Finding] = (
            Finding.objects.visible_to(self.reader).filter(case=self.case).released()
        )
        return list(rows.select_related("subject", "hypothesis").order_by("released_at", "id"))

    @cached_property
    def held_back(self) -> re.Pattern[str] | None:
        """Names of actors that no released finding is about."""
        named = {finding.subject_id for finding in self.findings if finding.subject_id}
        actors = Actor.objects.visible_to(self.reader).filter(case=self.case, kind__in=BLAMED)
        names = {
            name.strip()
            for actor in actors.exclude(pk__in=named)
            for name in (actor.name, actor.native_name, *actor.aliases)
            if len(name.strip()) >= SHORTEST_NAME
        }
        words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None

    def neutral(self, text: str) -> str:
        """Free text without the names of actors; no blame stands before its finding is released."""
        if self.held_back is None:
            return text
        return self.held_back.sub(_("[name withheld: no finding released]"), text)

    def photo(self, file: File, *, lines: list[Row] | None = None) -> Photo:
        """A photograph with the digest of its original; the preview is fetched later."""
        picture = ""
        if file.preview:
            picture = f"{file.sha256}.{file.preview.rpartition('.')[2]}"
            self.pictures[picture] = file.preview
        return {
            "file": picture,
            "alt": self.neutral(file.caption) or _("Photograph %(name)s") % {"name": file.name},
            "missing": _("No preview could be made; the original is kept."),
            "name": self.neutral(file.caption) or file.name,
            "hash_words": _("SHA-256 of the original"),
            "hash": file.sha256,
            "lines": lines or [],
        }

    def no_photo(self) -> Photo:
        """The place of a photograph where there is none."""
        return {
            "file": "",
            "alt": "",
            "missing": _("No photograph"),
            "name": "",
            "hash_words": "",
            "hash": "",
            "lines": [],
        }


def coordinates(latitude: Decimal | None, longitude: Decimal | None) -> str:
    """WGS 84 degrees, latitude first, without the zeros of storage; empty unless both are known."""
    if latitude is None or longitude is None:
        return ""
    return f"{latitude.normalize():f}, {longitude.normalize():f}"


def place_code(latitude: Decimal | None, longitude: Decimal | None) -> list[Row]:
    """The claimed place of a photograph as a row, if it claims one."""
    text = coordinates(latitude, longitude)
    return [(_("Place (claimed)"), code(text))] if text else []
