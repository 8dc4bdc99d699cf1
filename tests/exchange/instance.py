"""Run as a program on an installation of its own: what people of it do, and what they would see."""

import json
import sys
from io import BytesIO
from typing import Any

import django

django.setup()

from PIL import Image  # noqa: E402

from accounts.models import Agency, User  # noqa: E402
from catalogue.models import ComponentCategory  # noqa: E402
from core.scope import system_scope  # noqa: E402
from evidence import services as evidence  # noqa: E402
from exchange import services  # noqa: E402
from exchange.models import Delivery, Peer, Shipment  # noqa: E402
from investigations import services as investigations  # noqa: E402
from investigations.models import Case, Role  # noqa: E402


def world() -> dict[str, Any]:
    """Two agencies, the people of the first, and a case with a photographed exhibit."""
    agency = Agency.objects.create(name="Joint Investigation Mission", short_name="JIM")
    Agency.objects.create(name="Coast Guard", short_name="CG")
    for name in ("first", "second"):
        User.objects.create_superuser(name, agency=agency)
    soraya = User.objects.create_user("soraya", agency=agency, may_open_cases=True)
    dana = User.objects.create_user("dana", agency=agency)
    User.objects.create_user(
        "nadia", agency=Agency.objects.get(short_name="CG"), may_open_cases=True
    )
    case = investigations.open_case(
        soraya, title="Night raid", public_title="Incident", mandate="Mandate, article 3"
    )
    investigations.admit_member(case, dana, roles=[Role.RELEASING_AUTHORITY], by=soraya)
    strike = investigations.enter_incident(case, by=soraya, title="Raid")
    kind = ComponentCategory.objects.get(code="gyroscope-imu")
    item = evidence.log_item(case, by=soraya, incident=strike, kind=kind, description="Gyroscope")
    jpeg = BytesIO()
    Image.new("RGB", (64, 48), "olive").save(jpeg, "JPEG")
    evidence.receive_file(case, by=soraya, chunks=[jpeg.getvalue()], name="a.jpg", item=item)
    return {"case": str(case.pk)}


def enter(address: str, ours: str) -> dict[str, Any]:
    """One administrator enters the other installation."""
    own = Agency.objects.get(short_name=ours)
    other = Agency.objects.exclude(pk=own.pk).get()
    by = User.objects.get(username="first")
    peer = services.enter_peer(
        by=by,
        name="The others",
        agency=other,
        ours=own,
        address=address,
        up_to="amber+strict",
        clearance=0,
    )
    return {"peer": str(peer.pk)}


def standing() -> dict[str, Any]:
    """How far the two have come."""
    peer = Peer.objects.with_lists().get()
    return {"code": services.code_for(peer), "state": peer.state, "trouble": peer.trouble}


def again() -> dict[str, Any]:
    """The other side is asked again."""
    services.ask_for_key(Peer.objects.get(), by=User.objects.get(username="first"))
    return {}


def confirm(code: str) -> dict[str, Any]:
    """Both administrators type what the other side read to them."""
    for name in ("first", "second"):
        services.confirm_code(Peer.objects.get(), by=User.objects.get(username=name), code=code)
    return standing()


def ship() -> dict[str, Any]:
    """The lead asks for the case to be sent, the releasing authority agrees."""
    soraya, dana = (User.objects.get(username=name) for name in ("soraya", "dana"))
    shipment = services.ask_to_ship(
        Case.objects.get(),
        by=soraya,
        peer=Peer.objects.with_lists().get(),
        items=[],
        up_to="amber",
        reason="They asked for it.",
    )
    services.agree_to_shipment(shipment.request, by=dana)
    return {"shipment": str(shipment.pk)}


def shipments() -> dict[str, Any]:
    """What became of what was sent."""
    rows = Shipment.objects.order_by("pk").values_list("state", "failure")
    return {"states": [list(row) for row in rows]}


def deliveries() -> dict[str, Any]:
    """What came in, and what the verifier says of it."""
    rows = Delivery.objects.order_by("pk")
    names = ("state", "exit_code", "report", "sha256")
    return {"rows": [{name: getattr(row, name) for name in names} for row in rows]}


DEEDS = {
    deed.__name__: deed
    for deed in (world, enter, standing, again, confirm, ship, shipments, deliveries)
}

if __name__ == "__main__":
    with system_scope("do what people of an installation do in a test"):
        sys.stdout.write(json.dumps(DEEDS[sys.argv[1]](*sys.argv[2:])))
