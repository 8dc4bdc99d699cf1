"""Evidence that goes to a peer: what leaves, what is proven there, taken over, and taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from catalogue.models import ComponentCategory
from core.errors import Refused
from core.jobs import BY_HAND
from core.markings import Handling
from core.models import Job
from evidence import services as evidence
from evidence.models import Caveat, File
from exchange import services, vault
from exchange.formats.peer import envelope as outside
from exchange.models import DeliveredRecord, Delivery, Peer, Shipment
from exchange.services import sending
from exchange.services.packing import the_packer
from exchange.services.shipment import TELL_RECALL
from exchange.services.speaking import addressed
from investigations.models import Case, Incident, Notice
from investigations.services.label import mark_more_strictly
from ledger.models import Entry
from tests.exchange.peering import delivered, problem

pytestmark = pytest.mark.django_db
OPENING = {"title": "From the mission", "public_title": "Incident", "mandate": "Agreement 4"}


def taken_by(nadia, delivery):
    services.take_into_new_case(delivery, by=nadia, **OPENING)
    return Case.objects.get(title="From the mission")


def record_of(delivery, kind):
    return DeliveredRecord.objects.with_lists().get(delivery=delivery, kind=kind)


def accept_both(delivery, nadia):
    """The attack, then the exhibit in it with all that is said of it."""
    told = record_of(delivery, "incident")
    attack = services.accept_delivered_incident(told, by=nadia, fields=["place_name"], title="Raid")
    return services.accept_delivered_exhibit(
        record_of(delivery, "exhibit"),
        by=nadia,
        fields=["description"],
        incident=attack,
        kind=ComponentCategory.objects.get(code="gyroscope-imu"),
    )


def test_the_receiver_proves_the_origins_custody_by_the_origins_checkpoint(
    shipped, gyro, photographed
):
    shipment = shipped()
    delivery = delivered()

    assert shipment.state == Shipment.State.SENT
    assert delivery.exit_code == 0, delivery.report
    assert "lines of custody say what the entries say" in delivery.report
    assert delivery.proven_by.origin.endswith(f"/{gyro.case_id}")
    assert delivery.proven_by.origin in delivery.report
    assert "The key of" not in delivery.report  # it was pinned when the two were paired


def test_a_bundle_is_held_against_the_pinned_keys_of_its_peer_alone(shipped, gyro):
    shipped()
    Peer.objects.update(checkpoint_keys=[services.newest_own_key().line])
    delivery = delivered()

    assert (delivery.state, delivery.exit_code) == (Delivery.State.REFUSED, 1)
    assert "signed by a key that is not known here" in delivery.report


def test_one_byte_changed_in_transit_is_refused_and_nothing_is_kept(paired, post):
    body = b"a bundle that was sealed"
    envelope, note = addressed(
        paired["there"],
        outside.SHIP,
        sha256="5" * 64,
        size=len(body),
        about={"shipment": str(paired["there"].pk), "case": str(paired["there"].pk), "ref": "X"},
    )
    altered = post("shipments/", outside.as_header(note), body)
    cut = post("shipments/", outside.as_header(note), body[:-1])
    longer = post("shipments/", outside.as_header(note), body + b"!")

    assert [problem(each)["code"] for each in (altered, cut, longer)] == [
        "altered",
        "truncated",
        "altered",
    ]
    assert {each.status_code for each in (altered, cut, longer)} == {422}
    assert not Delivery.objects.exists()
    assert not vault.is_there(envelope.sha256)


def test_what_was_packed_for_an_agency_and_sent_to_it_stands_in_the_log_of_partners(
    shipped, gyro, photographed
):
    shipment = shipped([gyro])
    packed, sent = Entry.objects.filter(act__endswith="_agency").order_by("position")
    assert packed.act == "investigations.packed_for_agency"
    assert (sent.act, sent.subject_id) == ("investigations.sent_to_agency", shipment.pk)
    for line in (packed, sent):
        assert line.facts["agency"] == str(shipment.peer.agency_id)
        told = line.facts["records"]
        assert told["evidence.item"] == [str(gyro.pk)]
        assert told["investigations.incident"] == [str(gyro.incident_id)]
        assert set(told["evidence.file"]) == {str(file.pk) for file in photographed}


def test_what_came_under_an_embargo_meanwhile_does_not_leave(shipped, gyro, night_raid):
    def embargo() -> None:
        until = timezone.now() + timedelta(days=3)
        Case.objects.filter(pk=night_raid.pk).update(embargo_until=until)

    shipment = shipped([gyro], meanwhile=embargo)
    assert shipment.state == Shipment.State.FAILED
    assert "embargo" in shipment.failure
    with pytest.raises(Refused, match="embargo"):
        shipped([gyro])


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"tlp": "red"}, "marking"),
        ({"clearance": 3}, "clearance"),
        ({"releasable_to": ("Somebody else",)}, "not-releasable"),
        ({"caveats": ("no-such-caveat",)}, "caveat"),
        ({"about": {"shipment": "none"}}, "malformed"),
    ],
)
def test_what_was_not_agreed_on_is_refused_on_arrival(paired, post, parts, code):
    about = {"shipment": str(paired["there"].pk), "case": str(paired["there"].pk), "ref": "X"}
    _envelope, note = addressed(paired["there"], outside.SHIP, **{"about": about, **parts})
    answer = post("shipments/", outside.as_header(note), b"")

    assert (answer.status_code, problem(answer)["code"]) == (422, code)
    assert not Delivery.objects.exists()


def test_a_peer_receives_nothing_marked_beyond_what_was_agreed(paired, night_raid, gyro, soraya):
    with pytest.raises(Refused, match="marked beyond"):
        services.ask_to_ship(
            night_raid, by=soraya, peer=paired["there"], items=[], up_to="red", reason="All of it."
        )


def test_what_is_not_releasable_to_the_peer_is_held_back_and_named(
    paired, night_raid, gyro, soraya, mission
):
    ours = Handling(tlp="amber", releasable_to=frozenset({mission.pk}))
    mark_more_strictly(gyro, ours, by=soraya, reason="For us alone.")
    looked = services.preview_shipment(
        night_raid, by=soraya, peer=paired["there"], items=[], up_to="amber"
    )

    assert looked.exhibits == []
    assert gyro.exhibit_no in str(looked.withheld)


@pytest.mark.parametrize("how", ["tlp", "releasable_to"])
def test_what_is_held_back_of_a_choice_does_not_keep_the_rest_here(
    shipped, gyro, photographed, night_raid, strike, mission, amal, soraya, nadia, how
):
    kind = ComponentCategory.objects.get(code="gyroscope-imu")
    spar = evidence.log_item(night_raid, by=amal, incident=strike, kind=kind, description="Spar")
    stricter = {"tlp": "red"} if how == "tlp" else {"releasable_to": frozenset({mission.pk})}
    mark_more_strictly(spar, Handling(**stricter), by=soraya, reason="Ours alone")

    shipment = shipped([gyro, spar])
    assert (shipment.state, shipment.failure) == (Shipment.State.SENT, "")
    envelope = outside.read_envelope(shipment.envelope)
    assert (envelope.tlp, envelope.releasable_to) == ("amber", ())
    came = delivered()
    assert came.exit_code == 0, came.report
    taken_by(nadia, came)
    assert record_of(came, "exhibit").origin_ref == gyro.exhibit_no
    with vault.open_bundle(came.sha256) as held:
        assert spar.exhibit_no.encode() not in held.read()


@pytest.mark.parametrize("by", ["pk", "short_name"])
def test_what_is_marked_releasable_to_the_agency_of_a_peer_goes_there_and_stays_with_it(
    shipped, gyro, mission, coast, soraya, as_program, by
):
    there = f"/api/v1/handling/evidence.item/{gyro.pk}/mark/"
    both = [str(getattr(agency, by)) for agency in (mission, coast)]
    marking = {"releasable_to": both, "reason": "For both alone"}
    assert as_program(soraya).post(there, marking, format="json").status_code == 200

    shipment = shipped([gyro])
    assert (shipment.state, shipment.failure) == (Shipment.State.SENT, "")
    assert coast.pk in delivered().releasable_to


@pytest.mark.parametrize("name", ["CG", "no-such-agency"])
def test_an_agency_that_nothing_passes_to_is_not_offered_in_a_marking(
    gyro, mission, coast, soraya, as_program, name
):
    there = f"/api/v1/handling/evidence.item/{gyro.pk}/mark/"
    marking = {"releasable_to": [mission.short_name, name], "reason": "For both alone"}
    answer = as_program(soraya).post(there, marking, format="json")
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"releasable_to"})
    assert name in answer.json()["detail"], "told as it was sent, whether there is one or not"


def test_an_exhibit_that_came_under_a_caveat_meanwhile_does_not_leave(shipped, gyro, monkeypatch):
    monkeypatch.setattr(
        sending, "still_bound", lambda _shipment, exhibits: [f"{each} (ORCON)" for each in exhibits]
    )
    shipment = shipped([gyro])

    assert shipment.state == Shipment.State.FAILED
    assert gyro.exhibit_no in shipment.failure
    assert not Delivery.objects.exists()


def test_of_a_whole_case_it_is_not_told_which_exhibit_a_caveat_keeps(shipped, gyro, monkeypatch):
    monkeypatch.setattr(sending, "still_bound", lambda _shipment, exhibits: list(exhibits))
    shipment = shipped()

    assert shipment.state == Shipment.State.FAILED
    assert gyro.exhibit_no not in shipment.failure


@pytest.mark.parametrize("what", ["exhibit", "attack", "file"])
def test_what_was_marked_more_strictly_after_it_was_packed_does_not_leave(
    shipped, gyro, photographed, soraya, mission, what
):
    ours = Handling(releasable_to=frozenset({mission.pk}))
    row = {"exhibit": gyro, "attack": gyro.incident, "file": photographed[0]}[what]
    shipment = shipped(
        [gyro], meanwhile=lambda: mark_more_strictly(row, ours, by=soraya, reason="For us alone.")
    )

    assert shipment.state == Shipment.State.FAILED
    assert "more strictly than this peer" in shipment.failure
    assert not Delivery.objects.exists()


def test_the_lead_asks_and_another_person_agrees(paired, night_raid, gyro, soraya, amal):
    terms = {"peer": paired["there"], "items": [gyro], "up_to": "amber", "reason": "They asked."}
    with pytest.raises(PermissionDenied):
        services.ask_to_ship(night_raid, by=amal, **terms)
    shipment = services.ask_to_ship(night_raid, by=soraya, **terms)
    with pytest.raises(Refused, match="asked for themselves"):
        services.agree_to_shipment(shipment.request, by=soraya)


def test_nothing_becomes_part_of_a_case_until_somebody_takes_it_over(
    shipped, gyro, photographed, nadia, client
):
    shipped([gyro], caveats=["originator-control"])
    delivery = delivered()
    case = taken_by(nadia, delivery)
    assert not Incident.objects.filter(case=case).exists()

    item = accept_both(delivery, nadia)
    assert (item.description, item.holder, item.was_possessed) == (gyro.description, None, False)
    assert {file.sha256 for file in File.objects.filter(item=item)} == {
        file.sha256 for file in photographed
    }
    bound = Caveat.objects.get(item=item)
    assert (bound.kind, bound.agency) == ("originator-control", delivery.peer.agency)
    line = Entry.objects.filter(act="exchange.delivered_accepted").latest("position")
    assert line.facts["origin"] == str(gyro.pk)
    assert line.facts["bundle"] == delivery.sha256
    client.force_login(nadia)
    origin = client.get(reverse("exchange:item_provenance", args=[item.pk]))
    assert gyro.exhibit_no in origin.content.decode()


def test_outsiders_of_the_agency_see_nothing_of_a_delivery(shipped, gyro, omar, nadia):
    shipped()
    delivery = delivered()

    assert Delivery.objects.visible_to(nadia).get() == delivery
    assert not Delivery.objects.visible_to(omar).exists()


def test_a_later_shipment_of_the_same_exhibit_shows_what_is_different(shipped, gyro, amal, nadia):
    shipped([gyro])
    first = delivered()
    case = taken_by(nadia, first)
    item = accept_both(first, nadia)

    evidence.amend_item(gyro, by=amal, version=gyro.version, description="Gyroscope, twice sawn")
    shipped([gyro])
    second = delivered()
    services.take_delivery(second, case, by=nadia)
    again = record_of(second, "exhibit")
    lines = {line.name: line for line in services.lines_of(again, item)}

    assert again.before == record_of(first, "exhibit")
    assert [name for name, line in lines.items() if line.is_new] == ["description"]
    assert services.earlier_of(again, nadia) == item
    changed = services.accept_delivered_exhibit(again, by=nadia, fields=["description"], into=item)
    assert changed.pk == item.pk
    assert changed.description == "Gyroscope, twice sawn"


def test_a_recall_removes_what_waits_and_binds_what_was_accepted(shipped, gyro, soraya, nadia):
    shipment = shipped([gyro])
    delivery = delivered()
    taken_by(nadia, delivery)
    item = accept_both(delivery, nadia)
    services.recall_shipment(shipment, by=soraya, reason="The wrong gyroscope.")
    services.tell_of_recall(Shipment.objects.with_lists().get(pk=shipment.pk))

    delivery.refresh_from_db()
    assert (delivery.state, delivery.is_gone) == (Delivery.State.RECALLED, False)
    assert Shipment.objects.get(pk=shipment.pk).recall_receipt
    bound = Caveat.objects.get(item=item)
    assert (bound.kind, bound.added_by) == ("no-onward-release", None)
    assert "The wrong gyroscope." in bound.reason
    assert {notice.to for notice in Notice.objects.filter(kind="recalled")} == {nadia}
    assert record_of(delivery, "exhibit").recalled_at
    with pytest.raises(Refused, match="caveat"):
        evidence.require_free("bundle", [item])


def test_a_recall_before_anybody_accepted_leaves_nothing_but_that_it_was(
    shipped, gyro, soraya, nadia, django_capture_on_commit_callbacks
):
    shipment = shipped([gyro])
    delivery = delivered()
    taken_by(nadia, delivery)
    services.recall_shipment(shipment, by=soraya, reason="The wrong gyroscope.")
    with django_capture_on_commit_callbacks(execute=True):
        services.tell_of_recall(Shipment.objects.with_lists().get(pk=shipment.pk))

    delivery.refresh_from_db()
    assert delivery.is_gone
    assert not vault.is_there(delivery.sha256)
    assert [row.facts for row in DeliveredRecord.objects.filter(delivery=delivery)] == [{}, {}]
    with pytest.raises(Refused, match="originator has recalled it"):
        accept_both(delivery, nadia)


def test_what_failed_may_be_there_and_can_be_recalled(shipped, gyro, soraya):
    shipment = shipped([gyro])
    Shipment.objects.update(
        state=Shipment.State.FAILED, receipt="", envelope=""
    )  # the line was cut
    services.recall_shipment(shipment, by=soraya, reason="The wrong gyroscope.")
    services.tell_of_recall(Shipment.objects.with_lists().get(pk=shipment.pk))

    assert Delivery.objects.get().state == Delivery.State.RECALLED


def test_a_receipt_that_comes_after_a_recall_does_not_undo_it(shipped, gyro, soraya):
    shipment = shipped([gyro])
    note, receipt = shipment.envelope, shipment.receipt
    Shipment.objects.update(  # an administrator stopped it while it was on its way
        state=Shipment.State.FAILED, receipt="", envelope=""
    )
    services.recall_shipment(shipment, by=soraya, reason="The wrong gyroscope.")
    Job.objects.all().delete()  # and the peer, which did not have it yet, knew of nothing
    pack = the_packer().look(shipment.bundle)
    sending.enter_sent(shipment, pack, note, receipt, rows=[], lease=BY_HAND)

    after = Shipment.objects.with_lists().get(pk=shipment.pk)
    assert (after.state, after.receipt) == (Shipment.State.RECALLED, receipt)
    assert Job.objects.filter(task=TELL_RECALL, row=shipment.pk).exists()
    services.tell_of_recall(after)
    assert Delivery.objects.get().state == Delivery.State.RECALLED


def loose_file(night_raid, amal):
    """A file of the case that belongs to no exhibit."""
    return evidence.receive_file(night_raid, by=amal, chunks=[b"a list"], name="list.txt")


def test_originals_of_no_exhibit_are_held_back_too_when_they_are_recalled(
    shipped, night_raid, gyro, amal, soraya, nadia, mission, coast
):
    sent = loose_file(night_raid, amal)
    shipment = shipped()
    delivery = delivered()
    case = taken_by(nadia, delivery)
    services.accept_delivered_files(record_of(delivery, "files"), by=nadia)
    services.recall_shipment(shipment, by=soraya, reason="The wrong list.")
    services.tell_of_recall(Shipment.objects.with_lists().get(pk=shipment.pk))

    held = File.objects.get(case=case, sha256=sent.sha256).own_handling
    assert (held.tlp, held.releasable_to) == ("red", frozenset({coast.pk}))


def test_originals_of_no_exhibit_are_not_taken_over_under_a_caveat_which_cannot_bind_them(
    shipped, night_raid, gyro, amal, nadia
):
    loose_file(night_raid, amal)
    shipped(caveats=["originator-control"])
    delivery = delivered()
    taken_by(nadia, delivery)
    with pytest.raises(Refused, match="binds exhibits alone"):
        services.accept_delivered_files(record_of(delivery, "files"), by=nadia)


def test_the_pages_show_what_is_proven_and_field_by_field_what_is_said(
    shipped, gyro, soraya, nadia, client, night_raid
):
    shipment = shipped([gyro])
    delivery = delivered()
    taken_by(nadia, delivery)
    client.force_login(soraya)
    for name, key in (("case_shipments", night_raid.pk), ("shipment_detail", shipment.pk)):
        assert client.get(reverse(f"exchange:{name}", args=[key])).status_code == 200
    form = {"peer": shipment.peer_id, "up_to": "amber", "reason": "To see it.", "look": "1"}
    looked = client.post(reverse("exchange:shipment_create", args=[night_raid.pk]), form)
    assert gyro.exhibit_no in looked.content.decode()

    client.force_login(nadia)
    page = client.get(reverse("exchange:delivery_detail", args=[delivery.pk])).content.decode()
    assert f"checkpoint {delivery.proven_by.size}" in page
    record = record_of(delivery, "exhibit")
    told = client.get(reverse("exchange:delivered_detail", args=[record.pk])).content.decode()
    assert gyro.description in told
    assert client.get(reverse("exchange:delivery_list")).status_code == 200
