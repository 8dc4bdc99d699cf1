"""Every file of the corpus and every bomb through a real worker: kept whole, shown redrawn."""

import os
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from core.scope import system_scope
from evidence import services, vault
from evidence.models import File
from evidence.models.vocabulary import FileState
from tests.conftest import eventually

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "corpus"
MOST_MEMORY_KIB = 400 * 1024
"""What the worker itself may take up; decoding happens in processes of its own."""

INERT = {
    "Content-Type": "application/octet-stream",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store",
}
OPAQUE = {
    "bomb_400MB.zip": "application/zip",
    "zipslip_symlink_dups.zip": "application/zip",
    "xss_script.svg": "image/svg+xml",
    "xxe.svg": "image/svg+xml",
    "html_as.jpg": "text/html",
    "pdf_js.pdf": "application/pdf",
}

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no test corpus at {CORPUS}"),
]


@pytest.fixture
def bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What make_bombs.py makes."""
    folder = tmp_path / "bombs"
    monkeypatch.setattr(sys, "argv", ["make_bombs.py", str(folder)])
    with pytest.warns(UserWarning, match="Duplicate name"):
        runpy.run_path(str(CORPUS / "generated" / "make_bombs.py"))
    return folder


def hostile(*folders: Path) -> Iterator[Path]:
    """Every file that has bytes; an empty one is refused at the door.

    The hundreds of test vectors for hash trees are no evidence of anything and are left out.
    """
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.stat().st_size and "merkle" not in str(path):
                yield path


def peak_kib(pid: int) -> int:
    """The most memory that a process has ever taken up."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def test_the_whole_corpus_is_kept_and_nothing_of_it_runs(worker, gyro, amal, bombs, tmp_path):
    before = set(tmp_path.rglob("*"))
    sent = {}
    for path in hostile(CORPUS, bombs):
        name = f"../../{path.name}"
        file = services.receive_file(
            gyro.case, by=amal, chunks=[path.read_bytes()], name=name, item=gyro
        )
        sent.setdefault(file.pk, path)
    eventually(lambda: not File.objects.unexamined().exists(), seconds=400)

    assert worker.poll() is None
    assert peak_kib(worker.pid) < MOST_MEMORY_KIB
    browser = Client()
    browser.force_login(amal)
    for file in File.objects.filter(pk__in=sent):
        original = sent[file.pk].read_bytes()
        assert vault.still_whole(file.sha256), file.name
        assert "/" not in file.name
        assert file.state in (FileState.READY, FileState.UNREADABLE, FileState.NOT_A_PICTURE)
        assert bool(file.preview) == (file.state == FileState.READY), file.name
        answer = browser.post(f"/files/{file.pk}/download/")
        assert b"".join(answer) == original
        assert {name: answer[name] for name in INERT} == INERT
        assert answer["Content-Disposition"].startswith("attachment;")
        for size in ("preview", "thumbnail"):
            shown = browser.get(f"/files/{file.pk}/{size}/")
            if file.preview:
                picture = b"".join(shown)
                assert shown["Content-Type"] in ("image/jpeg", "image/png")
                assert shown["X-Content-Type-Options"] == "nosniff"
                assert picture != original and picture[:2] in (b"\xff\xd8", b"\x89P")
            else:
                assert shown.status_code == 404
    assert set(tmp_path.rglob("*")) == before, "a name became a path"


def test_archives_and_xml_are_stored_and_never_opened(gyro, amal, bombs, monkeypatch):
    """They are told by their first bytes alone: no decoder of ours is ever asked about them."""

    def opened(*_args: object) -> None:
        raise AssertionError("something of ours began to parse it")

    monkeypatch.setattr("evidence.imaging.examine.ask", opened)
    for name, mime in OPAQUE.items():
        content = (bombs / name).read_bytes()
        file = services.receive_file(gyro.case, by=amal, chunks=[content], name=name, item=gyro)
        with system_scope("examine a received file"):
            services.examine_file(file)
        file.refresh_from_db()
        assert (file.mime, file.preview, file.state) == (mime, "", FileState.NOT_A_PICTURE)
        assert vault.still_whole(file.sha256)


def test_only_three_known_modules_of_ours_can_open_an_archive_or_read_xml():
    """No module of the rooms imports a parser of either, but for three that say how they may."""
    known = {
        "evidence/imaging/tiles.py",  # it reads the archives that it has written itself
        "exchange/formats/peer/bundle.py",  # nothing in it may be packed: see test_peer_bundles.py
        "exchange/formats/tables/workbook.py",  # bombs, entities: see test_table_formats.py
    }
    parsers = {"zipfile", "tarfile", "xml", "lxml", "defusedxml", "gzip"}
    root = Path(__file__).parents[2]
    rooms = [
        room for room in root.iterdir() if (room / "apps.py").exists() and room.name != "config"
    ]
    found = [
        f"{file.relative_to(root)}: {line.strip()}"
        for room in rooms
        for file in room.rglob("*.py")
        if str(file.relative_to(root)) not in known
        for line in file.read_text().splitlines()
        if line.startswith(("import ", "from ")) and line.split()[1].split(".")[0] in parsers
    ]
    assert found == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\win.ini", "/etc/shadow", ".", ".."])
def test_no_name_of_a_file_leads_out_of_the_vault(gyro, amal, private_folders, name):
    there = {path for path in private_folders.rglob("*") if path.is_file()}
    content = os.urandom(32)
    file = services.receive_file(gyro.case, by=amal, chunks=[content], name=name, item=gyro)
    new = {path for path in private_folders.rglob("*") if path.is_file()} - there
    assert [path.name for path in new] == [file.sha256]
    assert "/" not in file.name and "\\" not in file.name and file.name not in (".", "..")
