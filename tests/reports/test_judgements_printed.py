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


def judge(link: Link, by: User, reason: str, conclusion: str = "same-production-run") -> None:
    """Conclude about the link as it is now."""
    version = Link.objects.get(pk=link.pk).version
    comparison.judge_link(
        link, by=by, conclusion=conclusion, confidence="high", reason=reason, version=version
    )


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
    judge(link, mateo, "Blind word", "inconclusive")
    assert "given knowing" not in text_of(made(night_raid, amal))
    judge(link, mateo, "Second thought")
    assert text_of(made(night_raid, amal)).count("given knowing the others") == 1
