"""An examiner takes back a slip of the hand: at once, alone, and on the record."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from comparison import services
from comparison.models import Judgement, Link, LinkState, Withdrawal
from comparison.services import withdrawing
from core.errors import Refused
from ledger.models import Entry
from tests.comparison.test_judgements import judge


def test_it_stays_on_record_and_no_longer_counts(link, lena, mateo):
    judgement = judge(link, lena)
    assert services.undoable(lena) == judgement
    services.withdraw_judgement(judgement, by=lena)

    link.refresh_from_db()
    assert (link.state, link.examiners) == (LinkState.PROPOSED, 0)
    assert Judgement.objects.get() == judgement
    assert Withdrawal.objects.get().withdrawn_by == lena
    line = Entry.objects.get(act="comparison.judgement_withdrawn")
    assert line.facts == {"judgement": str(judgement.pk)}
    assert services.undoable(lena) is None
    assert Link.objects.visible_to(lena).awaiting(lena).exists()


def test_what_was_taken_back_is_told_to_nobody_who_may_still_judge(link, lena, mateo):
    services.withdraw_judgement(judge(link, lena), by=lena)
    assert not Judgement.objects.visible_to(mateo).exists()
    judge(link, mateo)
    assert Judgement.objects.visible_to(mateo).count() == 2


def test_the_next_word_is_blind_again(link, lena, mateo):
    services.withdraw_judgement(judge(link, lena, "excluded"), by=lena)
    judge(link, mateo)
    assert not Judgement.objects.visible_to(lena).filter(examiner=mateo).exists()
    assert not judge(link, lena).is_informed
    link.refresh_from_db()
    assert link.state == LinkState.CONFIRMED


def test_a_second_thought_is_taken_back_before_the_first(link, lena):
    first, second = judge(link, lena, "inconclusive"), judge(link, lena)
    with pytest.raises(Refused, match="later"):
        services.withdraw_judgement(first, by=lena)
    services.withdraw_judgement(second, by=lena)
    link.refresh_from_db()
    assert link.examiners == 1


def test_not_once_somebody_else_has_judged(link, lena, mateo):
    hers, his = judge(link, lena), judge(link, mateo)
    for judgement, examiner in ((hers, lena), (his, mateo)):
        assert services.undoable(examiner) is None
        with pytest.raises(Refused, match="colleague"):
            services.withdraw_judgement(judgement, by=examiner)


def test_not_after_ten_minutes(link, lena, monkeypatch):
    judgement = judge(link, lena)
    assert timedelta(minutes=10) == withdrawing.GRACE
    monkeypatch.setattr(withdrawing, "GRACE", timedelta(0))
    assert services.undoable(lena) is None
    with pytest.raises(Refused, match="ten minutes"):
        services.withdraw_judgement(judgement, by=lena)


def test_not_twice_and_not_for_a_colleague(link, lena, mateo, amal):
    judgement = judge(link, lena)
    for other in (mateo, amal):
        with pytest.raises(PermissionDenied):
            services.withdraw_judgement(judgement, by=other)
    services.withdraw_judgement(judgement, by=lena)
    with pytest.raises(Refused, match="no longer counts"):
        services.withdraw_judgement(judgement, by=lena)
