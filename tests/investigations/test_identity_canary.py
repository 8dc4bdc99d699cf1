"""A canary: what an identity says is on the one page that opens it, and nowhere else at all."""

import io
import json
import logging
from html import unescape

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from redis import Redis

from investigations import services
from investigations.services import case_key, identity
from reports.services import request_report, typeset_report
from tests.investigations.test_sources import ZUBAYDAH

pytestmark = pytest.mark.django_db
WORDS = [
    *(word for field in ("name", "native_name") for word in getattr(ZUBAYDAH, field).split()),
    *(getattr(ZUBAYDAH, field) for field in ("born", "contact", "address", "documents")),
    *(ZUBAYDAH.relation, ZUBAYDAH.remarks),
]
OPENING = {"purpose": "contact", "reason": "The hearing was moved"}
QUIET = ["vestige.security", "django.security"]
"""Loggers whose lines do not reach the root."""


def sung(text):
    """The words of the identity that stand in a text, written plainly, as JSON or as hex."""
    shapes = {
        word: {word, json.dumps(word)[1:-1], word.encode().hex(), repr(word)[1:-1]}
        for word in WORDS
    }
    return [word for word, shape in shapes.items() if any(each in text for each in shape)]


@pytest.fixture
def source(night_raid, strike, gyro, soraya):
    """A witness whose account is cited; who it is has not been written down yet."""
    found = services.enter_source(
        night_raid, by=soraya, kind="witness", needs_second_person=False, remarks="Saw it"
    )
    services.cite_source(
        strike, by=soraya, citation="An account", reliability="B", credibility="2", source=found
    )
    return found


@pytest.fixture
def browser(soraya):
    """The lead, signed in; an error is answered with its page."""
    client = Client(raise_request_exception=False)
    client.force_login(soraya)
    return client


def at(name, row):
    return reverse(f"investigations:{name}", args=[row.pk])


def write(browser, source):
    source.refresh_from_db()
    typed = {**vars(ZUBAYDAH), "version": source.version}
    return browser.post(at("identity_write", source), typed)


@pytest.fixture
def logged(caplog):
    """Everything that is logged, down to each statement sent to PostgreSQL."""
    caplog.set_level(logging.DEBUG)
    for name in ("django", "django.db.backends", "django.template", "django.request", *QUIET):
        caplog.set_level(logging.DEBUG, logger=name)
    for name in QUIET:
        logging.getLogger(name).addHandler(caplog.handler)
    connection.force_debug_cursor = True
    yield caplog
    connection.force_debug_cursor = False
    for name in QUIET:
        logging.getLogger(name).removeHandler(caplog.handler)


def test_the_canary_is_heard_where_it_should_be():
    assert sung(json.dumps(vars(ZUBAYDAH))) == WORDS
    assert sung("W-01") == []


def test_no_log_down_to_the_statements_says_it(browser, source, logged, mailoutbox):
    assert write(browser, source).status_code == 302
    wrong = browser.post(at("identity_write", source), {**vars(ZUBAYDAH), "version": "1"})
    assert wrong.status_code == 409
    assert browser.post(at("identity_write", source), vars(ZUBAYDAH)).status_code == 422
    shown = browser.post(at("identity_open", source), OPENING)
    assert sung(unescape(shown.content.decode())) == WORDS
    named = browser.post(at("identity_open", source), {**OPENING, "reason": f"Ring {WORDS[0]}"})
    assert named.status_code == 422
    records = [*logged.get_records("setup"), *logged.records]
    assert {"django.db.backends", "vestige.security"} <= {record.name for record in records}
    assert sung(logged.text) == []
    assert sung(" ".join(repr(vars(record)) for record in records)) == []
    assert sung(" ".join(query["sql"] for query in connection.queries)) == []
    assert not mailoutbox


def test_no_table_holds_it_but_sealed_and_no_bell_carries_it(browser, source, night_raid, soraya):
    write(browser, source)
    browser.post(at("identity_open", source), OPENING)
    browser.post(at("identity_ask", source), OPENING)
    request_report(night_raid, by=soraya, language="en")
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        assert "investigations_sourceidentity" in tables
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            assert sung(" ".join(row[0] for row in cursor.fetchall())) == [], table
    url = configured.CELERY_BROKER_URL.replace("redis+socket://", "unix://")
    bells = Redis.from_url(url.replace("?virtual_host=", "?db="))
    read = {b"string": bells.get, b"list": lambda key: bells.lrange(key, 0, -1)}
    read |= {b"hash": bells.hgetall, b"set": bells.smembers}
    read |= {b"zset": lambda key: bells.zrange(key, 0, -1)}
    for key in bells.scan_iter():
        assert sung(f"{key!r} {read[bells.type(key)](key)!r}") == []


def test_no_error_page_shows_it_even_with_debug(browser, source, soraya, monkeypatch, settings):
    settings.DEBUG = True

    def breaks(*_args, **_kwargs):
        raise RuntimeError("broken on purpose")

    with monkeypatch.context() as broken:
        broken.setattr(case_key, "seal", breaks)
        answer = write(browser, source)
        assert answer.status_code == 500
        assert "broken on purpose" in answer.content.decode()
        assert sung(answer.content.decode()) == []
    write(browser, source)
    for place in ("record", "require_unnamed"):
        with monkeypatch.context() as broken:
            broken.setattr(identity, place, breaks)
            answer = browser.post(at("identity_open", source), OPENING)
            assert answer.status_code == 500
            assert "broken on purpose" in answer.content.decode()
            assert sung(answer.content.decode()) == []
    settings.DEBUG = False
    with monkeypatch.context() as broken:
        broken.setattr(case_key, "seal", breaks)
        answer = write(browser, source)
        assert answer.status_code == 500
        assert sung(answer.content.decode()) == []


def test_no_page_list_table_or_report_of_the_case_says_it(
    browser, source, strike, gyro, night_raid, soraya, as_program
):
    write(browser, source)
    pages = [
        *(at(name, source) for name in ("source_detail", "source_edit", "identity_write")),
        *(at(name, night_raid) for name in ("case_detail", "source_list")),
        *(at("incident_detail", strike), reverse("investigations:incident_export")),
        *(reverse("workspace:search") + f"?q={word}" for word in WORDS),
        *(reverse("workspace:ledger"), reverse("workspace:home")),
    ]
    for page in pages:
        answer = browser.get(page, follow=True)
        body = b"".join(answer) if answer.streaming else answer.content
        asked = [word for word in WORDS if f"?q={word}" in page]
        assert [word for word in sung(body.decode()) if word not in asked] == [], page
    program = as_program(soraya)
    for name in ("cases", "incidents", "requests", "sources", "source-reports"):
        assert sung(program.get(reverse(f"api:{name}-list")).content.decode()) == []
    told = program.get(reverse("api:incidents-detail", args=[strike.pk])).json()
    assert [report["source"] for report in told["reported_by"]] == ["W-01"]
    report = typeset_report(request_report(night_raid, by=soraya, language="en"))
    pdf = browser.post(reverse("reports:report_download", args=[report.pk]))
    text = " ".join(each.extract_text() for each in PdfReader(io.BytesIO(b"".join(pdf))).pages)
    assert strike.ref in text
    assert sung(text) == []
