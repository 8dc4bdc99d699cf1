"""How strongly weapons and incidents are linked, and before which day none can have been made."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from comparison import services
from comparison.models import Link
from evidence import services as evidence
from investigations import services as investigations
from investigations.models import Role
from tests.comparison.conftest import GYROSCOPE, SERVO
from tests.conftest import person


def relatives_page(client, weapon):
    return client.get(reverse("comparison:weapon_detail", args=[weapon.pk]))


def pair_page(client, one, other, noun="weapon"):
    there = reverse(f"comparison:{noun}_against", args=[one.pk])
    return client.get(there, {"other": str(other.pk)})


def confirm(link, *examiners, conclusion="same-production-run"):
    for examiner in examiners:
        link.refresh_from_db()
        services.judge_link(
            link,
            by=examiner,
            version=link.version,
            conclusion=conclusion,
            confidence="high",
            reason="Serials 8 apart",
        )


@pytest.fixture
def mateo(night_raid, soraya, mission):
    """Another examiner of the case."""
    user = person("mateo", display_name="Mateo Ruiz", agency=mission)
    investigations.admit_member(night_raid, user, roles=[Role.EXAMINER], by=soraya)
    return user


@pytest.fixture
def noor(night_raid, soraya, mission):
    """A third examiner, asked where two disagree."""
    user = person("noor", agency=mission)
    investigations.admit_member(night_raid, user, roles=[Role.EXAMINER], by=soraya)
    return user


@pytest.fixture
def weapons(gyros, link, amal):
    """The two weapons that the gyroscopes were part of."""
    return [evidence.enter_weapon(one.item.incident, by=amal, exhibits=[one.item]) for one in gyros]


def test_a_proposal_links_nothing_and_is_shown_apart(client, amal, weapons):
    client.force_login(amal)
    text = relatives_page(client, weapons[0]).content.decode()
    assert "W-002" in text
    assert "No link of at least moderate strength is confirmed by two examiners." in text
    assert "Proposed, not confirmed by two examiners: at best strong support" in text
    assert "It does not address who used either weapon." in text


def test_one_examiner_is_not_enough_and_two_are(client, amal, lena, mateo, link, weapons):
    client.force_login(amal)
    confirm(link, lena)
    assert "is confirmed by two examiners" in relatives_page(client, weapons[0]).content.decode()
    confirm(link, mateo)
    text = relatives_page(client, weapons[0]).content.decode()
    assert "Strong support from the best component, Aerotek V10-A" in text
    assert "in one independent group of components" in text


def test_a_yes_and_a_shrug_are_no_two_confirmations(client, amal, lena, mateo, link, weapons):
    confirm(link, lena)
    confirm(link, mateo, conclusion="inconclusive")
    client.force_login(amal)
    text = relatives_page(client, weapons[0]).content.decode()
    assert "No link of at least moderate strength is confirmed" in text


def test_a_dispute_is_shown_without_weight_and_hidden_from_who_is_still_to_judge(
    client, amal, lena, mateo, noor, link, weapons
):
    confirm(link, lena)
    confirm(link, mateo, conclusion="excluded")
    client.force_login(amal)
    (relation,) = relatives_page(client, weapons[0]).context["found"].relations
    assert (relation.weightless, relation.proposed, relation.confirmed) == ([link], [], [])
    client.force_login(noor)
    (relation,) = relatives_page(client, weapons[0]).context["found"].relations
    assert (relation.weightless, relation.proposed, relation.confirmed) == ([], [link], [])
    assert str(link.pk) in pair_page(client, *weapons).content.decode()


def test_a_link_that_two_rejected_links_no_weapons(client, amal, lena, mateo, link, weapons):
    confirm(link, lena, mateo, conclusion="excluded")
    client.force_login(amal)
    assert relatives_page(client, weapons[0]).context["found"].relations == []


def test_two_weapons_stand_side_by_side_linked_components_first(
    client, amal, lena, mateo, link, weapons, gyros, component_of
):
    confirm(link, lena, mateo)
    servo = component_of(gyros[0].item.incident, "servo-actuator", **SERVO)
    evidence.amend_weapon(
        weapons[0], by=amal, version=weapons[0].version, exhibits=[servo.item, gyros[0].item]
    )
    client.force_login(amal)
    answer = pair_page(client, *weapons)
    first, second = answer.context["pair"].sides
    assert [row["component"] for row in first.rows] == [gyros[0], servo]
    assert [row["is_linked"] for row in first.rows] == [True, False]
    assert [row["component"] for row in second.rows] == [gyros[1]]
    text = answer.content.decode()
    assert str(link.pk) in text
    assert "match" not in text.lower()


def test_many_parts_of_one_kind_make_no_link_stronger(
    client, amal, lena, mateo, strike, harbour, component_of, reference
):
    ours, theirs = [], []
    for number in range(3):
        serial = {"serial_number": f"SN-00412{number}"}
        ours.append(component_of(strike, "gyroscope-imu", **GYROSCOPE | serial))
        serial = {"serial_number": f"SN-00414{number}"}
        theirs.append(component_of(harbour, "gyroscope-imu", **GYROSCOPE | serial))
    for component in (*ours, *theirs):
        services.propose_links(component)
    for link in Link.objects.all():
        confirm(link, lena, mateo)
    one, other = (
        evidence.enter_weapon(incident, by=amal, exhibits=[each.item for each in parts])
        for incident, parts in ((strike, ours), (harbour, theirs))
    )
    client.force_login(amal)
    linked = pair_page(client, one, other).context["pair"].relation.linked
    assert len(linked.confirmed.ties) > 3
    assert linked.confirmed.breadth == 1
    assert linked.confirmed.best.log10 == max(link.log10_ratio for link in Link.objects.all())


def test_incidents_are_linked_by_what_was_found_in_them(client, amal, link, strike, harbour):
    client.force_login(amal)
    there = reverse("comparison:incident_detail", args=[strike.pk])
    text = client.get(there).content.decode()
    assert harbour.ref in text
    assert "at best strong support" in text
    assert "V10-A" in pair_page(client, strike, harbour, "incident").content.decode()


def test_a_weapon_of_another_team_is_not_hinted_at(
    client, amal, soraya, seizure, gyros, reference, component_of
):
    hidden = component_of(
        seizure, "gyroscope-imu", by=soraya, **GYROSCOPE | {"serial_number": "SN-004124"}
    )
    for component in (*gyros, hidden):
        services.propose_links(component)
    ours = evidence.enter_weapon(gyros[0].item.incident, by=amal, exhibits=[gyros[0].item])
    theirs = evidence.enter_weapon(seizure, by=soraya, exhibits=[hidden.item])
    client.force_login(soraya)
    relations = relatives_page(client, ours).context["found"].relations
    assert [one.other for one in relations] == [theirs]
    client.force_login(amal)
    answer = relatives_page(client, ours)
    assert answer.context["found"].relations == []
    assert "No weapon is linked to it yet" in answer.content.decode()
    assert pair_page(client, ours, theirs).status_code == 404
    there = reverse("comparison:weapon_against", args=[ours.pk])
    assert client.get(there, {"other": "nonsense"}).status_code == 404


def coded(component_of, incident, code, **facts):
    board = component_of(incident, "pcb", part_number=f"P-{code}", date_code=code, **facts)
    services.propose_links(board)
    return board


def test_a_weapon_is_no_older_than_its_youngest_part(client, amal, strike, component_of):
    boards = [coded(component_of, strike, code) for code in ("19W02", "22W10")]
    weapon = evidence.enter_weapon(strike, by=amal, exhibits=[each.item for each in boards])
    client.force_login(amal)
    answer = relatives_page(client, weapon)
    age = answer.context["found"].age
    assert str(age.terminus.not_before) == "2022-03-07"
    assert [said.reading.component for said in age.rests_on] == [boards[1]]
    assert "7 Mar 2022" in answer.content.decode()


def test_a_code_that_reads_in_two_ways_says_what_holds_in_either(
    client, amal, strike, component_of
):
    board = coded(component_of, strike, "2213")
    weapon = evidence.enter_weapon(strike, by=amal, exhibits=[board.item])
    client.force_login(amal)
    answer = relatives_page(client, weapon)
    assert str(answer.context["found"].age.terminus.not_before) == "2013-05-27"
    text = answer.content.decode()
    assert "can be read in two ways" in text and "28 Mar 2022" in text


def test_codes_that_cannot_be_relied_on_are_left_out_with_their_reason(
    client, amal, strike, component_of
):
    investigations.amend_incident(
        strike,
        by=amal,
        version=strike.version,
        occurred_from=datetime(2022, 6, 1, tzinfo=UTC),
        occurred_precision="day",
    )
    sound = coded(component_of, strike, "19W02")
    fake = coded(component_of, strike, "21W02", maker_status="counterfeit-suspected")
    late = coded(component_of, strike, "24W02")
    struck = coded(component_of, strike, "22W02")
    evidence.record_marking(
        struck, by=amal, kind="date-code", state="re-marked-falsified", as_seen=""
    )
    services.propose_links(struck)
    parts = [each.item for each in (sound, fake, late, struck)]
    weapon = evidence.enter_weapon(strike, by=amal, exhibits=parts)
    client.force_login(amal)
    answer = relatives_page(client, weapon)
    assert str(answer.context["found"].age.terminus.not_before) == "2019-01-07"
    text = answer.content.decode()
    for why in ("A counterfeit is suspected", "Lies after the attack", "Re-marked"):
        assert why in text


def test_the_pages_cost_little(
    client, amal, lena, mateo, link, weapons, django_assert_max_num_queries
):
    confirm(link, lena, mateo)
    client.force_login(amal)
    relatives_page(client, weapons[0])
    with django_assert_max_num_queries(14):
        relatives_page(client, weapons[0])
    with django_assert_max_num_queries(13):
        pair_page(client, *weapons)


def test_programs_are_told_the_same(amal, as_program, weapons, link):
    program = as_program(amal)
    told = program.get(f"/api/v1/weapon-comparisons/{weapons[0].pk}/").json()
    assert told["relations"][0]["other"] == str(weapons[1].pk)
    assert told["relations"][0]["proposed"] == [str(link.pk)]
    pair = program.get(
        f"/api/v1/weapon-comparisons/{weapons[0].pk}/against/?other={weapons[1].pk}"
    ).json()
    assert "does not address" in pair["relation"]["sentence"]
    assert program.get("/api/v1/weapon-comparisons/nonsense/").status_code == 404


def test_programs_list_batches_and_models(amal, as_program, gyros, link):
    program = as_program(amal)
    (batch,) = program.get("/api/v1/batches/").json()["results"]
    assert [place["gap"] for place in batch["components"]] == [None, 8]
    (again,) = program.get(f"/api/v1/batches/{gyros[0].pk}/").json()
    assert again == batch
    assert program.get("/api/v1/batches/?kind=nonsense").status_code == 422
    matrix = program.get("/api/v1/commonality/").json()
    assert matrix["models"][0]["counts"] == [1, 1]
    assert len(matrix["incidents"]) == 2
