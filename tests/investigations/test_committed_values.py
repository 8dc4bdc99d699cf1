"""Sensitive values: a line commits to them, lawful erasure empties them, and proofs go on."""

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from investigations import services
from investigations.models import CommittedValue
from ledger.commitments import commitment, new_blind, opens
from ledger.models import Entry
from ledger.verification import verify


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_a_commitment_opens_to_its_own_value_and_no_other(value: bytes, other: bytes) -> None:
    blind = new_blind()
    committed = commitment(value, blind)
    assert opens(committed, value, blind)
    assert opens(committed, other, blind) == (value == other)
    assert not opens(committed, value, new_blind())
    assert not opens(committed, value, b"")


def test_the_line_holds_the_commitment_and_nothing_of_the_value(night_raid, amal):
    kept = services.commit_value(night_raid, "Farida K., by phone", by=amal, about="who called")
    line = Entry.objects.get(act="investigations.value_committed")
    assert line.facts == {"commitment": kept.commitment, "about": "who called"}
    assert "Farida" not in line.body
    assert kept.holds and kept.told == "Farida K., by phone"
    assert "Farida" not in repr(kept.told)


def test_a_lead_erases_it_and_every_proof_still_holds(night_raid, amal, soraya):
    kept = services.commit_value(night_raid, "Farida K.", by=amal, about="who called")
    erased = services.erase_value(kept, by=soraya, reason="She asked for it, article 17")
    row = CommittedValue.objects.get(pk=kept.pk)
    assert (row.value, row.blind, row.holds) == (None, None, False)
    assert erased.erased_at and row.commitment == kept.commitment
    assert verify(night_raid.ledger_log).flaws == []
    assert Entry.objects.latest("position").facts["commitment"] == kept.commitment


def test_erasing_takes_a_lead_and_a_reason_and_happens_once(night_raid, amal, soraya):
    kept = services.commit_value(night_raid, "Farida K.", by=amal, about="who called")
    with pytest.raises(PermissionDenied):
        services.erase_value(kept, by=amal, reason="Because")
    with pytest.raises(Refused):
        services.erase_value(kept, by=soraya, reason=" ")
    services.erase_value(kept, by=soraya, reason="She asked for it")
    with pytest.raises(Refused):
        services.erase_value(kept, by=soraya, reason="She asked for it")


def test_no_person_s_question_reaches_a_value(night_raid, soraya):
    services.commit_value(night_raid, "Farida K.", by=soraya, about="who called")
    assert not CommittedValue.objects.visible_to(soraya).exists()
