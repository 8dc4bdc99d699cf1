"""What people do on pages programs do through REST: each deed of a view has an address there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service_calls import Service, services_of
from tests.test_architecture import ROOMS, ROOT

A_YES = "the second person says yes to it in the browser, where they see what to: no key does"
ONES_OWN = "signing in, second factors, sessions and keys are a person's own, never a program's"
KEPT_APART = "what is kept apart is typed and opened by a person, and never stands in a body"
BREAKING_THE_GLASS = "whoever breaks the glass, or lets somebody do so, does it in person"
PAIRING = "administrators compare fingerprints by word of mouth before they pair, or stop a peer"
EACH = "a page's ticked rows, done one by one: a program sends each by itself, or in bulk"
BY_TWO_NAMES = (
    "one form on a page: a program enters a count (enter_count) or corrects it (correct_count)"
)
THE_EXERCISE = "it belongs to the installation: a case made up for practice, no case data"

ON_PAGES_ALONE = {
    "accounts.issue_token": ONES_OWN,
    "accounts.revoke_token": ONES_OWN,
    "accounts.note_factors_changed": ONES_OWN,
    "accounts.note_password_changed": ONES_OWN,
    "accounts.revoke_session": ONES_OWN,
    "accounts.revoke_other_sessions": ONES_OWN,
    "investigations.lower_label": A_YES,
    "investigations.let_open": A_YES,
    "investigations.erase_identity": A_YES,
    "investigations.erase_value": A_YES,
    "evidence.agree_to_loan": A_YES,
    "evidence.extend_loan": A_YES,
    "evidence.approve_destruction": A_YES,
    "investigations.write_identity": KEPT_APART,
    "investigations.open_identity": KEPT_APART,
    "investigations.ask_to_open": KEPT_APART,
    "investigations.commit_value": KEPT_APART,
    "investigations.open_value": KEPT_APART,
    "investigations.ask_for_emergency_access": BREAKING_THE_GLASS,
    "investigations.give_emergency_access": BREAKING_THE_GLASS,
    "investigations.count_casualties": BY_TWO_NAMES,
    "evidence.assign_files": EACH,
    "evidence.describe_files": EACH,
    "evidence.log_item_with_files": EACH,
    "evidence.tick_seen": EACH,
    "exchange.enter_peer": PAIRING,
    "exchange.ask_for_key": PAIRING,
    "exchange.confirm_code": PAIRING,
    "exchange.suspend_peer": PAIRING,
    "exchange.resume_peer": PAIRING,
    "exchange.revoke_peer": PAIRING,
    "exchange.renew_own_key": PAIRING,
    "workspace.request_exercise": THE_EXERCISE,
    "workspace.give_cast_passwords": THE_EXERCISE,
}
"""Deeds that no program does, each with the reason."""


def test_every_deed_of_a_page_has_an_address_in_rest():
    assert sorted(on_pages() - in_rest() - set(ON_PAGES_ALONE)) == []


def test_no_reason_outlives_its_deed():
    assert sorted(set(ON_PAGES_ALONE) - (on_pages() - in_rest())) == []


@pytest.mark.parametrize(
    "text",
    [
        "from evidence import services\nservices.seal_item(item)",
        "from evidence import services as exhibits\nseal = exhibits.seal_item",
        "from evidence.services import seal_item",
        "from evidence.services.custody import seal_item as seal",
    ],
)
def test_a_deed_is_found_however_it_is_imported(text: str):
    assert set(called_in(ast.parse(text))) == {"evidence.seal_item"}


def test_a_word_that_only_sounds_alike_is_no_deed():
    text = "from evidence import services\nseal_item(item)\nother.seal_item(item)"
    assert set(called_in(ast.parse(text))) == set()


def on_pages() -> set[str]:
    """Every deed that a view does: it takes `by`, and leaves a line in the ledger."""
    return deeds() & called_from("views")


def in_rest() -> set[str]:
    """Every service that a door of REST calls."""
    return called_from("api")


def deeds() -> set[str]:
    """Every public deed of every room, as `room.verb`."""
    services = [each for room in ROOMS for each in services_of(ROOT, room.name)]
    recording = {verb_of(each) for each in services if each.reaches_record}
    return {
        f"{each.name.partition('.')[0]}.{verb_of(each)}"
        for each in services
        if each.takes_by and (each.reaches_record or each.calls & recording)
    }


def verb_of(service: Service) -> str:
    return service.name.rpartition(".")[2]


def called_from(floor: str) -> set[str]:
    """What the modules of one floor call of the services of any room."""
    return {
        called
        for room in ROOMS
        for file in modules_of(room, floor)
        for called in called_in(ast.parse(file.read_text()))
    }


def modules_of(room: Path, floor: str) -> list[Path]:
    """The modules of a floor, be it one file or a folder."""
    return [*(room / floor).rglob("*.py"), *room.glob(f"{floor}.py")]


def called_in(module: ast.Module) -> Iterator[str]:
    """The services that a module names: imported themselves, or with all of their room."""
    imports = [node for node in ast.walk(module) if isinstance(node, ast.ImportFrom)]
    brought = [(node.module or "", name) for node in imports for name in node.names]
    rooms = {name.asname or name.name: room for room, name in brought if name.name == "services"}
    for source, name in brought:
        room, _dot, floor = source.partition(".")
        if floor.startswith("services"):
            yield f"{room}.{name.name}"
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in rooms:
            yield f"{rooms[ast.unparse(node.value)]}.{node.attr}"
