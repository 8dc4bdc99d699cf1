"""Installing the command where there is no line: by pip alone, into an environment of its own."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import wheel_of

SYNC = Path(__file__).parents[2] / "sync"


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command as pip has put it into an environment that holds nothing else."""
    place = tmp_path_factory.mktemp("field")
    venv.create(place / "env", with_pip=False)
    python = place / "env" / "bin" / "python"
    words = ["--python", str(python), "install", "--no-index", "--no-deps", str(SYNC)]
    ran(sys.executable, "-m", "pip", *words, cwd=place)
    return place / "env" / "bin" / "vestige-sync"


def ran(*words: str, cwd: Path, code: int = 0) -> str:
    """What a program said; it must end with this code, and hear of nothing that the tests know."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    ended = subprocess.run(
        words, cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def test_the_command_is_there_and_says_what_it_can(command, tmp_path):
    told = ran(str(command), "--help", cwd=tmp_path)
    assert "Exit codes: 0 done" in told and "pull" in told


def test_asked_for_its_state_where_no_copy_is_it_says_so_and_ends_with_2(command, tmp_path):
    told = ran(str(command), "status", cwd=tmp_path, code=2)
    assert "Traceback" not in told and "init" in told
    assert list(tmp_path.iterdir()) == [], "looking makes nothing"


def test_asked_for_the_state_of_an_empty_copy_it_ends_with_0(command, tmp_path):
    ran(str(command), "init", "--server", "https://vestige.example", cwd=tmp_path)
    assert ran(str(command), "status", cwd=tmp_path)


def test_the_same_files_are_the_same_wheel_and_nothing_else_is_in_it(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
        name = wheel_of.build_wheel(str(folder))
    assert (first / name).read_bytes() == (second / name).read_bytes()
    with zipfile.ZipFile(first / name) as archive:
        packed = {path for path in archive.namelist() if path.startswith("vestige_sync/")}
    there = {f"vestige_sync/{file.name}" for file in (SYNC / "vestige_sync").glob("*.py")}
    assert there <= packed and not [path for path in packed if "__pycache__" in path]
