"""When a server or a disk fails, people hear which, and programs get a code; nobody a traceback."""

import errno

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from evidence import services
from evidence.models import File
from tests.evidence.photographs import photograph, upload


@pytest.fixture
def patient(night_raid, amal):
    """A browser that shows what the server answers, whatever happens there."""
    client = Client(raise_request_exception=False)
    client.force_login(amal)
    return client


def raising(problem):
    def deed(*_args, **_options):
        raise problem

    return deed


def test_a_database_that_is_away_is_a_page_that_says_when_to_try_again(patient, monkeypatch):
    away = OperationalError("connection to server on socket failed")
    monkeypatch.setattr("django.contrib.sessions.backends.base.SessionBase.get", raising(away))
    answer = patient.get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    page = answer.content.decode()
    assert "The database does not answer" in page
    assert "socket failed" not in page
    told = patient.get("/", headers={"Accept": "application/json"}).json()
    assert told["code"] == "database-away"


def test_a_full_disk_is_told_and_leaves_no_row(patient, gyro, monkeypatch):
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr("evidence.vault.put_whole", raising(full))
    new = photograph() + b"kept by no other test"
    sent = {"upload": upload("a.jpg", new), "acquisition_method": "own-capture"}
    there = reverse("evidence:file_receive", args=[gyro.pk])
    answer = patient.post(there, sent)
    assert answer.status_code == 507
    assert "There is no room left on the server" in answer.content.decode()
    sent["upload"] = upload("a.jpg", new)
    told = patient.post(there, sent, headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["code"]) == (507, "disk-full")
    assert not File.objects.exists()


def test_what_the_database_has_no_room_for_is_a_full_disk_too(patient, gyro, monkeypatch):
    class DiskFull(Exception):
        pgcode = "53100"  # as psycopg2 has it when PostgreSQL says so

    full = OperationalError("could not extend file")
    full.__cause__ = DiskFull()
    monkeypatch.setattr(services, "receive_file", raising(full))
    sent = {"upload": upload("a.jpg", photograph()), "acquisition_method": "own-capture"}
    assert patient.post(reverse("evidence:file_receive", args=[gyro.pk]), sent).status_code == 507


def test_anything_else_is_said_to_have_failed_on_our_side(patient, monkeypatch):
    monkeypatch.setattr("workspace.views.home.home_page", raising(ValueError("the inside of it")))
    answer = patient.get("/")
    assert answer.status_code == 500
    assert "Something failed on our side" in answer.content.decode()
    assert "the inside of it" not in answer.content.decode()
