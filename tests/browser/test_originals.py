"""Hostile originals in a real browser: they come down as files and never run."""

import hashlib
import runpy
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error

from evidence import services
from tests.evidence.test_hostile_files import CORPUS

ACTIVE = [
    *("xss_script.svg", "xxe.svg", "html_as.jpg", "gif_js_polyglot.gif", "pdf_js.pdf"),
    *("billion_laughs.xmp", "bomb_400MB.zip"),
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no test corpus at {CORPUS}"),
]


@pytest.fixture
def originals(tmp_path: Path, monkeypatch, gyro, amal):
    """Each bomb that a browser could be made to run, received as evidence."""
    monkeypatch.setattr(sys, "argv", ["make_bombs.py", str(tmp_path)])
    with pytest.warns(UserWarning, match="Duplicate name"):
        runpy.run_path(str(CORPUS / "generated" / "make_bombs.py"))
    return [
        services.receive_file(
            gyro.case, by=amal, chunks=[(tmp_path / name).read_bytes()], name=name, item=gyro
        )
        for name in ACTIVE
    ]


def test_no_original_runs_in_a_browser(open_as, amal, originals):
    page = open_as(amal, "/intake/")
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for file in originals:
        page.goto(f"/files/{file.pk}/")
        title = page.title()
        with page.expect_download() as coming:
            page.locator(f"form[action='/files/{file.pk}/download/'] button").first.click()
        down = Path(coming.value.path()).read_bytes()
        assert hashlib.sha256(down).hexdigest() == file.sha256
        assert page.url.endswith(f"/files/{file.pk}/") and page.title() == title
        assert page.request.get(f"/files/{file.pk}/download/").status == 405
        window = page.context.new_page()
        with suppress(Error):  # the browser has nothing to show
            window.goto(f"/files/{file.pk}/download/")
        assert "XSS" not in window.title()
        window.close()
    assert said == []
