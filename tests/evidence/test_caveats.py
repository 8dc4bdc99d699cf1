"""Caveats: they stick to an exhibit and its parts, and no way out lets past what they keep."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency
from core.errors import Refused
from evidence import services
from evidence.models import Caveat, Door, File, Item
from evidence.services.caveat import bound_among, caveats_against, caveats_of
from evidence.services.deliverable import expect_deliverable, receive_deliverable
from evidence.services.deployment import amend_deployment, enter_deployment
from investigations import services as investigations
from investigations.models import Role
from ledger.models import Entry
from tests.conftest import person
from tests.evidence.test_loans import ask


@pytest.fixture
def bureau(db):
    return Agency.objects.create(name="Federal Bureau", short_name="FB", kind="partner")


@pytest.fixture
def frida(night_raid, soraya, bureau):
    """Of the bureau, and a contributor to the case."""
    user = person("frida", agency=bureau)
    investigations.admit_member(night_raid, user, roles=[Role.PARTNER], by=soraya)
    return user


@pytest.fixture
def caveat(gyro, amal, bureau):
    return bind(gyro, amal, bureau)


def bind(item, by, agency, kind="originator-control"):
    return services.add_caveat(item, by=by, kind=kind, agency=agency, reason="Letter 4 of May.")


def lift(caveat, by, **more):
    told = {"consented_by": "A. Roe", "consented_on": date(2026, 1, 5), "consent_ref": "Fax 9"}
    return services.lift_caveat(caveat, by=by, **{**told, **more})


def part_of(item, by, **facts):
    return services.log_item(
        item.case, by=by, incident=item.incident, kind=item.kind, parent=item, description="A ring",
        **facts,
    )  # fmt: skip


def words(item):
    return [str(caveat) for caveat in caveats_of(item)]


def test_a_caveat_says_whose_it_is_and_why_and_stands_once(caveat, gyro, amal, bureau):
    line = Entry.objects.about(caveat).get()
    assert (line.facts["caveat"], line.facts["exhibit_no"]) == ("originator-control", "EV-0001")
    with pytest.raises(Refused, match="stands already"):
        bind(gyro, amal, bureau)
    with pytest.raises(Refused, match="Say why"):
        services.add_caveat(gyro, by=amal, kind="no-onward-release", agency=bureau, reason=" ")


def test_parts_inherit_it_to_any_depth_and_those_taken_off_later_too(caveat, gyro, amal):
    ring = part_of(gyro, amal)
    splinter = part_of(ring, amal)
    assert words(splinter) == ["originator control · FB"]
    assert [each.item for each in bound_among(Door.BUNDLE, [splinter])] == [splinter]
    assert {each.item.pk for each in bound_among(Door.TABLE, Item.objects.all())} == {
        gyro.pk,
        ring.pk,
        splinter.pk,
    }


def test_a_part_does_not_shed_it_by_being_put_elsewhere(caveat, gyro, amal):
    ring = part_of(gyro, amal)
    with pytest.raises(Refused, match="stays a part"):
        services.amend_item(ring, by=amal, version=ring.version, parent=None)


@pytest.mark.parametrize(
    ("kind", "shut", "open_still"),
    [
        ("originator-control", set(Door), set()),
        ("no-onward-release", set(Door), set()),
        ("laboratory-use-only", set(Door) - {Door.LABORATORY, Door.LOAN}, {Door.LABORATORY}),
    ],
)
def test_each_caveat_shuts_its_doors(gyro, amal, bureau, kind, shut, open_still):
    bind(gyro, amal, bureau, kind)
    for door in shut:
        with pytest.raises(Refused, match="EV-0001"):
            services.require_free(door, [gyro])
    for door in open_still:
        services.require_free(door, [gyro])


def test_it_is_lifted_with_the_agencys_consent_written_down(caveat, gyro, amal, soraya, frida):
    with pytest.raises(PermissionDenied):
        lift(caveat, amal)
    with pytest.raises(Refused, match="Say who consented"):
        lift(caveat, soraya, consent_ref=" ")
    with pytest.raises(Refused, match="has not come yet"):
        lift(caveat, soraya, consented_on=timezone.now().date() + timedelta(days=2))
    lifted = lift(caveat, soraya)
    assert (lifted.lifted_by, lifted.is_standing) == (soraya, False)
    line = Entry.objects.about(caveat).get(act="evidence.caveat_lifted")
    assert (line.facts["consented_by"], line.facts["consent"]) == ("A. Roe", "Fax 9")
    services.require_free(Door.BUNDLE, [gyro])
    with pytest.raises(Refused, match="lifted already"):
        lift(caveat, soraya)


def test_an_unbound_exhibit_is_lent_and_a_bound_one_is_not(gyro, amal, bureau):
    caveat = bind(gyro, amal, bureau)
    with pytest.raises(Refused, match="A caveat keeps these from leaving: EV-0001"):
        ask(gyro, by=amal)
    assert Caveat.objects.get() == caveat


def test_a_caveat_that_comes_after_the_yes_still_keeps_it_here(gyro, amal, soraya, bureau):
    loan = ask(gyro, by=amal)
    services.agree_to_loan(loan.request, by=soraya)
    bind(gyro, amal, bureau)
    with pytest.raises(Refused, match="keeps these from leaving"):
        services.hand_out(loan, by=amal)


def test_whoever_agrees_to_a_loan_reads_that_it_is_for_laboratories(gyro, amal, bureau):
    bind(gyro, amal, bureau, "laboratory-use-only")
    loan = ask(gyro, by=amal)
    assert loan.request.asked["words"]["Caveats"] == "laboratory use only · FB"


def test_the_table_names_what_is_kept_and_goes_without_it_when_asked(
    client, caveat, gyro, strike, amal
):
    free = services.log_item(
        gyro.case, by=amal, incident=strike, kind=gyro.kind, description="A free fin"
    )
    client.force_login(amal)
    there = reverse("evidence:item_export")
    refused = client.post(there)
    assert refused.status_code == 422
    assert gyro.exhibit_no in refused.content.decode()
    taken = client.post(there, {"leave_out": "on"})
    text = b"".join(taken.streaming_content).decode("utf-8-sig")
    assert free.exhibit_no in text and gyro.exhibit_no not in text
    assert "1 exhibit left out under a caveat" in text.splitlines()[0]


def taken_by(client, person, file):
    client.force_login(person)
    return client.post(reverse("evidence:file_download", args=[file.pk]))


@pytest.mark.parametrize(
    ("kind", "examiner_takes_it"),
    [
        ("originator-control", False),
        ("no-onward-release", False),
        ("laboratory-use-only", True),
    ],
)
def test_an_original_stays_here_but_for_laboratories_where_it_was_given_to_them(
    client, photo, gyro, amal, lena, bureau, kind, examiner_takes_it
):
    bind(gyro, amal, bureau, kind)
    refused = taken_by(client, amal, photo)
    assert refused.status_code == 422
    assert "A caveat keeps this original here" in refused.content.decode()
    assert not Entry.objects.about(photo).filter(act="evidence.original_downloaded").exists()
    assert taken_by(client, lena, photo).status_code == (200 if examiner_takes_it else 422)


def test_the_agency_takes_what_is_its_own_and_everybody_once_it_consents(
    client, caveat, photo, amal, soraya, bureau
):
    soraya.agency = bureau
    soraya.save()
    assert taken_by(client, soraya, photo).status_code == 200
    lift(caveat, soraya)
    assert taken_by(client, amal, photo).status_code == 200


def test_what_was_made_from_a_bound_file_stays_as_it_does(caveat, photo, amal):
    copy = services.receive_file(photo.case, by=amal, chunks=[b"a cutting"], name="cutting.txt")
    assert caveats_against(copy, amal) == []
    copy.derived_from = photo
    assert caveats_against(copy, amal) == [caveat]


def test_the_page_of_the_file_still_shows_it_and_says_why_it_is_not_given_out(
    client, caveat, photo, amal
):
    client.force_login(amal)
    page = client.get(reverse("evidence:file_detail", args=[photo.pk])).content.decode()
    assert "A caveat keeps the original here:" in page
    assert reverse("evidence:file_download", args=[photo.pk]) not in page
    assert client.get(reverse("evidence:file_preview", args=[photo.pk])).status_code == 200


def test_the_page_of_the_exhibit_offers_no_original_that_is_kept_and_says_who_is_to_be_asked(
    client, photo, gyro, amal, lena, bureau
):
    there = reverse("evidence:item_detail", args=[gyro.pk])
    download = reverse("evidence:file_download", args=[photo.pk])

    def page(person):
        client.force_login(person)
        return client.get(there).content.decode()

    assert download in page(amal)
    bind(gyro, amal, bureau, "laboratory-use-only")
    kept = page(amal)
    assert download not in kept and "Ask the agency named here for its consent" in kept
    assert download in page(lena), "who examines takes what is for laboratories"


def test_a_copy_on_show_is_kept_by_the_caveat_on_what_it_was_made_of(
    client, caveat, photo, strike, amal
):
    fin = services.log_item(
        photo.case, by=amal, incident=strike, kind=photo.item.kind, description="A free fin"
    )
    copy = services.receive_file(photo.case, by=amal, chunks=[b"a cut"], name="a.txt", item=fin)
    File.objects.filter(pk=copy.pk).update(derived_from=photo, copy_type="derived")
    client.force_login(amal)
    page = client.get(reverse("evidence:item_detail", args=[fin.pk])).content.decode()
    assert reverse("evidence:file_download", args=[copy.pk]) not in page
    assert "Ask the agency named here for its consent" in page


def test_the_page_of_the_exhibit_shows_it_and_parts_say_that_they_are_under_it(
    client, caveat, gyro, amal
):
    ring = part_of(gyro, amal)
    client.force_login(amal)
    page = client.get(reverse("evidence:item_detail", args=[gyro.pk])).content.decode()
    assert "Under a caveat:" in page and "Letter 4 of May." in page
    page = client.get(reverse("evidence:item_detail", args=[ring.pk])).content.decode()
    assert "as a part of what is under it" in page and "Letter 4 of May." not in page


def test_a_caveat_is_added_on_a_page_by_the_short_name_of_the_agency(client, gyro, amal, bureau):
    client.force_login(amal)
    there = reverse("evidence:caveat_create", args=[gyro.pk])
    typed = {"kind": "no-onward-release", "agency": "FB", "reason": "As agreed."}
    assert client.post(there, typed).status_code == 302
    assert words(gyro) == ["no onward release · FB"]


def test_programs_read_what_is_in_force(gyro, amal, bureau, as_program):
    bind(gyro, amal, bureau)
    ring = part_of(gyro, amal)
    told = as_program(amal).get(f"/api/v1/items/{ring.pk}/caveats/").json()
    assert told == [{"kind": "originator-control", "agency": "FB", "is_inherited": True}]


@pytest.fixture
def agreement(night_raid, amal, soraya, bureau):
    need = investigations.enter_need(night_raid, by=amal, capability="DVI", description="Help")
    offer = investigations.enter_offer(
        need, by=amal, agency=bureau, capability="DVI", description="A team",
        offered_on=date(2026, 1, 2),
    )  # fmt: skip
    return investigations.decide_offer(
        offer, by=soraya, decision="accepted", document_ref="L 7", signed_on=date(2026, 1, 3)
    )


COME = {"team": "DVI team", "persons": ["A. Roe, odontologist"], "arrives_on": date(2026, 1, 9)}


def test_a_team_comes_only_under_an_agreement(night_raid, amal, soraya, bureau):
    need = investigations.enter_need(night_raid, by=amal, capability="DVI", description="Help")
    offer = investigations.enter_offer(
        need, by=amal, agency=bureau, capability="DVI", description="A team",
        offered_on=date(2026, 1, 2),
    )  # fmt: skip
    with pytest.raises(Refused, match="Nothing is agreed on yet"):
        enter_deployment(offer, by=amal, liaison=soraya, **COME)


def test_a_deployment_names_its_people_host_and_what_they_touch(
    agreement, gyro, amal, soraya, frida
):
    with pytest.raises(Refused, match="at least one person"):
        enter_deployment(agreement, by=amal, liaison=soraya, **{**COME, "persons": [" "]})
    with pytest.raises(Refused, match="case's own team"):
        enter_deployment(agreement, by=amal, liaison=frida, **COME)
    team = enter_deployment(agreement, by=amal, liaison=soraya, exhibits=[gyro], **COME)
    assert (team.ref, list(team.exhibits.all())) == ("DP-0001", [gyro])
    amended = amend_deployment(team, by=amal, version=1, exhibits=[], remarks="Sent home.")
    assert not amended.exhibits.exists()
    line = Entry.objects.about(team).get(act="evidence.deployment_amended")
    assert line.facts["exhibits"] == []


def test_a_deliverable_is_expected_and_received_as_a_file(agreement, photo, amal):
    due = expect_deliverable(agreement, by=amal, what="Report", due=date(2026, 1, 20))
    assert due.is_overdue
    with pytest.raises(Refused, match="say in words what it was"):
        receive_deliverable(due, by=amal, remarks=" ")
    came = receive_deliverable(due, by=amal, received_on=date(2026, 1, 30), file=photo)
    assert (came.file, came.received_by, came.is_overdue) == (photo, amal, False)
    with pytest.raises(Refused, match="received already"):
        receive_deliverable(due, by=amal, remarks="Again")


def test_the_page_of_the_agreement_shows_teams_and_deliverables(client, agreement, amal, soraya):
    enter_deployment(agreement, by=amal, liaison=soraya, **COME)
    expect_deliverable(agreement, by=amal, what="A register of findings")
    client.force_login(amal)
    there = reverse("investigations:assistanceoffer_detail", args=[agreement.pk])
    page = client.get(there).content.decode()
    assert "DVI team" in page and "A register of findings" in page
    typed = {"team": "Second team", "persons": "B. Poe\nC. Moe", "arrives_on": "2026-02-01"}
    create = reverse("evidence:deployment_create", args=[agreement.pk])
    told = client.post(create, {**typed, "liaison": soraya.pk}, follow=True).content.decode()
    assert "Second team" in told and "C. Moe" in told
