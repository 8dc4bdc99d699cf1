"""Sensitive values: a line commits to them, lawful erasure empties them, and proofs go on."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.scope import system_scope
from investigations import services
from investigations.models import CommittedValue, Notice, Request
from ledger.commitments import commitment, new_blind, opens
from ledger.models import Entry
from ledger.verification import verify

WHY = "She asked for it, article 17"


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_a_commitment_opens_to_its_own_value_and_no_other(value: bytes, other: bytes) -> None:
    blind = new_blind()
    committed = commitment(value, blind)
    assert opens(committed, value, blind)
    assert opens(committed, other, blind) == (value == other)
    assert not opens(committed, value, new_blind())
    assert not opens(committed, value, b"")


@pytest.fixture
def kept(night_raid, amal):
    return services.commit_value(night_raid, "Farida K., by phone", by=amal, about="who called")


@pytest.fixture
def asked(kept, night_raid, soraya):
    return services.ask_to_erase_value(kept, by=soraya, reason=WHY)


def stored(kept):
    with system_scope("see what is left"):
        return CommittedValue.objects.get(pk=kept.pk)


def test_the_line_holds_the_commitment_and_nothing_of_the_value(kept):
    line = Entry.objects.get(act="investigations.value_committed")
    assert line.facts == {"commitment": kept.commitment, "about": "who called"}
    assert "Farida" not in line.body
    assert kept.holds and kept.told == "Farida K., by phone"
    assert "Farida" not in repr(kept.told)


def test_what_it_is_may_not_say_the_value(night_raid, amal):
    with pytest.raises(Refused, match="names the value"):
        services.commit_value(night_raid, "Farida", by=amal, about="the call of farida")
    assert not Entry.objects.filter(act="investigations.value_committed").exists()


def test_one_asks_and_another_agrees_and_every_proof_still_holds(
    kept, asked, night_raid, soraya, dana
):
    assert stored(kept).holds
    services.erase_value(asked, by=dana)
    row = stored(kept)
    assert (row.value, row.blind, row.holds) == (None, None, False)
    assert row.erased_at and row.commitment == kept.commitment
    assert verify(night_raid.ledger_log).flaws == []
    line = Entry.objects.get(act="investigations.value_erased")
    assert line.facts == {"commitment": kept.commitment, "request": str(asked.pk)}
    assert line.actor == dana


def test_nobody_erases_alone(kept, asked, soraya, amal):
    with pytest.raises(Refused, match="asked for themselves"):
        services.erase_value(asked, by=soraya)
    with pytest.raises(PermissionDenied):
        services.erase_value(asked, by=amal)
    assert stored(kept).holds


def test_asking_takes_a_lead_and_a_reason_that_does_not_say_the_value(
    kept, night_raid, amal, soraya
):
    with pytest.raises(PermissionDenied):
        services.ask_to_erase_value(kept, by=amal, reason=WHY)
    for reason in (" ", "farida k., by phone asked"):
        with pytest.raises(Refused):
            services.ask_to_erase_value(kept, by=soraya, reason=reason)


def test_what_is_erased_is_not_opened_nor_erased_again(kept, asked, night_raid, soraya, dana):
    services.erase_value(asked, by=dana)
    with pytest.raises(Refused):
        services.open_value(kept, by=soraya, reason=WHY)
    with pytest.raises(Refused):
        services.ask_to_erase_value(kept, by=soraya, reason=WHY)


def test_reading_a_value_leaves_a_line_with_the_reason(kept, night_raid, soraya, amal):
    assert services.open_value(kept, by=soraya, reason=WHY) == "Farida K., by phone"
    line = Entry.objects.get(act="investigations.value_opened")
    assert (line.actor, line.facts["reason"]) == (soraya, WHY)
    with pytest.raises(PermissionDenied):
        services.open_value(kept, by=amal, reason=WHY)


def test_no_person_s_question_reaches_a_value(kept, soraya):
    assert not CommittedValue.objects.visible_to(soraya).exists()


def test_the_pages_lead_from_the_list_to_the_second_person(kept, night_raid, soraya, dana, client):
    client.force_login(soraya)
    listed = reverse("investigations:value_list", args=[night_raid.pk])
    assert "who called" in client.get(listed).content.decode()
    at = [kept.pk]
    page = client.get(reverse("investigations:value_detail", args=at)).content.decode()
    assert "Farida" not in page
    shown = client.post(reverse("investigations:value_open", args=at), {"reason": WHY})
    assert "Farida K." in shown.content.decode() and "no-store" in shown["Cache-Control"]
    client.post(reverse("investigations:value_erase", args=at), {"reason": WHY})
    request = Request.objects.visible_to(soraya).get(kind="erase-value")
    assert Notice.objects.visible_to(dana).filter(request=request).exists()
    client.force_login(dana)
    client.post(reverse("investigations:value_approve", args=[request.pk]))
    assert stored(kept).erased_at


def test_a_program_is_told_the_commitments_and_never_the_values(
    kept, night_raid, soraya, amal, as_program
):
    there = f"/api/v1/cases/{night_raid.pk}/committed-values/"
    answer = as_program(soraya).get(there)
    (row,) = answer.json()
    assert (row["commitment"], row["about"], row["erased_at"]) == (
        kept.commitment,
        "who called",
        None,
    )
    assert "Farida" not in answer.content.decode()
    assert as_program(amal).get(there).status_code == 403
    one = f"/api/v1/committed-values/{kept.pk}/"
    assert as_program(soraya).get(one).json() == row
    assert as_program(amal).get(one).status_code == 403


def test_a_program_asks_for_a_value_to_go_and_neither_keeps_nor_opens_one(
    kept, soraya, omar, as_program
):
    lead, there = as_program(soraya), f"/api/v1/committed-values/{kept.pk}/"
    named = lead.post(f"{there}ask-to-erase/", {"reason": "Farida K., by phone"}, format="json")
    assert "The reason names the value" in named.json()["detail"]
    again = {"Idempotency-Key": "once"}
    for _time in range(2):
        asked = lead.post(f"{there}ask-to-erase/", {"reason": WHY}, format="json", headers=again)
        assert (asked.status_code, asked.json()["erased_at"]) == (200, None)
    assert Request.objects.visible_to(soraya).filter(kind="erase-value").count() == 1
    assert lead.post(f"{there}open/", {"reason": WHY}, format="json").status_code == 404
    assert lead.post("/api/v1/committed-values/", {"value": "x"}, format="json").status_code == 404
    assert as_program(omar).get(there).status_code == 404
    assert lead.get("/api/v1/committed-values/nonsense/").status_code == 404
