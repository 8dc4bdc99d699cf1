"""Administrators look after work of cases by its state alone: they try it again and stop it."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.urls import reverse

from core.errors import Refused
from core.models import Job
from core.scope import asking_as
from exchange import services
from exchange.formats.tables.plan import TableMap
from exchange.models import Delivery, Follower, Peer, Shipment, TableImport
from exchange.services import cursor, follower
from exchange.tasks import forget
from ledger.models import Entry
from tests.bells import answer, job_for

CANARY = "canary"
CHANGES = "/api/v1/changes/"


def listing(model):
    return reverse(f"admin:exchange_{model._meta.model_name}_changelist")


def act(client, model, row, name, **more):
    """Choose a row in a list of the administration, and do something with it."""
    typed = {"action": name, "_selected_action": [str(row.pk)], **more}
    return client.post(listing(model), typed, follow=True).content.decode()


@pytest.fixture
def heard():
    """What the security log was told, beside that somebody was in the administration."""
    lines = []

    class Listener(logging.Handler):
        def emit(self, entry):
            if entry.getMessage() != "administration.changed":
                lines.append(entry.getMessage())

    listener = Listener()
    logging.getLogger("vestige.security").addHandler(listener)
    yield lines
    logging.getLogger("vestige.security").removeHandler(listener)


@pytest.fixture
def shipment(both, night_raid, soraya):
    """One that did not go, for a reason that names an exhibit."""
    return Shipment.objects.create(
        case=night_raid,
        peer=both["there"],
        up_to="amber",
        bundle=uuid4(),
        reason=f"They asked for the {CANARY}.",
        asked_by=soraya,
        state=Shipment.State.FAILED,
        failure=f"A caveat keeps these from leaving by now: {CANARY}.",
    )


@pytest.fixture
def table(night_raid, amal):
    """A table whose name, columns and rows are content, waiting for its dry run."""
    made = services.receive_table(
        night_raid,
        by=amal,
        kind="incident",
        name=f"{CANARY}.csv",
        chunks=[f"id,title\n1,Raid of the {CANARY}\n".encode()],
    )
    plan = TableMap({"their_id": ("id",), "title": ("title",)}, scheme=CANARY)
    return services.map_table(made, by=amal, plan=plan)


@pytest.fixture
def delivery(both):
    """A bundle that came and that nobody has verified."""
    return Delivery.objects.create(
        peer=both["here"],
        sequence=7,
        shipment=uuid4(),
        origin_case=uuid4(),
        origin_ref=CANARY,
        envelope=CANARY,
        sha256="ab" * 32,
        size=2048,
        tlp="amber",
        pap="amber",
        clearance=3,
    )


def test_administrators_see_how_far_work_has_come_and_nothing_of_what_it_holds(
    client, admin, shipment, table, delivery, night_raid
):
    client.force_login(admin)
    for model, row, words in [
        (Shipment, shipment, ["Coast", "Soraya Haddad", "not sent"]),
        (TableImport, table, ["Amal Nasser", "dry run under way", "JIM"]),
        (Delivery, delivery, ["Mission", "being verified", "CG"]),
    ]:
        page = client.get(listing(model)).content.decode()
        assert [word for word in [str(row.pk), *words] if word not in page] == []
        hidden = [CANARY, night_raid.ref, night_raid.title, str(night_raid.pk)]
        assert [word for word in hidden if word in page] == []
        change = reverse(f"admin:exchange_{model._meta.model_name}_change", args=[row.pk])
        assert client.get(change).status_code == 302, "what it holds is the team's"


def test_no_question_of_an_administrator_is_answered_by_what_is_hidden(
    client, admin, shipment, table
):
    """A list that is narrowed by a hidden column would tell it letter by letter."""
    client.force_login(admin)
    for model, row, lookup in [
        (TableImport, table, "name__startswith"),
        (TableImport, table, "plan__scheme"),
        (TableImport, table, "case__title__startswith"),
        (Shipment, shipment, "reason__contains"),
    ]:
        address = listing(model)
        answers = [client.get(address, {lookup: word}) for word in (CANARY, "nothing")]
        assert {each.status_code for each in answers} <= {302, 400}
        assert str(row.pk) not in client.get(address, {"q": CANARY}).content.decode()
        assert client.get(address, {"state__exact": row.state}).status_code == 200


def test_others_on_the_staff_see_their_own_cases_and_act_on_nothing(client, amal, omar, table):
    for user, sees in ((amal, True), (omar, False)):
        user.is_staff = True
        user.save()
        client.force_login(user)
        page = client.get(listing(TableImport)).content.decode()
        assert (CANARY in page) is sees
        act(client, TableImport, table, "stop")
        assert TableImport.objects.get().is_at_work
        with asking_as(user), pytest.raises(PermissionDenied):
            services.stop_table(table, by=user)


def test_a_shipment_that_did_not_go_is_tried_again_and_stopped(
    client, admin, shipment, heard, night_raid
):
    client.force_login(admin)
    assert "1 row done." in act(client, Shipment, shipment, "try_again")
    shipment.refresh_from_db()
    assert (shipment.state, shipment.failure) == ("agreed", "")
    assert job_for("exchange.send_shipment", shipment.pk).state == Job.State.WAITING
    assert "1 row done." in act(client, Shipment, shipment, "stop")
    shipment.refresh_from_db()
    assert (shipment.state, shipment.failure) == ("failed", "An administrator stopped it.")
    answer(job_for("exchange.send_shipment", shipment.pk))
    shipment.refresh_from_db()
    assert shipment.state == "failed", "the worker finds nothing to send"
    refused = act(client, Shipment, shipment, "stop")
    assert f"{shipment.pk}: Only what is on its way" in refused
    lines = Entry.objects.filter(log=night_raid.pk, actor=admin).values_list("act", flat=True)
    assert list(lines) == ["exchange.shipment_tried_again", "exchange.shipment_stopped"]
    assert heard[-2:] == ["shipment.tried_again", "shipment.stopped"]


def test_what_waits_for_people_is_not_tried_again(admin, shipment):
    Shipment.objects.update(state="asked", failure="")
    with pytest.raises(Refused, match="waits for people"):
        services.try_shipment_again(shipment, by=admin)


def test_an_import_is_tried_again_where_it_is_stuck_and_stopped_where_it_is(
    client, admin, table, heard
):
    client.force_login(admin)
    Job.objects.filter(row=table.pk).update(state="failed", finished_at="2026-11-01T00:00Z")
    assert "failed" in client.get(listing(TableImport)).content.decode()
    assert "1 row done." in act(client, TableImport, table, "try_again")
    assert job_for("exchange.work_on_table", table.pk).state == Job.State.WAITING
    assert "1 row done." in act(client, TableImport, table, "stop")
    table.refresh_from_db()
    assert (table.state, table.trouble) == ("failed", "An administrator stopped it.")
    answer(job_for("exchange.work_on_table", table.pk))
    table.refresh_from_db()
    assert (table.state, table.position) == ("failed", 0), "the worker leaves it alone"
    refused = act(client, TableImport, table, "try_again")
    assert f"{table.pk}: No worker" in refused and CANARY not in refused
    assert Entry.objects.about(table).last().act == "exchange.table_stopped"
    assert heard[-2:] == ["table.tried_again", "table.stopped"]


def test_what_came_from_a_peer_is_verified_where_nobody_got_to_the_end(client, admin, delivery):
    client.force_login(admin)
    assert "1 row done." in act(client, Delivery, delivery, "try_again")
    assert job_for("exchange.verify_delivery", delivery.pk).state == Job.State.WAITING
    Delivery.objects.update(state=Delivery.State.VERIFIED)
    assert "it is verified" in act(client, Delivery, delivery, "try_again")


def test_peers_are_suspended_resumed_and_given_up_in_the_list(client, admin, deputy, paired):
    there = paired["there"]
    client.force_login(admin)
    assert "Say why." in act(client, Peer, there, "suspend")
    act(client, Peer, there, "suspend", reason="They were broken into.")
    there.refresh_from_db()
    assert (there.state, there.why_stopped) == ("suspended", "They were broken into.")
    assert "another administrator" in act(client, Peer, there, "resume")
    client.force_login(deputy)
    act(client, Peer, there, "resume")
    there.refresh_from_db()
    assert there.is_paired
    act(client, Peer, there, "withdraw_key", reason="Their key was lost.")
    there.refresh_from_db()
    assert there.state == "revoked"
    assert Entry.objects.about(there).last().actor == deputy


def test_clients_of_the_feed_are_listed_and_begin_anew_when_they_are_told_to(
    client, admin, amal, gyro, as_program
):
    program = as_program(amal)
    first = program.get(CHANGES, {"kind": "items", "limit": 1}).json()
    known = Follower.objects.get()
    assert (known.user, known.kinds, known.is_narrowed) == (amal, ["items"], False)
    assert known.is_behind is first["more"]
    told = program.get(CHANGES, {"kind": "items", "since": first["cursor"]}).json()
    while told["more"]:
        told = program.get(CHANGES, {"kind": "items", "since": told["cursor"]}).json()
    assert not Follower.objects.get().is_behind

    client.force_login(admin)
    page = client.get(listing(Follower)).content.decode()
    assert "items" in page and "sync" in page and gyro.case.ref not in page
    act(client, Follower, known, "begin_anew")
    ended = program.get(CHANGES, {"kind": "items", "since": told["cursor"]})
    assert (ended.status_code, ended.json()["code"]) == (410, "cursor-ended")
    Follower.objects.update(anew_at=F("anew_at") - timedelta(seconds=2))
    anew = program.get(CHANGES, {"kind": "items"}).json()
    assert program.get(CHANGES, {"kind": "items", "since": anew["cursor"]}).status_code == 200
    assert Entry.objects.about(known).last().act == "exchange.follower_begun_anew"


def test_a_client_that_waits_for_news_is_not_written_down_each_time(
    amal, gyro, as_program, django_assert_num_queries
):
    holder = cursor.Holder(amal.pk, None, ("items",))
    follower.note_following(None, holder, is_behind=False)
    known = follower.follower_of(holder)
    with django_assert_num_queries(0):
        follower.note_following(known, holder, is_behind=False)
    follower.note_following(known, holder, is_behind=True)
    assert follower.follower_of(holder).is_behind
    Follower.objects.update(asked_at="2026-01-01T00:00Z")
    forget()
    assert not Follower.objects.exists()


def test_administrators_alone_see_and_end_clients_of_the_feed(client, amal, omar):
    follower.note_following(None, cursor.Holder(omar.pk, None), is_behind=False)
    amal.is_staff = True
    amal.save()
    client.force_login(amal)
    assert "omar" not in client.get(listing(Follower)).content.decode()
    with pytest.raises(PermissionDenied):
        services.require_snapshot(Follower.objects.get(), by=amal)
