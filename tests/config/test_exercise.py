"""The exercise's own clock: it stamps for an exercise, and stays away from real work."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from config.local import exercise
from config.local.children import Crew
from config.local.places import Home
from ledger.stamping import ask_about, read_answer, roots_in


@pytest.fixture(autouse=True)
def _nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in exercise.NEVER_BESIDE:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def wound(home: Home, crew: Crew) -> Iterator[Home]:
    """A home whose clock runs."""
    exercise.wind_up(home)
    exercise.start(crew, home)
    yield home


def test_a_home_without_the_exercise_has_no_clock(home: Home, crew: Crew) -> None:
    exercise.start(crew, home)
    assert crew.children == []
    assert exercise.settings({"PORT": "8000"}, home) == {"PORT": "8000"}


def test_the_clock_stamps_what_the_signer_asks_about(wound: Home) -> None:
    told = exercise.settings({}, wound)
    question = ask_about(b"a checkpoint")
    answer = requests.post(told["TIMESTAMP_AUTHORITIES"], data=question.body, timeout=10).content
    roots = roots_in(told["TIMESTAMP_ROOTS"])
    assert read_answer(answer, b"a checkpoint", nonce=question.nonce, roots=roots).at


def test_its_certificate_says_that_it_is_no_witness(wound: Home) -> None:
    roots = Path(exercise.settings({}, wound)["TIMESTAMP_ROOTS"])
    command = ["openssl", "x509", "-in", str(roots), "-noout", "-subject"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "EXERCISE ONLY, not a witness" in told.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TLS", "1"),
        ("DATABASE_URL", "postgresql://vestige@db/vestige"),
        ("TIMESTAMP_AUTHORITIES", "https://time.example/"),
    ],
)
def test_it_is_not_for_an_installation_that_does_real_work(
    home: Home, crew: Crew, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    exercise.wind_up(home)
    monkeypatch.setenv(name, value)
    assert exercise.why_not()
    exercise.start(crew, home)
    assert crew.children == []
    assert "TIMESTAMP_ROOTS" not in exercise.settings({}, home)


def test_the_programs_stop_and_the_servers_stay(wound: Home, crew: Crew) -> None:
    clock = crew.children[0]
    crew.stop_programs()
    assert crew.children == [clock]
    assert clock.process and clock.process.poll() is None
    assert clock.pid_file.exists()


def test_it_listens_at_the_same_place_from_start_to_start(home: Home) -> None:
    exercise.wind_up(home)
    first = exercise.port_of(home)
    exercise.wind_up(home)
    assert exercise.port_of(home) == first
