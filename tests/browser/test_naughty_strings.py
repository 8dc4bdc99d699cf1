"""A case whose every text tries to become a script: a browser opens every page, and none runs."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from PIL.ExifTags import Base
from playwright.sync_api import Page

from accounts.models import Agency, User
from evidence import services as evidence
from investigations.models.identity import Particulars
from tests.access import world as access_world
from tests.access.walking import meant, path_to
from tests.access.world import World, build
from tests.access_table import FOR_PROGRAMS, TABLE, Access
from tests.evidence.imaging.pictures import encoded, exif, two_sided
from tests.naughty import FILENAMES, SCRIPTS, TEMPLATES, naughty

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = ["'\"><img src=x onerror=alert(1)>", "</title><script>alert(1)</script>{{7*7}}"]
WATCH = """
addEventListener("securitypolicyviolation", (told) =>
  console.error(`policy: ${told.effectiveDirective} ${told.blockedURI} ${told.sample}`));
"""
NO_PAGE = {
    *("evidence:file_thumbnail", "evidence:file_preview", "evidence:tile"),
    "comparison:shared_picture",
    *("workspace:ledger_bytes", "workspace:ledger_proof"),
}


@pytest.fixture
def security_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the server notes what browsers report; asked for before the server starts."""
    file = tmp_path / "security.log"
    monkeypatch.setenv("SECURITY_LOG", str(file))
    return file


@pytest.fixture
def world(
    security_log: Path, transactional_db: None, request: Any, monkeypatch: pytest.MonkeyPatch
) -> World:
    """Both cases of the access tests, with a hostile word in every text of ours."""
    word = getattr(request, "param", WORDS[0])
    monkeypatch.setattr(access_world, "OURS", word)
    monkeypatch.setattr(access_world, "Particulars", known_by)
    made = build(lambda _world: {})
    amal, case = User.objects.get(username="amal"), made.things["case"]
    User.objects.update(display_name=word, native_name=word)
    Agency.objects.filter(short_name="JIM").update(name=word)
    lie = exif({Base.Make: word, Base.Model: SCRIPTS[0], Base.ImageDescription: "<b>"})
    for number, name in enumerate(FILENAMES):
        picture = encoded(two_sided(200 + number), exif=lie)
        file = evidence.receive_file(
            case, by=amal, chunks=[picture], name=name, item=made.things["item"]
        )
        evidence.examine_file(file)
    everything = "\n\n".join(naughty())
    for start in range(0, len(everything), 9000):
        access_world.investigations.write_note(case, by=amal, text=everything[start:][:9000])
    return made


def known_by(name: str, contact: str) -> Particulars:
    """Who a source is, in hostile words that stand nowhere else: remarks may not name a source."""
    return Particulars(name=name and "<svg/onload=confirm()>", contact=contact)


def pages_of(world: World) -> Iterator[tuple[str, str]]:
    """Every page that is read, with the name of somebody who may."""
    for address, access in TABLE.items():
        if not access.get or access.shown != 200 or address in NO_PAGE:
            continue
        if address.startswith(FOR_PROGRAMS):
            continue
        may = [one for one in world.personas.values() if one.tags & access.get.may]
        if may:
            yield (
                may[-1].name if "anyone" in access.get.may else may[0].name,
                there(world, access, address),
            )


def there(world: World, access: Access, address: str) -> str:
    row = world.things[access.of] if access.of else None
    asked = meant(access.query, world.things)
    return f"{path_to(address, row)}?{'&'.join(f'{name}={value}' for name, value in asked.items())}"


def administration(world: World) -> Iterator[tuple[str, str]]:
    """Every list of the administration, and the first row of each."""
    yield "admin", reverse("admin:index")
    for model in admin.site._registry:
        meta = model._meta
        yield "admin", reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    for user in User.objects.all()[:2]:
        yield "admin", reverse("admin:accounts_user_change", args=[user.pk])


@pytest.fixture
def look(world: World, visitor: Callable[..., Page], complaints: Any, site: str) -> Any:
    """Opens a page in the browser of the one named, and listens for anything that runs."""
    browsers: dict[str, Page] = {}

    def open_page(name: str, path: str) -> Page:
        if name not in browsers:
            page = browsers[name] = visitor()
            page.add_init_script(WATCH)
            page.on("dialog", lambda dialog: (complaints.append("a dialog"), dialog.dismiss()))
            session = world.personas[name].browser.cookies.get(settings.SESSION_COOKIE_NAME)
            if session:
                cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.value, "url": site}
                page.context.add_cookies([cookie])
        page = browsers[name]
        before = len(complaints)
        page.goto(path, wait_until="load")
        complaints[before:] = [f"{path}: {words}" for words in complaints[before:]]
        assert "XSS" not in page.title()
        return page

    return open_page


@pytest.mark.parametrize("world", WORDS, indirect=True, ids=["an image", "a script"])
def test_no_page_runs_what_people_typed(
    world: World, look: Callable[[str, str], Page], security_log: Path
) -> None:
    seen = 0
    for name, path in [*pages_of(world), *administration(world)]:
        look(name, path)
        seen += 1
    assert seen > 60
    reports = security_log.read_text() if security_log.exists() else ""
    told = [json.loads(line) for line in reports.splitlines()]
    assert [line for line in told if line["event"] == "policy.broken"] == []


def test_templates_come_back_as_they_were_typed(
    world: World, look: Callable[[str, str], Page]
) -> None:
    amal, case = User.objects.get(username="amal"), world.things["case"]
    for text in TEMPLATES:
        access_world.investigations.set_task(case, by=amal, title=text)
    page = look("amal", reverse("investigations:case_detail", args=[case.pk]))
    shown = page.locator("body").inner_text()
    assert [text for text in TEMPLATES if text not in shown] == []


def test_a_policy_that_is_broken_is_reported(
    world: World, look: Callable[[str, str], Page], security_log: Path, complaints: Any
) -> None:
    """The silence of the other tests means something: a real violation would be heard."""
    page = look("amal", "/cases/")
    page.evaluate(
        "() => { const one = document.createElement('img');"
        " one.src = 'https://tracker.example/x.png'; document.body.append(one); }"
    )
    page.wait_for_timeout(1500)
    assert any("policy: img-src" in words for words in complaints)
    assert '"event": "policy.broken"' in security_log.read_text()
    assert (
        page.evaluate(
            "() => { try { document.body.innerHTML = '<b>x</b>'; return 'set' }"
            " catch (error) { return error.name } }"
        )
        == "TypeError"
    )
    page.wait_for_timeout(500)  # the browser tells of it a moment later
    complaints.clear()
