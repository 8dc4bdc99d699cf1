"""Two installations in one database: each is the other's peer, and speaks through the real door."""

import json
from collections.abc import Callable
from typing import IO, Any

import pytest
from django.test import Client

from accounts.models import Agency, User
from core.sealing import SecretKeeper
from evidence.models import Item
from exchange import services
from exchange.models import Delivery, Peer, Shipment
from exchange.services import speaking
from exchange.services.peer_line import HEADER, understood_answer
from investigations.models import Case
from ledger.models import SignerKey
from reports import services as reports
from reports.models import Bundle
from tests.conftest import person
from tests.reports.sealing import authority, sealed  # noqa: F401  (the seal)

HOSTS = ["mission.example", "coast.example"]
Post = Callable[[str, str, bytes], Any]


@pytest.fixture
def coast(db: None) -> Agency:
    """The agency at the other end."""
    return Agency.objects.create(name="Coast Guard", short_name="CG", kind="partner")


@pytest.fixture
def nadia(coast: Agency) -> User:
    """Who opens cases there."""
    return person("nadia", agency=coast, may_open_cases=True)


@pytest.fixture
def deputy(db: None) -> User:
    """The second administrator."""
    return User.objects.create_superuser("deputy", password="let-me-in-please")


@pytest.fixture
def post() -> Post:
    """Knock at the door with what stands in the header and in the body."""

    def send(path: str, word: str, body: bytes) -> Any:
        return Client().post(
            f"/peer/v1/{path}",
            data=body,
            content_type="application/octet-stream",
            headers={HEADER: word},
        )

    return send


@pytest.fixture
def both(
    coast: Agency,
    mission: Agency,
    admin: User,
    deputy: User,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    post: Post,
) -> dict[str, Peer]:
    """`there` is the coast guard as the mission sees it, `here` the mission as the guard does."""
    settings.PEER_KEEPERS = [SecretKeeper.of("a secret of forty or more characters, of tests only")]
    settings.PEER_HOSTS = HOSTS

    def line(address: str, path: str, word: str, body: IO[bytes] | None = None) -> str:
        answer = post(path, word, body.read() if body else b"")
        return understood_answer(answer.status_code, answer.content)

    monkeypatch.setattr(speaking, "send", line)
    terms: dict[str, Any] = {"up_to": "amber+strict", "clearance": 0}
    there = services.enter_peer(
        by=admin, name="Coast", agency=coast, ours=mission, address="https://coast.example", **terms
    )
    services.make_own_key(by=deputy)
    here = services.enter_peer(
        by=admin,
        name="Mission",
        agency=mission,
        ours=coast,
        address="https://mission.example",
        **terms,
    )
    for peer, other in ((there, here), (here, there)):
        peer.their_key = other.our_key.line
        peer.save()
    return {"there": there, "here": here}


@pytest.fixture
def paired(both: dict[str, Peer], admin: User, deputy: User) -> dict[str, Peer]:
    """The same, once two administrators of either side have compared the code."""
    for peer in both.values():
        for by in (admin, deputy):
            services.confirm_code(peer, by=by, code=services.code_for(peer))
    for name, peer in both.items():
        services.speak_to_peer(Peer.objects.with_lists().get(pk=peer.pk))
        both[name] = Peer.objects.with_lists().get(pk=peer.pk)
    return both


Ship = Callable[..., Shipment]


@pytest.fixture
def shipped(
    paired: dict[str, Peer],
    night_raid: Case,
    soraya: User,
    dana: User,
    sealed: Callable[[], None],  # noqa: F811
) -> Ship:
    """Asked for by Soraya, agreed to by Dana, packed, and sent; `meanwhile` what happens before."""

    def send(
        items: list[Item] | None = None,
        meanwhile: Callable[[], object] = lambda: None,
        **more: Any,
    ) -> Shipment:
        shipment = services.ask_to_ship(
            night_raid,
            by=soraya,
            peer=Peer.objects.with_lists().get(pk=paired["there"].pk),
            items=items or [],
            up_to="amber",
            reason="They asked for the gyroscope.",
            **more,
        )
        services.agree_to_shipment(shipment.request, by=dana)
        sealed()
        reports.make_bundle(Bundle.objects.with_lists().get(pk=shipment.bundle))
        lines = list(SignerKey.objects.values_list("line", flat=True))
        Peer.objects.update(checkpoint_keys=lines)
        meanwhile()
        return services.send_shipment(Shipment.objects.with_lists().get(pk=shipment.pk))

    return send


def delivered() -> Delivery:
    """The last delivery, verified."""
    latest = Delivery.objects.with_lists().latest("pk")
    services.verify_delivery(latest)
    return Delivery.objects.with_lists().get(pk=latest.pk)


def problem(answer: Any) -> dict[str, Any]:
    """What a problem document says."""
    assert answer["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(answer.content)
    return told
