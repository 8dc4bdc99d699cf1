"""The floor plan, held by machine: sizes, where writing is allowed, and no deed without a line."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings

from tests.access.parts import routes
from tests.access_table import TABLE
from tests.service_calls import Service, is_write, services_of

ROOT = Path(settings.BASE_DIR)
ROOMS = sorted(Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == ROOT)
LONGEST = {"file": 300, "function": 30, "view": 15, "task": 10, "template": 120}
PURE = {
    "imaging",
    "typesetting",
    "methods",
    "formats",
    "vault.py",
    "filing.py",
    "jobs",
    "local",
    "vendor.py",
}
VALUES = {"investigations/models/label.py"}
"""Rows that are never changed and stored once each, by whoever first needs them."""

UNRECORDED = {
    "investigations.services.label.put_handling": "the line is written by whoever marks or cites",
    "investigations.services.label.follow": "the line is written by whoever marks or cites",
    "investigations.services.notice.put_notice_away": "a reading, not a deed: a notice was seen",
    "investigations.services.notice.put_notices_away": "a reading, not a deed: a notice was seen",
    "investigations.services.membership.tell_of_limit": "a notice of a deed that has its line",
    "investigations.services.notice.leave": "a notice of a deed that has its line",
    "investigations.services.notice_mail.mail_notice": "not a deed: when a notice was mailed",
    "reports.services.bundle.tell": "how far it has come, which is no deed",
    "reports.services.report.tell": "how far it has come, which is no deed",
    "comparison.services.asking.answer_question": "not a deed: how often was asked",
    "comparison.services.asking.ask_later": "not a deed: what is told in the night",
    "comparison.services.disclosing.put_answers_away": "a reading, not a deed: an answer was seen",
    "comparison.services.telling.refresh_hits": "derived from links, which have their lines",
    "comparison.services.telling.answer_due": "derived from links, which have their lines",
    "comparison.services.disclosing.keep_asked": "the line is written by ask_for_disclosure",
    "comparison.services.disclosing.settle": "the line is written by share and refuse_to_share",
    "core.services.once.do_once": "not a deed: it keeps one from being done twice",
    "core.services.once.remember": "not a deed: it keeps one from being done twice",
    "core.services.once.forget_outlived": "not a deed: it keeps one from being done twice",
    "evidence.services.upload.extend_upload": "a piece of a file; the file has its line",
    "evidence.services.upload.step_back": "a piece of a file; the file has its line",
    "evidence.services.upload.become_file": "the line is written by enter_file",
    "evidence.services.upload.stored_in_one": "the lines are written by enter_file",
    "accounts.services.guess.count_entry": "not a deed: how often somebody guessed",
    "accounts.services.guess.counted": "not a deed: how often somebody guessed",
    "accounts.services.guess.take_back": "not a deed: how often somebody guessed",
    "accounts.services.proof.note_session_use": "a reading, not a deed: where a session is used",
    "ledger.services.writing.record_lines": "this is what writes the lines",
    "ledger.services.writing.keep_former": "this is what writes the lines",
    "ledger.services.writing.hold_chains": "this is what writes the lines",
    "ledger.services.writing.lock_head": "this is what writes the lines",
    **{
        f"comparison.services.{name}": "drawn from the evidence anew, which has its lines"
        for name in (
            "reading.read_component",
            *("recounting.rebuild_counts", "recounting.read_again"),
            *("rescoring.begin_rescoring", "rescoring.rescore_all", "rescoring.rescore_moved"),
        )
    },
    **{
        f"ledger.services.{name}": "the signer's work about lines, which must not make new ones"
        for name in (
            *("signing.sign_round", "signing.put", "signing.store", "signing.queue_stamps"),
            *("signing.raise_alarm", "signing.end_alarms", "anchoring.keep", "anchoring.put_off"),
        )
    },
    **{
        f"exchange.services.webhook_{name}": "not a deed: what is owed, and what came of it"
        for name in (
            *("telling.keep_news", "telling.owe", "delivery.note_answer", "delivery.settle"),
            *("delivery.give_up_delivery", "delivery.forget_old_deliveries"),
        )
    },
    **{
        f"exchange.services.{name}": "each record has its line, and the whole import has its own"
        for name in (
            *("table_work.do_batch", "table_undoing.undo_batch", "table_undoing.give_up"),
            *("table_writing.name_it", "table_writing.enter_many", "table_writing.let_go"),
        )
    },
    "exchange.services.agreeing.note_trouble": "not a deed: what a peer last answered",
    "exchange.services.speaking.next_number": "a count; what it numbers has a line of its own",
    "exchange.services.hearing.count_message": "a count; what was heard has a line of its own",
    "exchange.services.forgetting.forget_old_steps": "not a deed: what no cursor asks for any more",
    "exchange.services.follower.note_following": "a reading, not a deed: when a client asked last",
    "exchange.services.follower.forget_old_followers": "not a deed: who asks no more",
    "accounts.services.token.note_token_use": "a reading, not a deed: when a key was last used",
}


def modules(room: Path) -> Iterator[Path]:
    for file in sorted(room.rglob("*.py")):
        if "migrations" not in file.parts:
            yield file


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_no_file_outgrows_its_reader():
    long = {
        named(file): lines
        for room in ROOMS
        for file in modules(room)
        if (lines := len(file.read_text().splitlines())) > LONGEST["file"]
    }
    assert long == {}


def test_no_function_outgrows_its_reader():
    long = []
    for room in ROOMS:
        for file in modules(room):
            for node in ast.walk(ast.parse(file.read_text())):
                if not isinstance(node, ast.FunctionDef):
                    continue
                limit = LONGEST[sort_of(node, file)]
                if body_length(node) > limit:
                    long.append(f"{named(file)}:{node.name} has {body_length(node)} > {limit}")
    assert long == []


def sort_of(function: ast.FunctionDef, file: Path) -> str:
    """A view or a task is what carries a decorator there; what they call is a function."""
    if not function.decorator_list:
        return "function"
    if "views" in named(file):
        return "view"
    return "task" if file.name == "tasks.py" else "function"


def body_length(function: ast.FunctionDef) -> int:
    """Lines of what the function does: neither its signature nor its docstring."""
    statements = function.body
    if ast.get_docstring(function) is not None:
        statements = statements[1:]
    if not statements:
        return 0
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1


def test_no_template_outgrows_its_reader():
    long = {
        named(file): lines
        for file in (ROOT / "templates").rglob("*.html")
        if (lines := len(file.read_text().splitlines())) > LONGEST["template"]
    }
    assert long == {}


def test_every_module_says_in_one_sentence_what_it_is_for():
    silent = [
        named(file)
        for room in ROOMS
        for file in modules(room)
        if file.read_text().strip() and ast.get_docstring(ast.parse(file.read_text())) is None
    ]
    assert silent == []


def test_only_services_write():
    found = []
    for room in ROOMS:
        for file in modules(room):
            inside = file.relative_to(room).parts
            if inside[0] in {"services", "services.py"} or PURE & set(inside):
                continue
            if named(file) in VALUES:
                continue
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and is_write(node):
                    found.append(f"{named(file)}:{node.lineno} {ast.unparse(node.func)}")
    assert found == []


@pytest.mark.parametrize("room", [room.name for room in ROOMS])
def test_no_deed_without_a_line_in_the_ledger(room: str):
    silent = [
        service.name
        for service in services_of(ROOT, room)
        if service.writes and not recorded(service) and service.name not in UNRECORDED
    ]
    assert silent == []


def recorded(service: Service, seen: frozenset[str] = frozenset()) -> bool:
    """True when the service writes a line itself, or only ever runs inside one that does."""
    if service.records or service.name in seen:
        return True
    seen |= {service.name}
    return bool(service.callers) and all(recorded(caller, seen) for caller in service.callers)


def test_whoever_acts_is_named_in_the_ledger():
    """A public deed takes `by`, and a line is written on its behalf."""
    silent = [
        service.name
        for room in ROOMS
        for service in services_of(ROOT, room.name)
        if service.takes_by and service.writes and not service.reaches_record
        if not recorded(service) and service.name not in UNRECORDED
    ]
    assert silent == []


def test_every_job_that_a_service_asks_for_has_a_task():
    current_app.loader.import_default_modules()
    asked = set()
    for room in ROOMS:
        for file in modules(room):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "jobs.ask":
                    asked.add(constant(node.args[0], file))
    missing = asked - set(current_app.tasks)
    assert missing == set()
    assert asked, "the scan found no jobs at all: it looks in the wrong place"


def constant(node: ast.expr, file: Path) -> str:
    """The text of a literal, or of the module's own or imported constant of that name."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    name = ast.unparse(node)
    for source in [file, *file.parent.glob("*.py")]:
        for statement in ast.parse(source.read_text()).body:
            if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == name:
                return str(ast.literal_eval(statement.value))
    raise AssertionError(f"{named(file)}: name the task by a literal or a constant")


def test_every_scheduled_job_has_a_task():
    current_app.loader.import_default_modules()
    scheduled = {job["task"] for job in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled - set(current_app.tasks) == set()


def test_every_address_is_in_the_access_table():
    found = {name for name, _door in routes()}
    assert found - set(TABLE) == set(), "give each new address a line in tests/access_table.py"
    assert set(TABLE) - found == set(), "these addresses are gone: take their lines out"


def test_every_dependency_says_why_it_is_here():
    told = (ROOT / "docs" / "dependencies.md").read_text()
    words = {word.strip(" |,") for line in told.splitlines() for word in line.split(" ")}
    for name in ("requirements.txt", "requirements-ocr.txt", "requirements-dev.txt"):
        chosen, _, _in_turn = (ROOT / name).read_text().partition("# What these need in turn")
        pins = [line.partition("==")[0] for line in chosen.splitlines() if "==" in line]
        assert pins
        assert [pin for pin in pins if pin not in words and pin.lower() not in words] == []
