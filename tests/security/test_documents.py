"""What docs/security.md points at exists: a control that moved takes its line along."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TOLD = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
PLACES = sorted(set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", TOLD)) - {"log/security.log"})


@pytest.mark.parametrize("place", [place for place in PLACES if not place.startswith("/")])
def test_a_place_that_is_named_exists(place: str) -> None:
    assert (ROOT / place).exists()


def test_every_event_of_the_security_log_is_told() -> None:
    noted = re.compile(r"""(?:security_log\.)?note\(\s*["']([a-z]+)\.[a-z_]+["']""")
    sources = [path for path in ROOT.glob("*/**/*.py") if ".venv" not in path.parts]
    rooms = [path for path in sources if path.relative_to(ROOT).parts[0] not in {"tests", "var"}]
    families = {one for path in rooms for one in noted.findall(path.read_text(encoding="utf-8"))}
    assert families
    assert {one for one in families if f"`{one}." not in TOLD} == set()
