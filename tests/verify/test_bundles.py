"""The verifier finds an honest bundle intact, and any changed byte in it."""

import os
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.verify.conftest import checked
from tests.verify.sealed import Log, body, pack, parts_of
from verify import vestige_verify

SCRIPT = Path(vestige_verify.__file__)
WITHOUT_OPENSSL = ("--openssl", "/nowhere/openssl")
"""Quick, and an honest bundle is merely incomplete then: a flip is found by nothing but itself."""


def run(*words: object) -> tuple[int, str]:
    """The verifier as the opposing expert runs it."""
    command = [sys.executable, "-I", str(SCRIPT), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_an_honest_bundle_is_intact(bundle):
    code, told = run(bundle)

    assert code == 0, told
    assert "They are all its entries: none is missing." in told
    assert "existed on" in told and "EXERCISE ONLY" in told
    assert "nothing in this bundle can tell" in told


def test_it_is_intact_unpacked_too_by_any_tool(bundle, tmp_path):
    subprocess.run(["unzip", "-q", bundle, "-d", tmp_path / "bag"], check=True)

    assert run(tmp_path / "bag")[0] == 0
    sums = ["sha256sum", "--strict", "--quiet", "-c", "manifest-sha256.txt"]
    assert subprocess.run(sums, cwd=tmp_path / "bag", check=False).returncode == 0
    assert zipfile.ZipFile(bundle).testzip() is None


def test_any_flipped_byte_of_the_archive_is_found(bundle, tmp_path):
    whole, chance = bundle.read_bytes(), random.Random(7)  # noqa: S311
    copy = tmp_path / "flipped.zip"
    assert checked(bundle, *WITHOUT_OPENSSL).exit_code == 2, "nothing else may be amiss"
    ends = [*range(120), *range(len(whole) - 1200, len(whole))]
    for at in {*chance.sample(range(len(whole)), 400), *ends}:
        flipped = bytearray(whole)
        flipped[at] ^= 1 << chance.randrange(8)
        copy.write_bytes(flipped)
        assert checked(copy, *WITHOUT_OPENSSL).exit_code == 1, at


def test_any_flipped_byte_of_any_unpacked_file_is_found(bundle, tmp_path):
    bag, chance = tmp_path / "bag", random.Random(11)  # noqa: S311
    subprocess.run(["unzip", "-q", bundle, "-d", bag], check=True)
    assert checked(bag, *WITHOUT_OPENSSL).exit_code == 2, "nothing else may be amiss"
    for file in sorted(path for path in bag.rglob("*") if path.is_file()):
        file.chmod(0o600)
        whole = file.read_bytes()
        for at in {0, len(whole) - 1, *chance.choices(range(len(whole)), k=12)}:
            flipped = bytearray(whole)
            flipped[at] ^= 1 << chance.randrange(8)
            file.write_bytes(flipped)
            told = checked(bag, *WITHOUT_OPENSSL)
            assert told.exit_code == 1, f"{file.name} at {at}"
        file.write_bytes(whole)


def test_what_is_cut_short_or_has_more_at_the_end_is_found(bundle, tmp_path):
    whole = bundle.read_bytes()
    for changed in (whole[:-1], whole[: len(whole) // 2], whole + b"x", b""):
        place = tmp_path / "changed.zip"
        place.write_bytes(changed)
        assert checked(place).exit_code == 1


def test_a_bundle_without_time_stamps_is_not_anchored(log, tmp_path):
    code, told = run(pack(parts_of(log, None), tmp_path / "bare.zip"))

    assert code == 2
    assert "not anchored" in told


def test_where_openssl_is_missing_it_says_so(bundle):
    code, told = run(bundle, "--openssl", "/nowhere/openssl")

    assert code == 2
    assert "openssl is not installed here" in told


def test_whoever_stops_reading_is_told_neither_intact_nor_tampered(bundle):
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-I", str(SCRIPT), str(bundle)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)

    assert (done.returncode, done.stderr) == (3, b"")


def test_what_cannot_be_read_is_called_neither_intact_nor_tampered(bundle, tmp_path):
    slow = tmp_path / "openssl"
    slow.write_text("#!/bin/nowhere\n")
    slow.chmod(0o755)
    code, told = run(bundle, "--openssl", slow)

    assert code == 3
    assert "nothing is said of the bundle" in told


def test_a_missing_file_makes_it_incomplete(bundle, tmp_path):
    bag = tmp_path / "bag"
    shutil.unpack_archive(bundle, bag)
    (bag / "VERIFY.md").unlink()

    assert run(bag)[0] == 2


def test_whatever_file_is_missing_it_is_called_incomplete_and_not_tampered(bundle, tmp_path):
    bag = tmp_path / "bag"
    zipfile.ZipFile(bundle).extractall(bag)
    for file in [path for path in bag.rglob("*") if path.is_file()]:
        whole = file.read_bytes()
        file.unlink()
        found = checked(bag, *WITHOUT_OPENSSL)
        assert (found.exit_code, found.bad) == (2, []), file
        file.write_bytes(whole)


def test_a_choice_of_entries_is_proven_without_the_rest(log, authority, tmp_path):
    parts = parts_of(log, authority, shown={2, 3, 7})
    code, told = run(pack(parts, tmp_path / "some.zip"))

    assert code == 0, told
    assert "6 of its 9 entries are not shown here" in told


@pytest.mark.parametrize("name", ["/etc/passwd", "data/../x", "data/a b", "data//x", "dätä"])
def test_names_that_lead_elsewhere_are_refused(name, parts, tmp_path):
    try:
        place = pack({**parts, name: b"x"}, tmp_path / "bad.zip")
    except UnicodeEncodeError:
        return
    assert checked(place).exit_code == 1


def test_a_link_in_a_folder_is_refused(bundle, tmp_path):
    shutil.unpack_archive(bundle, tmp_path / "bag")
    (tmp_path / "bag" / "data" / "link").symlink_to("/etc/passwd")

    assert checked(tmp_path / "bag").exit_code == 1


def test_the_log_of_one_line_is_proven(authority, tmp_path):
    log = Log([body(1, n=1)])
    log.checkpoint(1)

    assert checked(pack(parts_of(log, authority), tmp_path / "one.zip")).exit_code == 0
