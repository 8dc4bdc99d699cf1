"""A long file on its way through a browser: paused, cut off, reloaded, and in the end verified."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evidence import services
from evidence.models import File, Upload
from ledger.models import Entry
from tests.conftest import eventually

pytestmark = pytest.mark.browser
PIECE = 8 * 1024 * 1024
PATCHES = "**/api/v1/uploads/*/"


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Three pieces and a bit."""
    path = tmp_path / "recording.bin"
    path.write_bytes(b"".join(bytes([n % 251]) * 4096 for n in range(3 * PIECE // 4096)) + b"end")
    return path


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def choose(page: Page, path: Path) -> None:
    page.locator("#upload input[type=file]").first.set_input_files(path)


def hold_after(page: Page, offset: int) -> None:
    """Pieces from `offset` on do not get through, until the route is lifted."""

    def answer(route):
        start = route.request.headers.get("upload-offset")
        if route.request.method == "PATCH" and int(start) >= offset:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(PATCHES, answer)


@pytest.fixture
def cut(complaints):
    """The browser says that its line was cut, as it should."""
    yield
    complaints[:] = [each for each in complaints if "ERR_CONNECTION_RESET" not in each]


def test_a_file_is_verified_when_both_sides_agree(open_as, amal, night_raid, recording):
    page = open_as(amal, f"/cases/{night_raid.pk}/intake/")
    choose(page, recording)
    row = page.locator(".uploads li").first
    expect(row).to_contain_text("Verified by the server", timeout=60_000)
    expect(row).to_contain_text(sha256(recording)[:10])
    file = File.objects.get()
    assert (file.sha256, file.size) == (sha256(recording), recording.stat().st_size)
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('upload:'))") == []


def test_a_cut_line_goes_on_by_itself(open_as, amal, night_raid, recording, cut):
    page = open_as(amal, f"/cases/{night_raid.pk}/intake/")
    hold_after(page, PIECE)
    choose(page, recording)
    row = page.locator(".uploads li").first
    expect(row).to_contain_text("No connection", timeout=30_000)
    assert Upload.objects.get().received == PIECE
    page.unroute(PATCHES)
    expect(row).to_contain_text("Verified by the server", timeout=60_000)
    assert File.objects.get().sha256 == sha256(recording)
    assert Upload.objects.count() == 1


def test_a_reloaded_page_goes_on_when_the_file_is_chosen_again(
    open_as, amal, night_raid, recording, cut
):
    page = open_as(amal, f"/cases/{night_raid.pk}/intake/")
    hold_after(page, 2 * PIECE)
    choose(page, recording)
    expect(page.locator(".uploads li").first).to_contain_text("No connection", timeout=30_000)
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute(PATCHES)
    page.goto(f"/cases/{night_raid.pk}/intake/")
    row = page.locator(".uploads li").first
    expect(row).to_contain_text("choose the file again")
    sent = []
    page.on("request", lambda r: r.method == "PATCH" and sent.append(r.headers["upload-offset"]))
    choose(page, recording)
    expect(row).to_contain_text("Verified by the server", timeout=60_000)
    assert sent[0] == str(2 * PIECE)
    assert File.objects.get().sha256 == sha256(recording)


def test_a_pause_lasts_until_it_is_lifted(open_as, amal, night_raid, recording, cut):
    page = open_as(amal, f"/cases/{night_raid.pk}/intake/")
    hold_after(page, PIECE)
    choose(page, recording)
    row = page.locator(".uploads li").first
    row.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("Paused")
    page.unroute(PATCHES)
    page.wait_for_timeout(1500)
    expect(row).to_contain_text("Paused")
    row.get_by_role("button", name="Resume").click()
    expect(row).to_contain_text("Verified by the server", timeout=60_000)


def test_giving_up_leaves_nothing_anywhere(open_as, amal, night_raid, recording, cut):
    page = open_as(amal, f"/cases/{night_raid.pk}/intake/")
    hold_after(page, PIECE)
    choose(page, recording)
    row = page.locator(".uploads li").first
    expect(row).to_contain_text("No connection", timeout=30_000)
    row.get_by_role("button", name="Give this upload up").click()
    expect(page.locator(".uploads li")).to_have_count(0)
    eventually(lambda: not Upload.objects.exists())
    assert not File.objects.exists()


def test_two_windows_send_one_file_once(open_as, amal, night_raid, recording, cut):
    windows = [open_as(amal, f"/cases/{night_raid.pk}/intake/") for _ in range(2)]
    for page in windows:
        choose(page, recording)
    for page in windows:
        row = page.locator(".uploads li").first
        expect(row).to_contain_text(sha256(recording)[:10], timeout=60_000)
    assert File.objects.count() == 1


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.bin"
    path.write_bytes(b"a short recording")
    return path


def sent_by(page: Page, method: str) -> list[str]:
    """The bodies' sizes of all requests of a kind from now on."""
    sent: list[str] = []
    page.on("request", lambda r: r.method == method and "/uploads/" in r.url and sent.append(r.url))
    return sent


def test_a_short_file_comes_in_one_request(open_as, amal, night_raid, small):
    page = open_as(amal, f"/cases/{night_raid.pk}/intake/")
    posts, others = sent_by(page, "POST"), sent_by(page, "PATCH")
    choose(page, small)
    expect(page.locator(".uploads li").first).to_contain_text("Verified by the server")
    assert (len(posts), len(others)) == (1, 0)


def test_known_bytes_are_named_before_any_is_sent(open_as, amal, gyro, small):
    services.receive_file(gyro.case, by=amal, chunks=[small.read_bytes()], name="a", item=gyro)
    page = open_as(amal, f"/cases/{gyro.case_id}/intake/")
    posts = sent_by(page, "POST")
    choose(page, small)
    expect(page.locator(".uploads li").first).to_contain_text(f"Already {gyro.exhibit_no}")
    assert posts == []


def test_another_browser_goes_on_with_what_one_began(open_as, amal, night_raid, recording, cut):
    page = open_as(amal, f"/cases/{night_raid.pk}/intake/")
    hold_after(page, PIECE)
    choose(page, recording)
    expect(page.locator(".uploads li").first).to_contain_text("No connection", timeout=30_000)
    page.context.close()
    other = open_as(amal, f"/cases/{night_raid.pk}/intake/")
    expect(other.locator("[data-begun-notice]")).to_contain_text("Resume 1 unfinished file")
    sent = []
    other.on("request", lambda r: r.method == "PATCH" and sent.append(r.headers["upload-offset"]))
    choose(other, recording)
    row = other.locator(".uploads li").first
    expect(row).to_contain_text("Verified by the server", timeout=60_000)
    assert sent[0] == str(PIECE)
    assert Upload.objects.count() == 1
    expect(other.locator("[data-begun-notice]")).to_be_hidden()


def test_a_manifest_says_what_each_file_is_and_names_what_is_missing(
    open_as, amal, gyro, tmp_path, complaints
):
    good, altered, stray = (tmp_path / name for name in ("1.jpg", "2.jpg", "3.jpg"))
    for path in (good, altered, stray):
        path.write_bytes(path.name.encode())
    page = open_as(amal, f"/cases/{gyro.case_id}/intake/")
    page.get_by_text("With a manifest").click()
    page.locator("[data-manifest] textarea").fill(
        "filename,exhibit,sha256,caption,collector\n"
        f'1.jpg,{gyro.exhibit_no},{sha256(good)},"Left, below",Amal\n'
        f"2.jpg,,{'0' * 64},,\n"
        "4.jpg,,,,\n"
    )
    page.locator("#upload input[type=file]").first.set_input_files([good, altered, stray])
    expect(page.locator("[data-missing] li")).to_have_text(["4.jpg"])
    expect(page.locator("[data-unnamed] li")).to_have_text(["3.jpg"])
    rows = page.locator(".uploads li")
    expect(rows.nth(0)).to_contain_text("Verified by the server")
    expect(rows.nth(1)).to_contain_text("Not stored")
    expect(rows.nth(2)).to_contain_text("Verified by the server")
    eventually(lambda: File.objects.filter(caption="Left, below", collected_by="Amal", item=gyro))
    assert set(File.objects.values_list("name", flat=True)) == {"1.jpg", "3.jpg"}
    assert Entry.objects.filter(act="evidence.file_refused").count() == 1


def test_a_folder_comes_in_with_the_paths_it_had(open_as, amal, night_raid, tmp_path):
    inside = tmp_path / "raid" / "north"
    inside.mkdir(parents=True)
    (inside / "1.jpg").write_bytes(b"a wing")
    page = open_as(amal, f"/cases/{night_raid.pk}/intake/")
    page.locator("#upload input[webkitdirectory]").set_input_files(tmp_path / "raid")
    expect(page.locator(".uploads li").first).to_contain_text("Verified by the server")
    file = File.objects.get()
    assert (file.name, file.path_as_sent) == ("1.jpg", "raid/north/1.jpg")


def test_all_are_paused_and_gone_on_with_at_once(open_as, amal, night_raid, recording, cut):
    page = open_as(amal, f"/cases/{night_raid.pk}/intake/")
    hold_after(page, PIECE)
    choose(page, recording)
    row = page.locator(".uploads li").first
    page.get_by_role("button", name="Pause all").click()
    expect(row).to_contain_text("Paused")
    page.unroute(PATCHES)
    page.get_by_role("button", name="Resume all").click()
    expect(row).to_contain_text("Verified by the server", timeout=60_000)
