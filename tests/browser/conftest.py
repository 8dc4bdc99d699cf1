"""A real server, a real worker and a real Chromium; whatever the policy blocks fails the test."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from accounts.models import User
from tests.conftest import test_database_url

Visitor = Callable[..., Page]
EXPECTED = ("status of 422", "status of 404", "status of 403")
PATIENCE = 15_000
"""Milliseconds until something must have happened: two cores may be busy with other tests."""
OPTIONS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; as root it needs to run without its sandbox."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: apt-get install chromium, or run `make test`, which does"
    arguments = [*OPTIONS, "--no-sandbox"] if os.geteuid() == 0 else OPTIONS
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def as_in_production(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a program that serves what people see."""
    return {**os.environ, "VESTIGE_DATA": str(folder), "DEBUG": "0", **more}


@pytest.fixture(scope="session")
def collected(private_folders: Path) -> Path:
    """Static files as they are served in production: compressed, under hashed names."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    environment = as_in_production(private_folders)
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)
    return private_folders


class Server:
    """A gunicorn of its own, on the tests' database, which may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = as_in_production(
            folder, DATABASE_URL=test_database_url(), ALLOWED_HOSTS="127.0.0.1,localhost"
        )

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "-b", f"127.0.0.1:{self.port}"]
        options = ["--threads", "4", "--log-level", "warning", "--no-control-socket"]
        options += ["--graceful-timeout", "5"]  # `stop` waits longer than an open request may
        self.running = subprocess.Popen(
            [*command, *options],
            cwd=settings.BASE_DIR,
            env=self.environment,
            start_new_session=True,
        )
        wait_for(self.address, self.running)

    def kill(self) -> None:
        """As a power cut would: the master and all that it has started."""
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait(20)

    def stop(self) -> None:
        self.running.terminate()
        self.running.wait(20)


@pytest.fixture
def server(transactional_db: None, collected: Path) -> Iterator[Server]:
    """What answers the browsers of one test."""
    serving = Server(collected)
    serving.start()
    try:
        yield serving
    finally:
        serving.stop()


@pytest.fixture
def site(server: Server) -> str:
    """The address of the server."""
    return server.address


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until the sign-in page answers."""
    for _attempt in range(200):
        assert server.poll() is None, "gunicorn ended before it served a page"
        try:
            urlopen(f"{address}/sign-in/", timeout=5).close()  # noqa: S310  (our own server)
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("gunicorn did not answer within 20 seconds")


class Complaints(list[str]):
    """Script errors, failed requests and policy violations that the browser reported."""

    def listen_to(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("console", self.note)

    def note(self, message: ConsoleMessage) -> None:
        expected = any(status in message.text for status in EXPECTED)
        if message.type in {"error", "warning"} and not expected:
            self.append(message.text)


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Empty at the end, or the test fails."""
    heard = Complaints()
    yield heard
    assert heard == []


@pytest.fixture
def visitor(chromium: Browser, site: str, complaints: Complaints) -> Iterator[Visitor]:
    """Opens a browser of its own, so that several people are there at once."""
    contexts: list[BrowserContext] = []

    def open_browser(*, width: int = 1440, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        complaints.listen_to(page)
        return page

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture
def open_as(visitor: Visitor, site: str) -> Visitor:
    """Open a page as one of the cast: `open_as(amal, "/evidence/", width=390, language="ar")`."""

    def open_page(
        user: User | None, path: str, *, width: int = 1440, scripts: bool = True, **looks: str
    ) -> Page:
        page = visitor(width=width, scripts=scripts)
        if user:
            User.objects.filter(pk=user.pk).update(**looks)
            client = Client()
            client.force_login(user)
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}
            page.context.add_cookies([cookie])
        page.goto(path)
        return page

    return open_page


@pytest.fixture
def signed_in(visitor: Visitor) -> Visitor:
    """A person's browser after the sign-in page."""

    def sign_in(user: User) -> Page:
        hasher = Argon2PasswordHasher()  # as the server does, which knows no cheaper one
        password = hasher.encode("let-me-in-please", hasher.salt())
        User.objects.filter(pk=user.pk).update(password=password)
        page = visitor()
        page.goto("/sign-in/")
        page.locator("[name=login]").fill(user.username)
        page.locator("[name=password]").fill("let-me-in-please")
        page.locator("main form:has([name=password]) button").first.click()
        page.wait_for_url(lambda address: "sign-in" not in address)
        return page

    return sign_in
