"""Two installations become peers when two people of either side compare one code, not before."""

import json
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core.errors import Refused
from exchange import services
from exchange.formats.peer import envelope as outside
from exchange.formats.peer.envelope import (
    WrongEnvelope,
    closed,
    fingerprint,
    read_envelope,
    written,
)
from exchange.models import Delivery, Heard, Peer
from exchange.services.own_key import opened_key
from exchange.services.peer_line import require_allowed
from exchange.services.speaking import addressed, identity_note
from ledger.models import Entry
from ledger.notes import SigningKey
from tests.exchange.peering import problem

pytestmark = pytest.mark.django_db
STRANGER = SigningKey("nowhere.example/peer", b"7" * 32)


def now_of(peer):
    return Peer.objects.with_lists().get(pk=peer.pk)


def announced(peer, purpose=outside.AGREE, key=None, **changes):
    """An envelope from here to `peer`, changed and signed anew."""
    envelope, _note = addressed(peer, purpose, about={"agency": "Somebody"})
    return outside.as_header(closed(replace(envelope, **changes), key or opened_key(peer.our_key)))


def test_either_side_reckons_the_same_code(both):
    assert services.code_for(both["there"]) == services.code_for(both["here"])


def test_it_takes_two_administrators_of_either_side(both, admin, deputy):
    there, here = both["there"], both["here"]
    code = services.code_for(there)
    services.confirm_code(there, by=admin, code=code)
    with pytest.raises(Refused, match="another administrator"):
        services.confirm_code(there, by=admin, code=code)
    services.confirm_code(there, by=deputy, code=code.lower().replace(" ", "-"))
    assert now_of(there).state == Peer.State.AGREED

    services.speak_to_peer(now_of(there))
    assert now_of(here).theirs_at
    assert now_of(here).state == Peer.State.PROPOSED
    for by in (admin, deputy):
        services.confirm_code(now_of(here), by=by, code=code)
    assert now_of(here).state == Peer.State.PAIRED

    services.speak_to_peer(now_of(there))
    assert now_of(there).state == Peer.State.PAIRED
    assert now_of(there).their_name == "Coast Guard"


def test_whoever_agrees_second_tells_the_first(both, admin, deputy):
    for name in ("there", "here"):  # the second has the newest key of the one table of keys
        for by in (admin, deputy):
            services.confirm_code(both[name], by=by, code=services.code_for(both[name]))
        services.speak_to_peer(Peer.objects.with_lists().get(pk=both[name].pk))
    assert set(Peer.objects.values_list("state", flat=True)) == {"paired"}


def test_another_key_does_not_inherit_the_yes_of_the_one_before(both, admin):
    there = both["there"]
    Peer.objects.filter(pk=there.pk).update(theirs_at=timezone.now(), their_name="Somebody")
    services.ask_for_key(now_of(there), by=admin)
    assert now_of(there).their_key == there.their_key


def test_a_wrong_code_pairs_nobody(both, admin):
    with pytest.raises(Refused, match="not the code"):
        services.confirm_code(both["there"], by=admin, code="AAAA " * 6)


def test_only_administrators_pair(both, soraya):
    with pytest.raises(PermissionDenied):
        services.confirm_code(both["there"], by=soraya, code=services.code_for(both["there"]))


@pytest.mark.parametrize(
    "address",
    [
        "http://coast.example",
        "https://elsewhere.example",
        "https://coast.example:8443",
        "https://coast.example@elsewhere.example",
        "https://coast.example/inner",
        "https://coast.example?x=1",
        "file:///etc/passwd",
    ],
)
def test_nothing_is_sent_where_the_operator_named_no_host(both, address):
    with pytest.raises(Refused):
        require_allowed(address)


def test_what_an_installation_shows_of_itself_is_signed_by_its_key(both, client):
    answer = client.get(reverse("peers:identity"))
    shown = read_envelope(answer.content.decode())

    assert shown.purpose == outside.IDENTITY
    own = services.newest_own_key()
    assert shown.sender == fingerprint(own.key)
    assert outside.signed_by(answer.content.decode(), own.key)
    assert outside.signed_by(identity_note(), own.key)


def test_a_new_key_is_believed_when_the_old_one_says_so(paired, admin):
    new = services.renew_own_key(by=admin)
    services.speak_to_peer(now_of(paired["there"]))

    assert now_of(paired["there"]).our_key == new
    assert now_of(paired["here"]).their_key == new.line


def test_whoever_is_not_known_was_revoked_or_signs_wrongly_is_told_the_same(paired, post, admin):
    there = paired["there"]
    unknown = post(
        "pair/", announced(there, sender=fingerprint(STRANGER.public), key=STRANGER), b""
    )
    forged = post("pair/", announced(there, key=STRANGER), b"")
    word = announced(there)
    services.revoke_peer(paired["here"], by=admin, reason="Their key was lost.")
    revoked = post("pair/", word, b"")

    assert {answer.status_code for answer in (unknown, forged, revoked)} == {403}
    assert unknown.content == forged.content == revoked.content


def test_a_suspended_peer_goes_on_only_by_another_administrators_word(paired, admin, deputy):
    here = services.suspend_peer(paired["here"], by=admin, reason="They were broken into.")
    with pytest.raises(Refused, match="another administrator"):
        services.resume_peer(here, by=admin)
    assert services.resume_peer(here, by=deputy).is_paired


def test_clocks_that_lie_apart_are_told_the_time(paired, post):
    early = written(timezone.now() - timedelta(minutes=6))
    answer = post("pair/", announced(paired["there"], sent_at=early), b"")

    assert (answer.status_code, problem(answer)["code"]) == (400, "clock-skew")
    assert problem(answer)["our_time"].endswith("+00:00")


def test_a_message_counts_once_and_none_before_it_any_more(paired, post):
    first, second = (announced(paired["there"]) for _each in range(2))
    assert post("pair/", second, b"").status_code == 201
    again, late = post("pair/", second, b""), post("pair/", first, b"")

    assert (again.status_code, late.status_code) == (409, 409)
    assert problem(again)["code"] == problem(late)["code"] == "replayed"
    assert Heard.objects.filter(peer=paired["here"]).count() == len(
        set(Heard.objects.filter(peer=paired["here"]).values_list("nonce"))
    )


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        '{"v":1}',
        '{"v":2}',
        "no JSON",
        '{"v":1,"purpose":["agree"]}',
    ],
)
def test_what_is_no_envelope_is_named_a_malformed_one(paired, post, text):
    note = STRANGER.sign(f"{text}\n")
    answer = post("pair/", outside.as_header(note), b"")

    assert (answer.status_code, problem(answer)["code"]) == (400, "malformed")
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("changes", [{"about": {"x": "\ud800"}}, {"nonce": "0" * 32}])
def test_an_envelope_is_written_in_one_way_only(paired, post, changes):
    envelope, _note = addressed(paired["there"], outside.AGREE)
    text = json.dumps({"v": 1, **asdict(envelope), **changes}, separators=(",", ": "))
    answer = post("pair/", outside.as_header(STRANGER.sign(f"{text}\n")), b"")

    assert (answer.status_code, problem(answer)["code"]) == (400, "malformed")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sequence", True),
        ("sequence", -1),
        ("size", "7"),
        ("caveats", "originator-control"),
        ("about", {"deep": {"deeper": "x"}}),
        ("sent_at", "2026-11-29 18:00"),
        ("nonce", "zz"),
        ("tlp", "white"),
    ],
)
def test_a_part_of_another_sort_is_named(paired, name, value):
    envelope, _note = addressed(paired["there"], outside.AGREE)
    with pytest.raises(WrongEnvelope) as wrong:
        outside.sound(
            {
                "v": 1,
                **{field: getattr(envelope, field) for field in envelope.__dataclass_fields__},
                "caveats": [],
                "releasable_to": [],
                name: value,
            }
        )
    assert wrong.value.where == name


def test_what_a_known_peer_says_in_vain_is_noted_for_those_who_guard(paired, post, caplog):
    _envelope, note = addressed(paired["there"], outside.SHIP, tlp="red", about={})
    with caplog.at_level("WARNING", logger="vestige.security"):
        assert post("shipments/", outside.as_header(note), b"").status_code == 422
    assert "peer.unheard" in [line.message for line in caplog.records]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "shipments/", 405, "method-not-allowed"),
        ("put", "recalls/", 405, "method-not-allowed"),
        ("post", "identity/", 405, "method-not-allowed"),
        ("get", "no-such-door/", 404, "not-found"),
    ],
)
def test_who_knocks_at_the_wrong_door_or_otherwise_is_told_so_in_a_problem_document(
    paired, client, method, path, status, code
):
    answer = getattr(client, method)(f"/peer/v1/{path}")
    assert (answer.status_code, problem(answer)["code"]) == (status, code)
    assert ("Allow" in answer.headers) == (status == 405)


def test_the_pages_of_peers_are_for_administrators(paired, client, admin, soraya):
    client.force_login(soraya)
    assert client.get(reverse("exchange:peer_list")).status_code == 403
    client.force_login(admin)
    page = client.get(reverse("exchange:peer_list"))
    assert "Coast" in page.content.decode()
    there = client.get(reverse("exchange:peer_detail", args=[paired["there"].pk]))
    assert services.code_for(paired["there"]) in there.content.decode()
    assert Entry.objects.filter(act="exchange.peer_code_confirmed").count() == 4


def test_the_page_of_a_revoked_peer_says_who_ended_it_and_when(both, client, admin):
    waiting = both["there"]
    Peer.objects.filter(pk=waiting.pk).update(their_key="")
    services.revoke_peer(now_of(waiting), by=admin, reason="It never answered.")
    client.force_login(admin)
    page = client.get(reverse("exchange:peer_detail", args=[waiting.pk]))
    told = page.content.decode()
    assert f"revoked for good by <bdi>{admin}</bdi>" in told
    assert "has not shown its key yet" not in told
    line = Entry.objects.about(waiting).get(act="exchange.peer_revoked")
    assert page.context["revoked_at"] == line.at
    assert f"{line.at:%Y-%m-%d}" in told


def test_the_page_of_a_peer_that_waits_says_that_it_waits(both, client, admin):
    waiting = both["there"]
    Peer.objects.filter(pk=waiting.pk).update(their_key="")
    client.force_login(admin)
    told = client.get(reverse("exchange:peer_detail", args=[waiting.pk])).content.decode()
    assert "has not shown its key yet" in told and "revoked for good" not in told
