"""Up to four components side by side, and a note on each feature."""

import re

import pytest
from django.urls import reverse

from comparison import services
from comparison.models import Judgement, Link
from core.markings import Handling
from investigations import services as investigations
from investigations.models import Role
from tests.comparison.conftest import GYROSCOPE
from tests.comparison.test_pages import judge, page_of

NOTE = "The casting has a second gate mark"


@pytest.fixture
def relatives(link, component_of, strike, harbour) -> list[Link]:
    """Three more gyroscopes that were compared with one end or the other."""
    for incident, serial in ((strike, "SN-004135"), (strike, "SN-008000"), (harbour, "SN-009000")):
        facts = GYROSCOPE | {"serial_number": serial}
        services.propose_links(component_of(incident, "gyroscope-imu", **facts))
    return list(Link.objects.of(link.left) | Link.objects.of(link.right))


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_third_and_a_fourth_component_are_laid_beside_a_pair(client, link, relatives, lena):
    client.force_login(lena)
    offered = page_of(client, link).context["relatives"]
    assert len(offered) == 3
    assert not any(chip["current"] for chip in offered)

    keys = [str(chip["relative"].link.pk) for chip in offered]
    page = page_of(client, link, beside=keys[:2])
    sides = [side["ref"] for side in page.context["sides"]]
    ends = [chip["relative"].end.item.exhibit_no for chip in offered[:2]]
    assert sides == [*(end.item.exhibit_no for end in link.ends), *ends]
    serial = next(line for line in page.context["lines"] if line.feature == "serial")
    assert [cell.value for cell in serial.beside] == [
        chip["relative"].end.serial_number for chip in offered[:2]
    ]
    assert {cell.word for cell in serial.beside} <= {"Similar", "Different"}
    assert all(cell.of in sides[:2] for cell in serial.beside)
    assert "beside=" in page.context["relatives"][0]["url"]


def test_no_more_than_four_stand_side_by_side(client, link, relatives, lena):
    client.force_login(lena)
    keys = [str(one.pk) for one in relatives if one.pk != link.pk]
    page = page_of(client, link, beside=keys)
    assert len(keys) > 2
    assert len(page.context["sides"]) == 4


def test_nothing_is_laid_beside_that_one_may_not_see(
    client, link, component_of, seizure, other_case, soraya, lena
):
    facts = GYROSCOPE | {"serial_number": "SN-004130"}
    hidden = component_of(seizure, "gyroscope-imu", by=soraya, **facts)
    services.propose_links(hidden)
    unseen = Link.objects.of(hidden).first()
    client.force_login(lena)
    page = page_of(client, link, beside=[str(unseen.pk), "nonsense"])
    assert page.context["relatives"] == []
    assert len(page.context["sides"]) == 2
    assert hidden.item.exhibit_no not in {side["ref"] for side in page.context["sides"][2:]}
    assert "SN-004130" not in page.content.decode()

    investigations.admit_member(other_case, lena, roles=[Role.EXAMINER], by=soraya)
    assert len(page_of(client, link, beside=[str(unseen.pk)]).context["sides"]) == 3


def test_a_note_on_a_feature_is_kept_with_the_judgement_and_hidden_until_one_has_judged(
    client, link, lena, mateo
):
    client.force_login(lena)
    page = page_of(client, link).content.decode()
    assert 'name="explained-finish"' in page
    assert 'form="verdict-form"' in page
    judge(client, link, **{"explained-finish": NOTE})
    assert Judgement.objects.get().explained == {"finish": NOTE}
    assert f"Finish or casting: {NOTE}" in text_of(page_of(client, link)).replace(" :", ":")

    client.force_login(mateo)
    assert NOTE not in page_of(client, link).content.decode()
    judge(client, link)
    assert NOTE in page_of(client, link).content.decode()


def test_a_note_outlives_the_switch_to_differences_and_a_refusal(client, link, lena):
    client.force_login(lena)
    assert 'name="explained-finish"' in page_of(client, link, show="differences").content.decode()
    refused = judge(client, link, reason="", **{"explained-finish": NOTE})
    assert refused.status_code == 422
    assert NOTE in refused.content.decode()


def test_whoever_may_not_judge_is_asked_for_no_note(client, link, amal):
    client.force_login(amal)
    assert "explained-finish" not in page_of(client, link).content.decode()


def test_the_list_says_what_was_concluded_to_whoever_may_know_it(client, link, lena, mateo, amal):
    there = reverse("comparison:link_list")
    client.force_login(lena)
    judge(client, link)
    client.force_login(amal)  # judges nothing, and so may know
    assert "same model and same production run" in client.get(there).content.decode()
    client.force_login(mateo)
    shown = client.get(there).content.decode()
    assert "1 examiner has judged" in shown
    assert "Lena Vogt" not in shown
    judge(client, link, conclusion="excluded")
    disputed = client.get(there, {"tab": "disputed"}).content.decode()
    assert re.search(r"Lena Vogt</bdi>: same model and same production run", disputed)
    assert re.search(r"Mateo Ruiz</bdi>: excluded", disputed)


def test_a_row_says_how_old_its_pair_is(client, link, lena):
    client.force_login(lena)
    assert "today" in client.get(reverse("comparison:link_list")).content.decode()


def test_a_page_is_handled_as_the_strictest_of_all_that_is_offered_on_it(
    client, link, relatives, lena, soraya, harbour
):
    client.force_login(lena)
    other = next(one for one in relatives if one.pk != link.pk)
    end = other.left if other.left not in link.ends else other.right
    before = page_of(client, link).context["marking"]
    investigations.mark_more_strictly(
        end.item, Handling(tlp="red", pap="red"), by=soraya, reason="Its owner asks for it"
    )
    assert (before.tlp, page_of(client, link).context["marking"].tlp) == ("amber", "red")
