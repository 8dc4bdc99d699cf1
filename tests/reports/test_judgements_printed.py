"""What a report says of examiners' judgements: of the facts it prints, and whether given blind."""

import pytest

from accounts.models import User
from comparison import services as comparison
from comparison.models import Link
from evidence import services as evidence
from investigations import services as investigations
from investigations.models import Case, Role
from tests.conftest import person
from tests.reports.conftest import made, text_of


@pytest.fixture
def mateo(night_raid: Case, soraya: User) -> User:
    """The second examiner."""
    user = person("mateo", display_name="Mateo Ruiz")
    investigations.admit_member(night_raid, user, roles=[Role.EXAMINER], by=soraya)
    return user


@pytest.fixture
def noor(night_raid: Case, soraya: User) -> User:
    """The third."""
    user = person("noor", display_name="Noor Saleh")
    investigations.admit_member(night_raid, user, roles=[Role.EXAMINER], by=soraya)
    return user


def judge(
    link: Link, by: User, reason: str, conclusion: str = "same-production-run", **more: str
) -> None:
    """Conclude about the link as it is now."""
    words = {"conclusion": conclusion, "confidence": "high", "reason": reason, **more}
    comparison.judge_link(link, by=by, version=Link.objects.get(pk=link.pk).version, **words)


def test_judgements_of_earlier_facts_are_not_printed_as_if_they_were_of_these(
    night_raid, link, lena, mateo, amal
):
    judge(link, lena, "Said of old facts")
    evidence.amend_component(link.left, by=amal, version=link.left.version, colour="green")
    comparison.propose_links(link.left)
    for examiner in (lena, mateo):
        judge(link, examiner, "Said of new")

    text = text_of(made(night_raid, amal))
    assert text.count("Said of new") == 2
    assert "Said of old facts" not in text


def test_a_second_thought_is_not_printed_as_if_it_were_blind(night_raid, link, lena, mateo, amal):
    judge(link, lena, "First word")
    judge(link, mateo, "Blind word", "same-make-and-model")
    assert "given knowing" not in text_of(made(night_raid, amal))
    judge(link, mateo, "Second thought")
    assert text_of(made(night_raid, amal)).count("given knowing the others") == 1


def test_a_dispute_is_printed_once_a_third_has_resolved_it_with_the_dissent(
    night_raid, link, lena, mateo, noor, amal
):
    judge(link, lena, "One casting")
    judge(link, mateo, "Other winding", "excluded")
    text = text_of(made(night_raid, amal))
    assert "two examiners disagree" in text
    assert "Other winding" not in text

    judge(link, noor, "Same ribs", "same-make-and-model")
    text = text_of(made(night_raid, amal))
    assert "Two of three examiners agree on: Same make and model." in text
    for reason in ("One casting", "Other winding", "Same ribs"):
        assert reason in text


def test_consistent_with_is_printed_with_the_other_sources(night_raid, link, lena, mateo, amal):
    for examiner in (lena, mateo):
        judge(link, examiner, "Same ribs", "consistent-with", alternatives="Any hobby shop")
    text = text_of(made(night_raid, amal))
    assert "other possible sources: Any hobby shop" in text
    assert "Both examiners agree on: Consistent with." in text
