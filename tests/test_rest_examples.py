"""The page of REST by example does what it says: each block is run, in order, on a real server."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from accounts.services import issue_token

PAGE = Path(__file__).parent.parent / "docs" / "how-to" / "rest-by-example.md"
BLOCK = re.compile(r"^```sh\n# (\d{3})\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CURL = 'curl() { command curl -sS -D "$HEADS" "$@"; }\n'
TELL = 'sed -n \'s|^HTTP/[0-9.]* ||p\' "$HEADS" | tail -n 1 | cut -c 1-3 >> "$STATUSES"\n'


def blocks() -> list[tuple[int, str]]:
    """Each block with the status that is promised."""
    return [(int(status), lines) for status, lines in BLOCK.findall(PAGE.read_text("utf-8"))]


def test_every_block_promises_a_status():
    assert PAGE.read_text("utf-8").count("```sh") == len(blocks()) >= 15


@pytest.mark.django_db(transaction=True)
def test_every_block_does_what_it_promises(live_server, amal, tmp_path, settings):
    settings.RATE_LIMITS = {}
    _token, key = issue_token(amal, by=amal, name="examples", days=1)
    told = {"VESTIGE": live_server.url, "TOKEN": key, "no_proxy": "*"}
    files = {"HEADS": str(tmp_path / "heads"), "STATUSES": str(tmp_path / "statuses")}
    script = "set -u\n" + CURL + "".join(lines + TELL for _status, lines in blocks())
    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={**os.environ, **told, **files},
        capture_output=True,
        text=True,
        timeout=120,
    )
    answered = [int(line) for line in (tmp_path / "statuses").read_text().split()]
    assert answered == [status for status, _lines in blocks()], ran.stdout + ran.stderr
    assert (tmp_path / "rest.log").read_bytes() == b"flight recorder said"
