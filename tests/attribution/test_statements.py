"""Statements: what a source said stands, and is shared no further than the source agreed to."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from attribution import services
from attribution.models import Statement
from core.errors import Refused
from investigations import services as investigations
from ledger.models import Entry
from tests.attribution.conftest import SAID


def test_a_detainees_statement_notes_the_risk_of_coercion(night_raid, amal):
    detainee = investigations.enter_source(night_raid, by=amal, kind="detainee")
    with pytest.raises(ValidationError, match="risk of coercion"):
        services.take_statement(detainee, by=amal, **SAID)
    taken = services.take_statement(detainee, by=amal, **SAID, coercion_note="A lawyer was there.")
    assert taken.speaks_under_guard


def test_what_was_said_stands_once_a_claim_was_taken_from_it(statement, claim, amal):
    with pytest.raises(Refused, match="they stand"):
        services.amend_statement(statement, by=amal, version=1, original="He saw nothing.")
    amended = services.amend_statement(
        statement, by=amal, version=1, translation="I saw it.", translated_by="The bureau"
    )
    assert amended.version == 2


def test_a_translation_says_who_made_it(statement, amal):
    with pytest.raises(ValidationError, match="who translated it"):
        services.amend_statement(statement, by=amal, version=1, translation="I saw it.")


def test_it_is_shared_no_further_than_the_source_agreed_to(statement, guard, amal):
    share = {"informed_consent": True, "consent_scopes": ["internal", "court"]}
    with pytest.raises(Refused, match="has not consented"):
        services.amend_statement(statement, by=amal, version=1, **share)
    investigations.amend_source(guard, by=amal, version=1, **share)
    assert services.amend_statement(statement, by=amal, version=1, **share).scopes == [
        "internal",
        "court",
    ]


def test_consent_withdrawn_by_the_source_is_withdrawn_from_every_statement(statement, guard, amal):
    share = {"informed_consent": True, "consent_scopes": ["internal", "court"]}
    investigations.amend_source(guard, by=amal, version=1, **share)
    services.amend_statement(statement, by=amal, version=1, **share)
    investigations.amend_source(guard, by=amal, version=2, consent_scopes=["internal"])
    assert Statement.objects.visible_to(amal).get().scopes == ["internal"]


def test_the_ledger_never_holds_a_word_of_it(statement, amal):
    services.amend_statement(statement, by=amal, version=1, original="They flew over the orchard.")
    lines = [str(line.body) for line in Entry.objects.about(statement)]
    assert len(lines) == 2
    assert not [line for line in lines if "orchard" in line or "drone" in line]


def test_an_examiner_takes_a_statement_and_a_reviewer_only_reads_it(guard, lena, rami):
    assert services.take_statement(guard, by=lena, **SAID).recorded_by == lena
    assert Statement.objects.visible_to(rami).exists()
    with pytest.raises(PermissionDenied):
        services.take_statement(guard, by=rami, **SAID)
