"""A partner's people add evidence of their own agency, and are shown that and what is shared."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, User
from comparison.services.reading import read_component
from core.errors import Refused
from core.markings import Handling
from core.scope import asking_as
from evidence import services
from evidence.models import File, Item
from investigations import services as investigations
from investigations.models import Case, Incident, Membership, Role
from investigations.services.label import ask_to_lower, lower_label, mark_more_strictly
from tests.conftest import person


@pytest.fixture
def partner(db: None) -> Agency:
    """The agency whose engineers found a part of the wreck."""
    return Agency.objects.create(name="Harbour Authority", short_name="HA")


@pytest.fixture
def hiba(night_raid: Case, soraya: User, partner: Agency) -> User:
    """An engineer of the partner agency."""
    user = person("hiba", display_name="Hiba Saleh", agency=partner)
    investigations.admit_member(night_raid, user, roles=[Role.PARTNER], by=soraya)
    return user


def share(row, with_whom: Agency, *, asks: User, agrees: User):
    """One asks, another agrees: from then on contributors of the agency are shown the row."""
    wanted = replace(row.own_handling, shared_with=frozenset({with_whom.pk}))
    request = ask_to_lower(row, wanted, by=asks, reason="They work on it with us.")
    lower_label(request, by=agrees)
    row.refresh_from_db()
    return row


@pytest.fixture
def shared(harbour: Incident, amal: User, soraya: User, partner: Agency) -> Incident:
    """The attack that the partner is told of."""
    return share(harbour, partner, asks=amal, agrees=soraya)


@pytest.fixture
def fin(shared: Incident, hiba: User, gyro: Item) -> Item:
    """What the partner found."""
    with asking_as(hiba):
        return services.log_item(
            shared.case, by=hiba, incident=shared, kind=gyro.kind, description="A fin"
        )


def test_a_contribution_is_controlled_by_its_agency(fin, hiba, partner, mission):
    assert fin.own_handling.originators == {partner.pk}
    assert fin.own_handling.releasable_to == {partner.pk, mission.pk}
    with asking_as(hiba):
        component = services.describe_component(fin, by=hiba, category=fin.kind)
        marking = services.record_marking(component, by=hiba, kind="logo", state="not-examined")
        file = services.receive_file(fin.case, by=hiba, chunks=[b"a"], name="a.jpg", item=fin)
        loose = services.receive_file(fin.case, by=hiba, chunks=[b"b"], name="b.jpg")
        services.assign_file(loose, fin, by=hiba)
        services.caption_file(file, by=hiba, caption="From the left", in_situ=True)
    for row in (component, marking, file, loose):
        assert row.own_handling.originators == {partner.pk}


def test_the_team_reads_and_works_on_it_too(fin, amal):
    with asking_as(amal):
        assert Item.objects.visible_to(amal).filter(pk=fin.pk).exists()
        services.describe_component(fin, by=amal, category=fin.kind)


def sees(user: User, row) -> bool:
    with asking_as(user):
        return type(row).objects.visible_to(user).filter(pk=row.pk).exists()


def test_an_incident_is_shared_without_its_exhibits(gyro, strike, hiba, amal, soraya, partner):
    share(strike, partner, asks=amal, agrees=soraya)
    assert sees(hiba, strike) and not sees(hiba, gyro)


def test_an_exhibit_is_shared_with_its_parts_and_not_with_its_comparisons(
    gyro, strike, hiba, amal, soraya, partner
):
    part = services.describe_component(gyro, by=amal, category=gyro.kind)
    marking = services.record_marking(part, by=amal, kind="logo", state="not-examined")
    file = services.receive_file(gyro.case, by=amal, chunks=[b"a"], name="a.jpg", item=gyro)
    reading = read_component(part)
    share(strike, partner, asks=amal, agrees=soraya)
    assert not any(sees(hiba, row) for row in (gyro, part, marking, file))
    share(gyro, partner, asks=amal, agrees=soraya)
    assert all(sees(hiba, row) for row in (gyro, part, marking, file))
    assert not sees(hiba, reading)
    later = services.describe_component(gyro, by=amal, category=gyro.kind)
    assert sees(hiba, later)


def test_an_exhibit_is_not_shared_before_its_incident(gyro, amal, soraya, partner):
    with pytest.raises(Refused, match="drawn from"):
        share(gyro, partner, asks=amal, agrees=soraya)


def test_sharing_takes_two_people_and_taking_it_back_one(strike, gyro, hiba, amal, soraya, partner):
    wanted = replace(strike.own_handling, shared_with=frozenset({partner.pk}))
    with pytest.raises(Refused, match="second person"):
        mark_more_strictly(strike, wanted, by=soraya, reason="They should see it.")
    share(strike, partner, asks=amal, agrees=soraya)
    share(gyro, partner, asks=amal, agrees=soraya)
    back = replace(strike.own_handling, shared_with=frozenset())
    mark_more_strictly(strike, back, by=soraya, reason="They are done.")
    assert not sees(hiba, strike) and not sees(hiba, gyro)


def test_a_partner_changes_nothing_of_the_team(gyro, fin, hiba, amal, soraya, partner):
    share(gyro.incident, partner, asks=amal, agrees=soraya)
    share(gyro, partner, asks=amal, agrees=soraya)
    with asking_as(hiba):
        seen = Item.objects.visible_to(hiba).get(pk=gyro.pk)
        with pytest.raises(PermissionDenied):
            services.describe_component(seen, by=hiba, category=seen.kind)
        with pytest.raises(PermissionDenied):
            services.amend_item(seen, by=hiba, version=seen.version, description="Mine")
        with pytest.raises(PermissionDenied):
            services.receive_file(seen.case, by=hiba, chunks=[b"c"], name="c.jpg", item=seen)
        with pytest.raises(PermissionDenied):
            services.store_item(fin, place="Our shelf", by=hiba)


def test_a_partner_finds_nothing_else(client: Client, gyro, fin, hiba):
    client.force_login(hiba)
    assert client.get(reverse("evidence:item_detail", args=[gyro.pk])).status_code == 404
    page = client.get(reverse("evidence:item_list")).content.decode()
    assert fin.exhibit_no in page
    assert gyro.exhibit_no not in page
    for route in ("comparison:link_list", "attribution:finding_list", "attribution:actor_list"):
        assert client.get(reverse(route)).status_code == 200


def test_the_page_offers_a_partner_what_a_partner_may_do(client: Client, fin, hiba):
    client.force_login(hiba)
    page = client.get(reverse("evidence:item_detail", args=[fin.pk])).content.decode()
    assert reverse("evidence:item_edit", args=[fin.pk]) in page
    for route in ("hand_over", "store", "seal"):
        assert reverse(f"evidence:{route}", args=[fin.pk]) not in page
    edited = client.post(
        reverse("evidence:component_create", args=[fin.pk]),
        {
            "category": fin.kind_id,
            "identification": "unidentified",
            "maker_status": "unknown",
            "serial_state": "not-examined",
            "transcription": "single-read",
        },
    )
    assert edited.status_code == 302, edited.content[-3000:]


def test_the_same_bytes_say_nothing_of_a_hidden_file(night_raid, soraya, amal):
    soraya.compartments = ["HARP"]
    soraya.save()
    file = services.receive_file(night_raid, by=soraya, chunks=[b"secret"], name="s.jpg")
    harp = Handling(compartments=frozenset({"HARP"}))
    mark_more_strictly(file, harp, by=soraya, reason="It shows a source.")
    with asking_as(amal), pytest.raises(Refused, match="Ask the lead"):
        services.receive_file(night_raid, by=amal, chunks=[b"secret"], name="mine.jpg")
    assert File.objects.count() == 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EMERGENCY])
def test_auditors_see_no_exhibit_and_emergency_readers_only_read(client, gyro, mission, role):
    user = person("guest", agency=mission)
    Membership.objects.create(case=gyro.case, user=user, roles=[role])
    client.force_login(user)
    page = client.get(reverse("evidence:item_detail", args=[gyro.pk]))
    reads = role == Role.EMERGENCY
    assert page.status_code == (200 if reads else 404)
    assert not reads or b'method="post"' not in page.content.partition(b'id="main"')[2]
    sealed = client.post(reverse("evidence:seal", args=[gyro.pk]), {"seal_no": "S-1"})
    assert sealed.status_code == (403 if reads else 404)
