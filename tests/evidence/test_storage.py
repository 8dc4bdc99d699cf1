"""Storage: places in places, what may lie where, and what a reader learns of how full they are."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from catalogue.models import ComponentCategory
from core.errors import Refused
from evidence import services
from evidence.models import StoragePlace, custody_of
from evidence.models.stock import Level, fills
from investigations import services as investigations
from investigations.models import Role
from ledger.models import Entry
from tests.conftest import person
from tests.hands import pass_on


@pytest.fixture
def idris(night_raid, soraya, mission):
    """The custodian, who looks after the store."""
    user = person("idris", display_name="Idris Sane", agency=mission)
    investigations.admit_member(night_raid, user, roles=[Role.CUSTODIAN], by=soraya)
    return user


@pytest.fixture
def house(idris, mission):
    return services.open_place(mission, by=idris, name="Evidence house", kind="site")


@pytest.fixture
def room(house, idris):
    return within(house, idris, name="Room 2", kind="room")


@pytest.fixture
def box(room, idris):
    return within(room, idris, name="Box 4", kind="box", capacity=2)


@pytest.fixture
def hidden(mission, soraya, idris, catalogue):
    """An exhibit of a case that Amal and Idris do not work on, kept in the same agency's store."""
    case = investigations.open_case(
        soraya, title="Quillwort", public_title="Quillwort", mandate="Article 4"
    )
    incident = investigations.enter_incident(case, by=soraya, title="Quillwort attack")
    return services.log_item(
        case,
        by=soraya,
        incident=incident,
        kind=ComponentCategory.objects.get(code="pcb"),
        description="Quillwort board",
    )


def within(place, by, **facts):
    return services.open_place(None, by=by, parent=place, **facts)


def another(gyro, by, **facts):
    return services.log_item(
        gyro.case, by=by, incident=gyro.incident, kind=gyro.kind, description="Spar", **facts
    )


def told(place, reader):
    rows = list(StoragePlace.objects.visible_to(reader))
    return fills(rows, reader)[place.pk]


def test_an_exhibit_stored_in_a_box_is_told_by_its_whole_way(gyro, amal, box):
    services.store_item(gyro, storage=box, by=amal)
    gyro.refresh_from_db()
    assert gyro.storage == box
    assert gyro.kept_at == "Evidence house › Room 2 › Box 4"
    assert custody_of(gyro)[0].to_place == gyro.kept_at


def found_in_baghdad(night_raid, amal, *, minutes_ago):
    incident = investigations.enter_incident(
        night_raid, by=amal, title="Attack", latitude=Decimal("33.31"), longitude=Decimal("44.36")
    )
    found = timezone.now() - timedelta(minutes=minutes_ago)
    told = {"kind": ComponentCategory.objects.get(code="pcb"), "description": "A board"}
    when = {"recovered_at": found, "recovered_precision": "minute"}
    return services.log_item(night_raid, by=amal, incident=incident, **told, **when)


def store_in_aden(mission, idris):
    site = {"name": "Aden depot", "latitude": Decimal("12.79"), "longitude": Decimal("45.03")}
    depot = services.open_place(mission, by=idris, kind="site", **site)
    return within(depot, idris, name="Cupboard", kind="box")


def test_what_is_stored_where_it_cannot_have_come_to_by_then_is_a_gap(
    night_raid, amal, idris, mission
):
    box = store_in_aden(mission, idris)
    late = found_in_baghdad(night_raid, amal, minutes_ago=600)
    soon = found_in_baghdad(night_raid, amal, minutes_ago=60)
    for board in (late, soon):
        services.store_item(board, storage=box, by=amal)

    assert services.gaps_of(late) == []
    (gap,) = services.gaps_of(soon)
    assert gap.gap.kind == "travel"
    assert "2283 km in 60 minutes" in gap.words


def test_a_stock_take_far_away_shows_an_impossible_journey(night_raid, amal, idris, mission):
    box = store_in_aden(mission, idris)
    board = found_in_baghdad(night_raid, amal, minutes_ago=60)
    stocktake = services.begin_stocktake(box, by=idris)
    services.note_seen(stocktake, by=idris, scanned=board.scanned_as)
    services.finish_stocktake(stocktake, by=idris)

    assert [gap.gap.kind for gap in services.gaps_of(board)] == ["travel"]


def test_where_a_store_stands_is_told_neither_in_a_line_nor_by_the_program(
    night_raid, amal, idris, mission, as_program
):
    board = found_in_baghdad(night_raid, amal, minutes_ago=600)
    services.store_item(board, storage=store_in_aden(mission, idris), by=amal)

    lines = Entry.objects.about(board).filter(act__startswith="evidence.item_")
    assert [line.facts["coordinates"] for line in lines if "coordinates" in line.facts] == [
        ["33.31", "44.36"]
    ]
    events = as_program(amal).get(f"/api/v1/items/{board.pk}/custody/").json()["events"]
    assert [event["latitude"] for event in events] == [None, "33.310000"]


def test_whoever_takes_an_exhibit_takes_it_out_of_its_place(gyro, amal, lena, box):
    services.store_item(gyro, storage=box, by=amal)
    pass_on(gyro, to=lena, by=amal)
    gyro.refresh_from_db()
    assert (gyro.storage, gyro.kept_at) == (None, "")


def test_live_ordnance_lies_only_where_there_is_a_licence(gyro, amal, room, idris):
    live = another(gyro, amal, hazards=["live-EO"])
    with pytest.raises(Refused, match="not licensed for explosives"):
        services.store_item(live, storage=room, by=amal)
    bunker = within(room.parent, idris, name="Bunker", kind="room", licensed_for_explosives=True)
    shelf = within(bunker, idris, name="Shelf 1", kind="shelf")
    services.store_item(live, storage=shelf, by=amal)
    bunker.refresh_from_db()
    with pytest.raises(Refused, match="needs a place licensed"):
        services.amend_place(bunker, by=idris, version=1, licensed_for_explosives=False)
    with pytest.raises(Refused, match="needs a place licensed"):
        services.move_place(shelf, to=room, by=idris)


def test_a_full_place_takes_no_more_however_deep_it_is_put(gyro, amal, box, room, idris):
    inner = within(box, idris, name="Tray", kind="box")
    for item in (gyro, another(gyro, amal)):
        services.store_item(item, storage=inner, by=amal)
    third = another(gyro, amal)
    for place in (box, inner):
        with pytest.raises(Refused, match="takes 2 exhibits"):
            services.store_item(third, storage=place, by=amal)
    gyro.refresh_from_db()
    services.store_item(gyro, storage=box, by=amal)  # it was inside already
    with pytest.raises(Refused, match="More is kept there"):
        services.amend_place(box, by=idris, version=box.version, capacity=1)


def test_what_the_reader_may_not_see_fills_a_place_without_a_name(
    client, gyro, amal, idris, soraya, hidden, box
):
    services.store_item(gyro, storage=box, by=amal)
    page = reverse("evidence:place_detail", args=[box.pk])
    client.force_login(amal)
    assert told(box, amal) == fills([box], amal)[box.pk]
    assert (told(box, amal).seen, told(box, amal).total) == (1, None)
    assert told(box, amal).level == Level.ROOM
    services.store_item(hidden, storage=box, by=soraya)

    assert (told(box, amal).seen, told(box, amal).level) == (1, Level.FULL)
    assert (told(box, idris).seen, told(box, idris).total, told(box, idris).unseen) == (1, 2, 1)
    for reader in (amal, idris):
        client.force_login(reader)
        for shown in (page, reverse("evidence:place_list")):
            text = client.get(shown).content.decode()
            assert "Quillwort" not in text and hidden.case.ref not in text
    spare = another(gyro, amal)
    with pytest.raises(Refused, match="takes 2 exhibits") as refusal:
        services.store_item(spare, storage=box, by=amal)
    assert "Quillwort" not in str(refusal.value)


def test_a_page_is_the_same_while_there_is_room_whatever_else_lies_there(
    client, gyro, amal, soraya, hidden, room
):
    services.store_item(gyro, storage=room, by=amal)
    client.force_login(amal)
    before = told(room, amal)
    services.store_item(hidden, storage=room, by=soraya)
    assert told(room, amal) == before


def test_carrying_a_box_moves_all_that_is_in_it_seen_or_not(
    gyro, amal, idris, soraya, hidden, box, house
):
    services.store_item(gyro, storage=box, by=amal)
    services.store_item(hidden, storage=box, by=soraya)
    cellar = within(house, idris, name="Cellar", kind="room")
    services.move_place(box, to=cellar, by=idris)
    for item in (gyro, hidden):
        item.refresh_from_db()
        assert item.kept_at == "Evidence house › Cellar › Box 4"
        assert Entry.objects.about(item).last().actor == idris
    line = Entry.objects.about(box).last()
    assert line.facts["exhibits"] == 2
    assert "Quillwort" not in line.body and gyro.exhibit_no not in line.body


@pytest.mark.parametrize(
    ("kind", "above"), [("room", "box"), ("site", "room"), ("shelf", "shelf"), ("room", "room")]
)
def test_wider_places_do_not_stand_in_narrower_ones(room, box, idris, kind, above):
    outer = {"room": room, "box": box, "shelf": None}[above]
    outer = outer or within(room, idris, name="Shelf", kind="shelf")
    with pytest.raises(ValidationError):
        within(outer, idris, name="Other", kind=kind)


def test_a_place_is_neither_carried_into_itself_nor_to_another_agency(box, idris, nadia_store):
    inner = within(box, idris, name="Tray", kind="box")
    with pytest.raises(Refused, match="in itself"):
        services.move_place(box, to=inner, by=idris)
    with pytest.raises(PermissionDenied):
        services.move_place(box, to=nadia_store, by=idris)


@pytest.fixture
def nadia_store(admin):
    from accounts.models import Agency

    guard = Agency.objects.create(name="Coast Guard", short_name="CG")
    return services.open_place(guard, by=admin, name="Pier", kind="site")


def test_a_place_is_closed_when_nothing_is_in_it(gyro, amal, room, box, idris):
    services.store_item(gyro, storage=box, by=amal)
    with pytest.raises(Refused, match="still kept there"):
        services.retire_place(room, by=idris, reason="Damp")
    pass_on(gyro, to=idris, by=amal)
    services.retire_place(room, by=idris, reason="Damp")
    box.refresh_from_db()
    with pytest.raises(Refused, match="is closed"):
        services.store_item(gyro, storage=box, by=idris)
    services.reopen_place(room, by=idris)
    services.store_item(gyro, storage=StoragePlace.objects.get(pk=box.pk), by=idris)


def test_only_those_who_keep_it_change_a_store(room, amal, omar, admin):
    for other in (amal, omar):
        with pytest.raises(PermissionDenied):
            services.amend_place(room, by=other, version=room.version, name="Mine")
    services.amend_place(room, by=admin, version=room.version, name="Room 3")


def test_the_store_of_another_agency_is_not_there(client, gyro, amal, nadia_store):
    client.force_login(amal)
    assert client.get(reverse("evidence:place_detail", args=[nadia_store.pk])).status_code == 404
    assert client.get(reverse("evidence:scanned", args=[nadia_store.pk])).status_code == 404
    with pytest.raises(Refused, match="no such place"):
        services.store_item(gyro, storage=nadia_store, by=amal)


def test_an_exhibit_is_stored_by_scanning_the_box(client, gyro, amal, box, nadia_store):
    client.force_login(amal)
    there = reverse("evidence:store", args=[gyro.pk])
    foreign = client.post(there, {"place": f"https://vestige.example/x/{nadia_store.pk}/"})
    assert foreign.status_code == 422
    assert client.post(there, {"place": f"https://vestige.example/x/{box.pk}/"}).status_code == 302
    gyro.refresh_from_db()
    assert gyro.storage == box


def test_many_are_put_into_a_place_all_or_none(client, gyro, amal, lena, box):
    client.force_login(amal)
    second = another(gyro, amal)
    there = reverse("evidence:items_move")
    body = {"item": [str(gyro.pk)], "scanned": f"{second.scanned_as}\n", "storage": str(box.pk)}
    assert client.post(there, {**body, "scanned": "VST-1/EV-9"}).status_code == 422
    assert client.post(there, body).status_code == 302
    assert set(box.items.all()) == {gyro, second}
    pass_on(second, to=lena, by=amal)
    third = another(gyro, amal)
    mixed = {"item": [str(third.pk), str(second.pk)], "storage": str(box.parent_id)}
    answer = client.post(there, mixed)
    assert answer.status_code == 422
    assert f"{second.exhibit_no}: Only its holder".encode() in answer.content
    third.refresh_from_db()
    assert third.storage is None


def test_a_place_is_labelled_by_those_who_see_it(client, idris, omar, box):
    client.force_login(idris)
    body = {"place": str(box.pk), "size": "21", "skip": "0"}
    assert client.post(reverse("reports:labels"), body).content.startswith(b"%PDF")
    assert Entry.objects.about(box).last().act == "reports.label_printed"
    page = reverse("evidence:place_detail", args=[box.pk])
    assert client.get(reverse("evidence:scanned", args=[box.pk]))["Location"] == page


def test_the_pages_of_a_store(client, idris, house):
    client.force_login(idris)
    new = reverse("evidence:place_create")
    made = client.post(f"{new}?in={house.pk}", {"name": "Room 9", "kind": "room"})
    assert made.status_code == 302
    room = StoragePlace.objects.get(name="Room 9")
    assert client.post(f"{new}?in={room.pk}", {"name": "X", "kind": "site"}).status_code == 422
    assert (
        client.post(f"{new}?in={house.pk}", {"name": "Room 9", "kind": "room"}).status_code == 422
    )
    edit = reverse("evidence:place_edit", args=[room.pk])
    shown = client.get(edit).context["form"]
    stale = {"name": "Room 10", "kind": "room", "version": shown.initial["version"]}
    assert client.post(edit, stale).status_code == 302
    assert client.post(edit, {**stale, "name": "Room 11"}).status_code == 409
    tree = client.get(reverse("evidence:place_list")).content.decode()
    assert "Room 10" in tree and "Evidence house" in tree


def test_by_program(as_program, gyro, amal, idris, box, house):
    keeper, holder = as_program(idris), as_program(amal)
    made = keeper.post(
        "/api/v1/places/", {"parent": str(house.pk), "name": "R 9", "kind": "room"}, format="json"
    )
    assert (made.status_code, made.json()["path"]) == (201, "Evidence house › R 9")
    refused = holder.post("/api/v1/places/", {"name": "Mine", "kind": "site"}, format="json")
    assert refused.status_code == 403
    there = f"/api/v1/items/{gyro.pk}/store/"
    stored = holder.post(there, {"storage": str(box.pk)}, format="json").json()
    assert (stored["storage"], stored["kept_at"]) == (str(box.pk), box.path)
