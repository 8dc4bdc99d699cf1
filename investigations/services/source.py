"""Entering sources under a pseudonym, and amending what the team may know of them."""

from collections.abc import Collection
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.markings import Handling
from investigations.models import Case, Duty, Label, Source, SourceKind
from investigations.models.source import GUARDED, LETTERS
from investigations.services.numbering import next_numbers
from ledger.services import record


class SourceFacts(TypedDict, total=False):
    """What the team may know of a source."""

    informed_consent: bool
    consent_scopes: list[str]
    may_withdraw: bool
    protection: str
    needs_second_person: bool
    interested_party: bool
    remarks: str


@transaction.atomic
def enter_source(
    case: Case,
    *,
    by: User,
    kind: str,
    compartments: Collection[str] = (),
    **facts: Unpack[SourceFacts],
) -> Source:
    """Enter a person under the next pseudonym of their kind: W-01, S-01, D-01 and so on.

    Only readers in all of `compartments` will know that there is such a source.
    """
    case.require(by, Duty.LOG_EVIDENCE)
    source = Source(case=case, kind=kind, **facts)
    guard(source)
    source.full_clean(exclude=["pseudonym"])
    if compartments:
        source.label = label_within(compartments, by)
    source.pseudonym = pseudonym(kind, next_numbers(case, f"source {kind}")[0])
    source.save(force_insert=True)
    record(by, "investigations.source_entered", source, ref=source.pseudonym, speaks_as=kind)
    return source


@transaction.atomic
def amend_source(source: Source, *, by: User, version: int, **facts: Unpack[SourceFacts]) -> Source:
    """Change what the team may know of a source; the ledger names the fields and not the words."""
    source = Source.objects.locked_for(by, source)
    source.require(by, Duty.LOG_EVIDENCE)
    require_fresh(source, version)
    took_two = source.needs_second_person
    changes = apply_changes(source, facts)
    guard(source)
    if took_two and not source.needs_second_person:
        raise Refused(_("That opening takes a second person cannot be taken back."))
    if changes:
        source.full_clean(exclude=["pseudonym"])
        source.save()
        record(by, "investigations.source_amended", source, fields=sorted(changes))
    return source


def guard(source: Source) -> None:
    """Whoever is protected, or shall be, is looked up by two people from then on."""
    if source.protection in GUARDED:
        source.needs_second_person = True


def label_within(compartments: Collection[str], by: User) -> Label:
    """The label of these compartments, in all of which `by` must be."""
    if not set(compartments) <= set(by.compartments):
        raise Refused(_("You could no longer read it yourself: have somebody do it who can."))
    return Label.for_handling(Handling(compartments=frozenset(compartments)))


def pseudonym(kind: str, number: int) -> str:
    """W-01 for the first witness of the case."""
    return f"{LETTERS[SourceKind(kind)]}-{number:02d}"
