"""Webhooks: receivers are told that something changed, signed, and nothing past the gate."""

import json
import re
import runpy
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import pytest
from django.conf import settings as configured
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.services import issue_token, revoke_token
from core.errors import Refused
from core.models import Job
from evidence import services as evidence
from evidence.models import Item
from exchange import services
from exchange.models import WebhookDelivery, WebhookReceiver
from exchange.services import posting
from exchange.services.webhook_address import may_be_reached, place_of
from exchange.services.webhook_delivery import LONGEST, MOST_GIVEN_UP, PAUSES
from exchange.services.webhook_suspension import MAIL
from exchange.services.webhook_telling import DELIVER, TELL
from investigations import services as investigations
from ledger.models import Entry
from tests.bells import answer, job_for, moments_pass
from tests.exchange.following import commit

HOW_TO = configured.BASE_DIR / "docs" / "how-to" / "receive-webhooks.md"


class Heard(NamedTuple):
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def events(self) -> list[dict[str, str]]:
        return json.loads(self.body)["data"]["events"]


class Endpoint:
    """A receiver outside of our code: a server on this machine that answers as it is told to."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.answer: tuple[int, dict[str, str], bytes] = (200, {}, b"taken in")
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                headers = {name.lower(): value for name, value in self.headers.items()}
                endpoint.heard.append(Heard(self.path, headers, self.rfile.read(size)))
                code, more, body = endpoint.answer
                self.send_response(code)
                for name, value in {**more, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: Any) -> None:
                """Nothing on the screen."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.address = f"http://{self.host}/hook"


@pytest.fixture
def endpoint(settings) -> Iterator[Endpoint]:
    """The receiver's server, which the operator has named."""
    ours = Endpoint()
    threading.Thread(target=ours.server.serve_forever, daemon=True).start()
    settings.WEBHOOK_HOSTS, settings.WEBHOOK_PLAIN_LOOPBACK = [ours.host], True
    yield ours
    ours.server.shutdown()
    ours.server.server_close()


def entered(endpoint, by, **facts) -> WebhookReceiver:
    """A receiver that was told to make a snapshot, and is told of changes from now on."""
    row = WebhookReceiver(name="Warehouse", address=endpoint.address, **facts)
    services.enter_receiver(row, by=by)
    commit()
    tell(row)
    assert [event["op"] for event in endpoint.heard.pop().events] == ["restart"]
    return row


@pytest.fixture
def receiver(endpoint, gyro, amal, mission, admin) -> WebhookReceiver:
    """A program of the mission that reads as Amal."""
    return entered(endpoint, admin, agency=mission, user=amal)


def look(receiver) -> None:
    """A worker looks what is new for a receiver."""
    services.ask_to_tell()
    answer(job_for(TELL, receiver.pk))


def send() -> None:
    """A worker sends what is due."""
    services.ask_to_tell()
    for job in Job.objects.filter(task=DELIVER, state=Job.State.WAITING):
        moments_pass(job)
        answer(job)


def tell(receiver) -> None:
    look(receiver)
    send()


def change(item) -> None:
    """Something of an exhibit changes."""
    item.refresh_from_db()
    Item.objects.filter(pk=item.pk).update(quantity=item.quantity + 1)
    commit()


def due_now(**facts) -> None:
    """As if the pause were over."""
    WebhookDelivery.objects.filter(status="waiting").update(next_at=timezone.now(), **facts)


def test_a_change_is_told_without_anything_of_its_content(receiver, endpoint, gyro):
    change(gyro)
    tell(receiver)
    (heard,) = endpoint.heard
    (event,) = heard.events
    assert set(event) == {"event", "kind", "record", "case", "op", "at"}
    told = (event["op"], event["kind"], event["record"], event["case"])
    assert told == ("changed", "items", str(gyro.pk), str(gyro.case_id))
    assert (heard.path, heard.headers["content-type"]) == ("/hook", "application/json")
    assert gyro.exhibit_no not in heard.body.decode() and b"gyroscope" not in heard.body

    row = WebhookDelivery.objects.latest("id")
    assert (row.status, row.attempts, row.answer_code) == ("delivered", 1, 200)
    assert (row.answer, row.message_id) == ("taken in", heard.headers["webhook-id"])
    assert str(gyro.pk).encode() not in bytes(row.body), "the log keeps it sealed"
    tell(receiver)
    assert len(endpoint.heard) == 1, "nothing is told twice"


def test_the_verifier_of_the_manual_takes_ours_and_nothing_else(receiver, endpoint, gyro, tmp_path):
    (told,) = re.findall(r"```python\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.S)
    file = tmp_path / "verifier.py"
    file.write_text(told, encoding="utf-8")
    is_ours = runpy.run_path(str(file))["is_ours"]
    change(gyro)
    tell(receiver)
    (heard,) = endpoint.heard
    secret = receiver.shown_once
    assert secret.startswith("whsec_") and is_ours(secret, heard.headers, heard.body)
    assert not is_ours(secret, heard.headers, heard.body + b" ")
    assert not is_ours("whsec_" + "A" * 43 + "=", heard.headers, heard.body)
    late = {**heard.headers, "webhook-timestamp": str(int(timezone.now().timestamp()) - 301)}
    assert not is_ours(secret, late, heard.body)


def test_with_a_new_secret_both_sign_for_a_day_unless_the_former_is_ended(
    receiver, endpoint, gyro, admin
):
    services.renew_secret(receiver, by=admin)
    change(gyro)
    tell(receiver)
    services.end_former_secret(receiver, by=admin)
    change(gyro)
    tell(receiver)
    signed = [heard.headers["webhook-signature"].split() for heard in endpoint.heard]
    assert [len(signatures) for signatures in signed] == [2, 1]
    assert all(one.startswith("v1,") for signatures in signed for one in signatures)


def test_a_new_record_is_made_and_one_that_is_hidden_is_gone(
    receiver, endpoint, gyro, strike, amal, hide
):
    made = evidence.log_item(
        gyro.case, by=amal, incident=strike, kind=gyro.kind, description="A servo"
    )
    commit()
    tell(receiver)
    events = endpoint.heard.pop().events
    assert ("made", str(made.pk)) in {(event["op"], event["record"]) for event in events}
    hide(made)
    commit()
    tell(receiver)
    events = endpoint.heard.pop().events
    assert ("gone", str(made.pk)) in {(event["op"], event["record"]) for event in events}
    change(made)
    tell(receiver)
    assert endpoint.heard == [], "of what is above its label it is told nothing"


def test_what_was_hidden_between_looking_and_sending_is_withheld(receiver, endpoint, gyro, hide):
    change(gyro)
    look(receiver)
    hide(gyro)
    commit()
    send()
    assert endpoint.heard == []
    assert WebhookDelivery.objects.latest("id").status == "withheld"


def test_whose_place_on_the_case_has_ended_is_told_to_forget_it_and_nothing_more(
    receiver, endpoint, gyro, amal, soraya, night_raid
):
    change(gyro)
    look(receiver)
    investigations.end_membership(night_raid.memberships.current().get(user=amal), by=soraya)
    commit()
    send()
    assert endpoint.heard == [], "what was noted before is not told either"
    tell(receiver)
    (event,) = endpoint.heard.pop().events
    assert (event["op"], event["record"]) == ("lost", str(night_raid.pk))
    change(gyro)
    tell(receiver)
    assert endpoint.heard == []


def test_it_is_told_of_the_chosen_kinds_and_cases_alone(
    endpoint, gyro, amal, mission, admin, night_raid
):
    only = {"agency": mission, "user": amal, "kinds": ["sites"], "case_ids": [night_raid.pk]}
    receiver = entered(endpoint, admin, **only)
    change(gyro)
    tell(receiver)
    assert endpoint.heard == []
    WebhookReceiver.objects.update(kinds=["items"])
    change(gyro)
    tell(receiver)
    assert [event["kind"] for event in endpoint.heard.pop().events] == ["items"]


def test_one_that_does_not_answer_well_is_tried_again_after_longer_and_longer_pauses(
    receiver, endpoint, gyro
):
    endpoint.answer = (500, {}, b"out \x00of order" * 100)
    change(gyro)
    look(receiver)
    for pause in [*PAUSES, PAUSES[-1]]:
        send()
        row = WebhookDelivery.objects.latest("id")
        left = row.next_at - timezone.now()
        assert timedelta(seconds=pause - 5) < left <= timedelta(seconds=pause)
        send()
        assert WebhookDelivery.objects.latest("id").attempts == row.attempts, "it is not due"
        due_now()
    due_now(round_at=timezone.now() - LONGEST)
    send()
    row.refresh_from_db()
    assert (row.status, row.answer_code, row.attempts) == ("given-up", 500, len(PAUSES) + 2)
    assert len(row.answer) == 200 and row.answer.startswith("out  of order")
    assert len(endpoint.heard) == row.attempts
    assert {heard.headers["webhook-id"] for heard in endpoint.heard} == {row.message_id}


def test_it_is_sent_twice_under_one_id_when_a_worker_dies_before_it_is_written_down(
    receiver, endpoint, gyro, monkeypatch
):
    change(gyro)
    look(receiver)

    def dies(*_facts: object, **_more: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr("exchange.services.webhook_delivery.note_answer", dies)
        send()
    send()
    first, second = endpoint.heard
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert WebhookDelivery.objects.latest("id").status == "delivered"


def test_it_is_led_nowhere_else(receiver, endpoint, gyro):
    endpoint.answer = (307, {"Location": f"http://{endpoint.host}/elsewhere"}, b"")
    change(gyro)
    tell(receiver)
    row = WebhookDelivery.objects.latest("id")
    assert [heard.path for heard in endpoint.heard] == ["/hook"]
    assert (row.status, row.answer_code, row.problem) == ("waiting", 307, "Redirect")


def test_one_who_cannot_be_reached_for_long_is_suspended_and_administrators_are_told(
    receiver, endpoint, gyro, admin, mailoutbox
):
    admin.email = "admin@vestige.example"
    admin.save()
    WebhookReceiver.objects.update(given_up=MOST_GIVEN_UP - 1)
    endpoint.server.shutdown()
    endpoint.server.server_close()
    change(gyro)
    look(receiver)
    due_now(round_at=timezone.now() - LONGEST)
    send()
    receiver.refresh_from_db()
    assert (receiver.state, receiver.reason) == ("suspended", "undelivered")
    assert WebhookDelivery.objects.latest("id").problem == "ConnectionRefusedError"
    line = Entry.objects.about(receiver).last()
    assert (line.act, line.actor) == ("exchange.receiver_suspended", None)
    answer(job_for(MAIL, receiver.pk))
    (message,) = mailoutbox
    assert message.to == [admin.email] and "Warehouse" in message.body


def test_one_that_says_it_is_gone_for_good_is_believed(receiver, endpoint, gyro):
    endpoint.answer = (410, {}, b"")
    change(gyro)
    tell(receiver)
    receiver.refresh_from_db()
    assert (receiver.state, receiver.reason) == ("suspended", "ended")
    change(gyro)
    tell(receiver)
    assert len(endpoint.heard) == 1


def test_it_ends_with_the_person_it_reads_as(receiver, endpoint, gyro, amal):
    change(gyro)
    look(receiver)
    amal.is_active = False
    amal.save()
    tell(receiver)
    receiver.refresh_from_db()
    assert (receiver.state, receiver.reason) == ("suspended", "person")
    assert endpoint.heard == []


def test_it_ends_with_its_key_and_is_resumed_with_another(
    endpoint, gyro, amal, mission, admin, night_raid
):
    first, second = (issue_token(amal, by=amal, name="hook", days=9)[0] for _key in range(2))
    receiver = entered(endpoint, admin, agency=mission, user=amal, token=first)
    revoke_token(first, by=amal)
    change(gyro)
    tell(receiver)
    receiver.refresh_from_db()
    assert (receiver.state, receiver.reason, endpoint.heard) == ("suspended", "key", [])
    with pytest.raises(Refused, match="revoked"):
        services.resume_receiver(receiver, by=admin)
    receiver.token = second
    services.amend_receiver(receiver, by=admin)
    services.resume_receiver(receiver, by=admin)
    tell(receiver)
    assert [event["op"] for event in endpoint.heard.pop().events] == ["restart"]


def test_a_receiver_of_another_agency_than_its_person_is_refused(endpoint, amal, bureau, admin):
    row = WebhookReceiver(name="Copy", agency=bureau, user=amal, address=endpoint.address)
    with pytest.raises(Refused, match="another agency"):
        services.enter_receiver(row, by=admin)


def test_only_administrators_enter_receivers(endpoint, amal, mission):
    row = WebhookReceiver(name="Copy", agency=mission, user=amal, address=endpoint.address)
    with pytest.raises(PermissionDenied):
        services.enter_receiver(row, by=amal)


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example/",
        "https://elsewhere.example/",
        "https://hooks.example:8443/",
        "https://amal:secret@hooks.example/",
        "https://hooks.example@elsewhere.example/",
        "https://hooks.example\\@elsewhere.example/",
        "https://hooks.example/#part",
        "ftp://hooks.example/",
        "https:///hook",
        "https://hooks.example:x/",
    ],
)
def test_an_address_that_the_operator_has_not_named_or_that_hides_something_is_refused(
    settings, address
):
    settings.WEBHOOK_HOSTS = ["hooks.example"]
    assert place_of("https://HOOKS.example/a?b=c").target == "/a?b=c"
    with pytest.raises(Refused):
        place_of(address)


def test_where_the_operator_names_no_host_webhooks_are_off(settings):
    settings.WEBHOOK_HOSTS = []
    with pytest.raises(Refused, match="off on this server"):
        place_of("https://hooks.example/")


@pytest.mark.parametrize(
    "address",
    [
        *("10.0.0.5", "127.0.0.1", "169.254.169.254", "192.168.1.1", "0.0.0.0", "224.0.0.1"),  # noqa: S104
        *("::1", "fe80::1", "fd00::1", "::ffff:10.0.0.5", "64:ff9b::a00:5", "2002:a00:5::1"),
    ],
)
def test_nothing_is_sent_inside_unless_the_operator_names_the_very_address(settings, address):
    settings.WEBHOOK_HOSTS = ["hooks.example"]
    assert not may_be_reached(address, 443)
    named = f"[{address}]" if ":" in address else address
    settings.WEBHOOK_HOSTS = ["hooks.example", named]
    assert may_be_reached(address, 443) and may_be_reached("93.184.216.34", 443)
    assert not may_be_reached(address, 8443), "another program of that machine listens there"


def test_a_name_that_leads_inside_is_not_followed(settings, monkeypatch):
    settings.WEBHOOK_HOSTS = ["hooks.example"]
    monkeypatch.setattr(posting, "looked_up", lambda _place: ["93.184.216.34", "10.0.0.5"])
    answered = posting.post(place_of("https://hooks.example/"), b"{}", {})
    assert (answered.code, answered.problem) == (0, "Inside")


def test_one_that_answers_drop_by_drop_is_hung_up_on(settings, monkeypatch):
    monkeypatch.setattr(posting, "LONGEST", 0.5)
    settings.WEBHOOK_PLAIN_LOOPBACK = True
    with socket.create_server(("127.0.0.1", 0)) as place:
        host = f"127.0.0.1:{place.getsockname()[1]}"
        settings.WEBHOOK_HOSTS = [host]
        threading.Thread(target=drip, args=[place], daemon=True).start()
        answered = posting.post(place_of(f"http://{host}/"), b"{}", {})
    assert (answered.code, answered.problem) == (0, "TimeoutError")
    assert answered.milliseconds < 5000


def drip(place: socket.socket) -> None:
    """Answer with a header that never ends."""
    line, _from = place.accept()
    with line, suppress(OSError):
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            line.sendall(b"X")
            time.sleep(0.05)


def test_what_is_older_than_the_log_is_kept_goes(receiver):
    WebhookDelivery.objects.update(created_at=timezone.now() - timedelta(days=91))
    services.forget_old_deliveries()
    assert not WebhookDelivery.objects.exists()


LIST, ADD = "admin:exchange_webhookreceiver_changelist", "admin:exchange_webhookreceiver_add"
LOG = "admin:exchange_webhookdelivery_changelist"


def act(client, listing: str, action: str, row) -> Any:
    """What an administrator does with one row of a list."""
    chosen = {"action": action, "_selected_action": [str(row.pk)]}
    return client.post(reverse(listing), chosen, follow=True)


def test_an_administrator_enters_a_receiver_whose_secret_is_shown_once(
    client, endpoint, admin, amal, mission
):
    client.force_login(admin)
    typed = {"name": "Warehouse", "agency": mission.pk, "user": amal.pk, "kinds": ["items"]}
    page = client.post(reverse(ADD), {**typed, "address": "https://elsewhere.example/"})
    assert "has not named elsewhere.example" in page.content.decode()
    page = client.post(reverse(ADD), {**typed, "address": endpoint.address})
    receiver = WebhookReceiver.objects.get()
    (secret,) = re.findall(r"whsec_[\w+/]+=*", page.content.decode())
    assert secret.encode() not in bytes(receiver.secret)
    assert Entry.objects.about(receiver).last().act == "exchange.receiver_entered"

    there = reverse("admin:exchange_webhookreceiver_change", args=[receiver.pk])
    assert "whsec_" not in client.get(there).content.decode()
    typed = {"name": "Warehouse 2", "address": endpoint.address, "kinds": ["items", "sites"]}
    assert client.post(there, typed).status_code == 302
    receiver.refresh_from_db()
    assert (receiver.name, receiver.kinds, receiver.user) == (
        "Warehouse 2",
        ["items", "sites"],
        amal,
    )
    assert "whsec_" in act(client, LIST, "renew_secret", receiver).content.decode()


def test_an_administrator_sees_whose_each_key_is(client, endpoint, admin, amal, soraya):
    for person in (amal, soraya):
        issue_token(person, by=person, name="sync", scopes=["read"], days=1)
    client.force_login(admin)
    page = client.get(reverse(ADD)).content.decode()
    for person in (amal, soraya):
        assert f"{person} · " in page


def test_an_administrator_tests_suspends_resumes_and_sends_again(
    client, receiver, endpoint, admin, gyro
):
    client.force_login(admin)
    act(client, LIST, "send_test", receiver)
    send()
    assert json.loads(endpoint.heard.pop().body)["type"] == "test"

    act(client, LIST, "suspend", receiver)
    change(gyro)
    tell(receiver)
    assert endpoint.heard == []
    act(client, LIST, "resume", receiver)
    tell(receiver)
    told = endpoint.heard.pop()
    assert [event["record"] for event in told.events] == [str(gyro.pk)]

    page = client.get(reverse(LOG)).content.decode()
    assert told.headers["webhook-id"] in page
    assert str(gyro.pk) not in page and str(gyro.case_id) not in page
    row = WebhookDelivery.objects.latest("id")
    one = client.get(reverse("admin:exchange_webhookdelivery_change", args=[row.pk]))
    assert row.digest in one.content.decode() and str(gyro.pk) not in one.content.decode()
    act(client, LOG, "send_again", row)
    send()
    assert endpoint.heard.pop().headers["webhook-id"] == told.headers["webhook-id"]
    acts = list(Entry.objects.about(receiver).values_list("act", flat=True))
    assert {f"exchange.receiver_{name}" for name in ("tested", "suspended", "resumed")} <= set(acts)


def test_the_person_it_reads_as_sees_who_is_told_in_their_name(
    client, receiver, endpoint, amal, omar
):
    client.force_login(amal)
    page = client.get(reverse("exchange:key_list")).content.decode()
    assert "Told in your name" in page and "Warehouse" in page and endpoint.host in page
    assert endpoint.address not in page
    client.force_login(omar)
    assert "Warehouse" not in client.get(reverse("exchange:key_list")).content.decode()


def test_staff_who_are_no_administrators_see_no_receivers(client, receiver, amal):
    amal.is_staff = True
    amal.save()
    client.force_login(amal)
    assert "Warehouse" not in client.get(reverse(LIST)).content.decode()
    assert client.get(reverse(ADD)).status_code == 403
