"""Taking down statements and amending what is known of them; their words stay as first said."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Claim, Statement
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.scope import system_scope
from evidence.models import Item
from investigations.models import Duty, Source
from investigations.services import next_numbers
from investigations.services.label import rest_on
from ledger.services import record

WORDS = {"original", "language"}
"""What was said; once a claim was taken from it, it stands."""


class StatementFacts(TypedDict, total=False):
    """What is written down of a statement."""

    speaks_as: str
    taken_at: datetime | None
    taken_precision: str
    place: str
    taken_by: str
    record_kind: str
    recording: Item | None
    signed: bool
    language: str
    original: str
    interpreter: str
    translation: str
    translated_by: str
    informed_consent: bool
    consent_scopes: list[str]
    coercion_note: str


@transaction.atomic
def take_statement(source: Source, *, by: User, **facts: Unpack[StatementFacts]) -> Statement:
    """Write down what a source said; without another word they speak as what they are."""
    source = Source.objects.locked_for(by, source)
    source.case.require(by, Duty.LOG_EVIDENCE)
    facts.setdefault("speaks_as", source.kind)
    statement = Statement(case=source.case, source=source, recorded_by=by, **facts)
    require_sound(statement)
    statement.ref = f"ST-{next_numbers(source.case, 'statement')[0]:02d}"
    statement.full_clean(exclude=["ref"])
    statement.save(force_insert=True)
    record(by, "attribution.statement_taken", statement, ref=statement.ref, source=source.pseudonym)
    return statement


@transaction.atomic
def amend_statement(
    statement: Statement, *, by: User, version: int, **facts: Unpack[StatementFacts]
) -> Statement:
    """Change what is written of a statement; the ledger names the fields and not the words."""
    statement = Statement.objects.locked_for(by, statement)
    statement.case.require(by, Duty.LOG_EVIDENCE)
    require_fresh(statement, version)
    changes = apply_changes(statement, facts)
    require_sound(statement)
    if WORDS & set(changes):
        require_unquoted(statement)
    if changes:
        statement.full_clean(exclude=["ref"])
        statement.save()
        rest_on(statement, statement.rows_above())
        record(
            by,
            "attribution.statement_amended",
            statement,
            ref=statement.ref,
            fields=sorted(changes),
        )
    return statement


def require_sound(statement: Statement) -> None:
    """The recording is of the same case, and nobody shares more than the source agreed to."""
    if statement.recording and statement.recording.case_id != statement.case_id:
        raise Refused(_("The recording belongs to another case."))
    if set(statement.consent_scopes) - set(statement.source.consent_scopes):
        raise Refused(
            _("The source has not consented to sharing so widely. Ask, and amend the source first.")
        )


def require_unquoted(statement: Statement) -> None:
    """What was said stands once a claim was taken from it."""
    with system_scope("a claim binds the words it was taken from, whoever may read it"):
        is_quoted = Claim.objects.filter(statement=statement).exists()
    if is_quoted:
        raise Refused(
            _("A claim was taken from these words: they stand. Take another statement instead.")
        )
