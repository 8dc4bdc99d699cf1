"""One reading of a case for one report: for whom, what was shown, and which names are held back."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TypeVar
from unicodedata import normalize
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from attribution.models import Finding
from attribution.models.named import held_back_in
from comparison.models import Link
from core.markings import Handling, joined
from evidence.models import Door, File
from evidence.services.caveat import caveats_over
from investigations.models import Case, CaseRecord
from reports.content.phrases import _
from reports.models import Bundle, Report
from reports.typesetting.blocks import Photo, Row, code

Printed = TypeVar("Printed", bound=CaseRecord)


@dataclass
class Reading:
    """What is gathered while a case is read: previews to fetch, other cases that were shown.

    What is `for_others`, as letters and bundles are, knows of no finding while the case is under
    embargo: it prints none, and every name of an actor stays withheld.
    """

    report: Report | Bundle
    pictures: dict[str, str] = field(default_factory=dict)
    other_cases: set[UUID] = field(default_factory=set)
    handlings: set[Handling] = field(default_factory=set)
    for_others: bool = False

    @property
    def case(self) -> Case:
        """The case the report is about."""
        return self.report.case

    @property
    def reader(self) -> User:
        """Whoever asked: nothing is read that they may not read."""
        return self.report.requested_by

    def show(self, *rows: CaseRecord | Case) -> None:
        """Note how what is printed is to be handled, beyond the case it belongs to."""
        for row in rows:
            self.handlings.add(row.handling if isinstance(row, Case) else row.own_handling)

    def read(self, rows: QuerySet[Printed]) -> list[Printed]:
        """The records asked for, to be printed."""
        found = list(rows)
        self.show(*found)
        return found

    @property
    def beyond_the_case(self) -> Handling:
        """What the report demands of its reader more than its case does."""
        return joined(self.handlings)

    @cached_property
    def findings(self) -> list[Finding]:
        """The released findings of the case, oldest first."""
        leaves = self.for_others or isinstance(self.report, Bundle)
        if leaves and self.case.is_under_embargo:
            return []
        rows: QuerySet[Finding] = (
            Finding.objects.visible_to(self.reader).filter(case=self.case).released()
        )
        return self.read(rows.select_related("subject", "hypothesis").order_by("released_at", "id"))

    @cached_property
    def held_back(self) -> re.Pattern[str] | None:
        """Names of actors that no released finding is about, here or in a case compared with."""
        concluded = {finding.subject_id for finding in self.findings if finding.subject_id}
        prose = [text for finding in self.findings for text in finding.prose]
        return held_back_in({self.case.pk, *self.compared_cases}, concluded=concluded, told=prose)

    @cached_property
    def kept_in(self) -> list[UUID]:
        """The exhibits, here and in cases compared with, that caveats keep out of every report."""
        return list(caveats_over({self.case.pk, *self.compared_cases}, Door.REPORT))

    @property
    def compared_cases(self) -> set[UUID]:
        """The other cases of which a comparison shows an exhibit."""
        links = Link.objects.visible_to(self.reader).of_case(self.case).current()
        return {case for pair in links.values_list("case", "other_case") for case in pair}

    def neutral(self, text: str) -> str:
        """Free text without the names of actors; no blame stands before its finding is released."""
        if self.held_back is None:
            return text
        withheld = _("[name withheld: no finding released]")
        return self.held_back.sub(withheld, normalize("NFC", text))

    def photo(self, file: File, *, lines: list[Row] | None = None) -> Photo:
        """A photograph with the digest of its original; the preview is fetched later."""
        self.show(file)
        picture, name = "", self.neutral(file.name)
        if file.preview and not file.graphic_content:
            picture = f"{file.sha256}.{file.preview.rpartition('.')[2]}"
            self.pictures[picture] = file.preview
        return {
            "file": picture,
            "alt": self.neutral(file.caption) or _("Photograph %(name)s") % {"name": name},
            "missing": missing_words(file),
            "name": self.neutral(file.caption) or name,
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


def missing_words(file: File) -> str:
    """Why a photograph is not printed."""
    if file.graphic_content:
        return _("Marked as graphic and not printed; the original is kept.")
    return _("No preview could be made; the original is kept.")


def coordinates(latitude: Decimal | None, longitude: Decimal | None) -> str:
    """WGS 84 degrees, latitude first, without the zeros of storage; empty unless both are known."""
    if latitude is None or longitude is None:
        return ""
    return f"{latitude.normalize():f}, {longitude.normalize():f}"


def place_code(latitude: Decimal | None, longitude: Decimal | None) -> list[Row]:
    """The claimed place of a photograph as a row, if it claims one."""
    text = coordinates(latitude, longitude)
    return [(_("Place (claimed)"), code(text))] if text else []
