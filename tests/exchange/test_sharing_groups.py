"""Collections per sharing group: everybody in one reads the same there, nobody else anything."""

from dataclasses import replace

import pytest
from requests import HTTPError

from accounts.models import Agency
from evidence.models import Item
from exchange import services
from exchange.formats.stix.extensions import extension_id
from exchange.models import StixVersion
from investigations import services as investigations
from investigations.models import Incident, Role
from investigations.services.label import ask_to_lower, lower_label, mark_more_strictly
from ledger.models import Entry
from tests.conftest import person
from tests.exchange.conftest import objects_in, taken
from tests.exchange.straight import root_of

HANDLING = extension_id("vestige-handling")


@pytest.fixture
def frida(night_raid, bureau, soraya):
    """An analyst of the bureau, one of the team."""
    user = person("frida", agency=bureau)
    investigations.admit_member(night_raid, user, roles=[Role.ANALYST], by=soraya)
    return user


@pytest.fixture
def hana(night_raid, soraya):
    """An analyst of the harbour police, one of the team."""
    police = Agency.objects.create(name="Harbour Police", short_name="HP", kind="partner")
    user = person("hana", agency=police)
    investigations.admit_member(night_raid, user, roles=[Role.ANALYST], by=soraya)
    return user


@pytest.fixture
def petra(night_raid, bureau, soraya):
    """A partner of the bureau, who is shown what is shared with it."""
    user = person("petra", agency=bureau)
    investigations.admit_member(night_raid, user, roles=[Role.PARTNER], by=soraya)
    return user


def released_to(row, *people, by):
    """Keep a record, and what is drawn from it, among the agencies of these people."""
    row = type(row).objects.get(pk=row.pk)
    agencies = frozenset(each.agency_id for each in people)
    handling = replace(row.own_handling, releasable_to=agencies)
    mark_more_strictly(row, handling, by=by, reason="Told so.")


def shared_with(row, agency, *, asked_by, by):
    """Show a record, and the parts of an exhibit, to the partners of an agency."""
    wanted = replace(row.own_handling, shared_with=frozenset({agency.pk}))
    lower_label(ask_to_lower(row, wanted, by=asked_by, reason="For their letter."), by=by)


@pytest.fixture
def parted(night_raid, strike, harbour, gyro, frida, hana, soraya):
    """One attack for the mission and the bureau, one for the mission and the police; on offer."""
    released_to(strike, soraya, frida, by=soraya)
    released_to(harbour, soraya, hana, by=soraya)
    services.offer_case(night_raid, by=soraya, up_to="amber")
    return night_raid


def apart(user):
    """The collections of somebody beyond that of the whole team, and what lies in each."""
    whole, *others = root_of(user).collections
    return whole, others


def names_in(collection):
    return {one.get("name") for one in collection.get_objects()["objects"]} - {None}


def test_two_agencies_find_two_collections_each_with_its_own_objects(
    parted, strike, harbour, gyro, amal, frida, hana
):
    _whole, (of_bureau,) = apart(frida)
    _whole, (of_police,) = apart(hana)
    assert of_bureau.id != of_police.id
    assert strike.title in names_in(of_bureau) and harbour.title not in names_in(of_bureau)
    assert harbour.title in names_in(of_police) and strike.title not in names_in(of_police)
    told = of_bureau.get_objects()["objects"]
    assert gyro.exhibit_no in [one.get("exhibit_no") for one in told], "what is drawn from it, too"
    assert {tuple(one["extensions"][HANDLING]["releasable_to"]) for one in told} == {("FB", "JIM")}
    assert of_bureau.title.endswith("only for FB, JIM")
    assert "HP" not in of_bureau.title and "FB" not in of_police.title
    _whole, both = apart(amal)
    assert {one.id for one in both} == {of_bureau.id, of_police.id}


def test_everybody_in_a_group_is_told_the_same(parted, amal, frida, hana):
    """Line for line, with the moments at which things were added, wherever they share."""
    told = {}
    for user in (amal, frida, hana):
        for collection in root_of(user).collections:
            lines = str(collection.get_manifest(limit=1000))
            assert told.setdefault(collection.id, lines) == lines
    assert len(told) == 3


def test_what_the_whole_team_fetches_names_nothing_that_lies_apart(
    parted, strike, harbour, gyro, soraya
):
    whole, others = apart(soraya)
    hidden = {one["id"] for each in others for one in each.get_objects()["objects"]}
    words = str(whole.get_objects())
    assert hidden and not [key for key in hidden if key in words]
    assert strike.title not in words and gyro.exhibit_no not in words


def test_an_agency_that_is_withdrawn_finds_its_collection_no_more(
    parted, strike, frida, hana, soraya
):
    _whole, (of_bureau,) = apart(frida)
    of_bureau.get_objects()
    released_to(strike, soraya, by=soraya)
    with pytest.raises(HTTPError) as refused:
        of_bureau.get_objects()
    assert refused.value.response.status_code == 404
    assert apart(frida)[1] == []
    assert len(apart(hana)[1]) == 1, "nothing has changed for the others"
    services.offer_case(parted, by=soraya, up_to="amber")
    assert apart(frida)[1] == []
    assert len(apart(soraya)[1]) == 2


def test_what_comes_into_a_group_later_is_new_there(parted, strike, amal, frida, hana, soraya):
    """Whoever asks a collection what was added since the last time misses nothing."""
    _whole, (of_police,) = apart(hana)
    last = of_police.get_manifest(limit=1000)["objects"][-1]["date_added"]
    pier = investigations.enter_incident(parted, by=amal, title="Attack on the pier")
    services.offer_case(parted, by=soraya, up_to="amber")
    released_to(pier, soraya, hana, by=soraya)
    assert of_police.get_objects(added_after=last) == {}, "first it is put on offer to the group"
    services.offer_case(parted, by=soraya, up_to="amber")
    new = of_police.get_objects(added_after=last)["objects"]
    assert "Attack on the pier" in [one.get("name") for one in new]


def test_nothing_for_some_agencies_alone_leaves_as_a_file(parted, strike, harbour, soraya):
    assert objects_in(taken(parted, soraya), "incident") == []


def test_a_partner_fetches_what_is_shared_with_their_agency_and_no_more(
    night_raid, strike, gyro, bureau, petra, amal, soraya
):
    shared_with(strike, bureau, asked_by=amal, by=soraya)
    shared_with(Item.objects.get(pk=gyro.pk), bureau, asked_by=amal, by=soraya)
    figures = {"harm": "injured", "group": "civilian", "at_least": 2, "at_most": None}
    investigations.count_casualties(Incident.objects.get(pk=strike.pk), by=amal, **figures)
    services.offer_case(night_raid, by=soraya, up_to="amber")
    (collection,) = root_of(petra).collections
    told = collection.get_objects()["objects"]
    assert gyro.exhibit_no in [one.get("exhibit_no") for one in told]
    assert strike.title in [one.get("name") for one in told]
    assert "casualties" not in str(told), "what was counted is not shared with them"
    assert collection.title.endswith("shared with partners")
    assert "FB" not in f"{collection.title} {collection.description}"
    named = {one.id: one.description for one in root_of(amal).collections}
    assert named[collection.id] == "Shared with the partners FB."
    outsider = person("otto", agency=Agency.objects.create(name="Another", short_name="AN"))
    investigations.admit_member(night_raid, outsider, roles=[Role.PARTNER], by=soraya)
    assert root_of(outsider).collections == []


def test_what_a_partner_fetches_is_written_down_by_what_each_object_stands_for(
    night_raid, strike, gyro, bureau, petra, amal, soraya
):
    shared_with(strike, bureau, asked_by=amal, by=soraya)
    shared_with(Item.objects.get(pk=gyro.pk), bureau, asked_by=amal, by=soraya)
    services.offer_case(night_raid, by=soraya, up_to="amber")
    (collection,) = root_of(petra).collections
    collection.get_objects()
    collection.get_manifest()
    lines = Entry.objects.filter(act="investigations.sent_to_partner", actor=petra)
    told = {line.facts["page"]: line.facts for line in lines}
    assert {facts["door"] for facts in told.values()} == {"taxii"}
    assert "records" not in told.pop("taxii:collections", {}), "a list of collections tells of none"
    assert set(told) == {"taxii:objects", "taxii:manifest"}
    assert all(str(gyro.pk) in facts["records"]["evidence.item"] for facts in told.values())


def test_the_group_of_a_label_is_the_same_for_ever(parted, frida, soraya):
    before = {each.id for each in apart(soraya)[1]}
    services.withdraw_offer(parted, by=soraya)
    assert apart(soraya)[1] == []
    services.offer_case(parted, by=soraya, up_to="amber")
    assert {each.id for each in apart(soraya)[1]} == before
    assert {
        str(key) for key in StixVersion.objects.values_list("group", flat=True) if key
    } == before
