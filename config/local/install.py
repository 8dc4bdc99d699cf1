"""Brings what Vestige runs on: a virtual environment, browser code, translations, Chromium."""

import importlib.util
import os
import shutil
import subprocess  # nosec B404
import sys
from collections.abc import Iterable
from pathlib import Path

from config.local.places import PYTHON, ROOT, VENV
from config.local.stamps import Stamps, fingerprint
from config.local.steps import Trouble, step

OLDEST, NEWEST = (3, 11), (3, 13)
RUNS_ON = "requirements.txt"
READS_WITH = "requirements-ocr.txt"
TOOLS = "requirements-dev.txt"
STAMPS = Stamps(VENV / "vestige-stamps.json")


def everything(*, tools: bool = False) -> None:
    """Install whatever is missing or has changed since the last time."""
    python_packages(tools=tools)
    browser_code()
    translations()


def python_packages(*, tools: bool) -> None:
    """Make `.venv` and install the pinned packages, for the checks also the tools."""
    if not _works(PYTHON):
        with step("Virtual environment"):
            _make_environment()
    _packages("Python packages", TOOLS if tools else RUNS_ON)
    if os.environ.get("VESTIGE_OCR", "1") != "0":
        _packages("Text in pictures (0.4 GB)", READS_WITH, "; VESTIGE_OCR=0 leaves it out")


def _packages(doing: str, wanted: str, more: str = "") -> None:
    marks = {name: fingerprint([ROOT / RUNS_ON, ROOT / name]) for name in {RUNS_ON, wanted}}
    if STAMPS.holds(wanted, marks[wanted]):
        return
    with step(doing) as remark:
        remark.text = f"installed from {wanted}{more}"
        _run([*_installer(), "-r", str(ROOT / wanted)], "Installing the Python packages")
        for name in marks:  # each longer list contains the first one
            STAMPS.put(name, marks[name])


def browser_code() -> None:
    """Scripts, icons and fonts from the npm registry, laid in static/vendor/."""
    script = ROOT / "config" / "vendor.py"
    if not script.exists():
        return
    recipe = [script, ROOT / "package.json", ROOT / "package-lock.json"]
    laid = [ROOT / "static" / "vendor.json", ROOT / "static" / "vendor"]
    if STAMPS.holds("browser", fingerprint([*recipe, *laid])):
        return
    with step("Browser code and fonts"):
        _run([str(PYTHON), str(script)], "Installing the browser code")
        STAMPS.put("browser", fingerprint([*recipe, *laid]))


def translations() -> None:
    """Compile each language's catalogue that is newer than what was compiled from it."""
    catalogues = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
    stale = [file for file in catalogues if _older(file.with_suffix(".mo"), file)]
    if not stale:
        return
    compiler = [str(PYTHON), "-m", "babel.messages.frontend", "compile", "--use-fuzzy"]
    with step("Translations") as remark:
        for file in stale:
            result = file.with_suffix(".mo")
            _run([*compiler, "-i", str(file), "-o", str(result)], "Compiling the translations")
        remark.text = ", ".join(file.parts[-3] for file in stale)


def chromium() -> None:
    """The browser of the browser tests, from Debian's packages where that is allowed."""
    if shutil.which("chromium"):
        return
    apt = shutil.which("apt-get")
    as_root = [] if os.geteuid() == 0 else _password_free_sudo()
    if not apt or as_root is None:
        raise Trouble(
            "The browser tests need Chromium: run `apt-get install chromium` as root, then again."
        )
    with step("Chromium for the tests"):
        _run([*as_root, apt, "update"], "Reading Debian's package lists")
        wanted = ["install", "--yes", "--no-install-recommends", "chromium"]
        _run([*as_root, apt, *wanted], "Installing Chromium")


def _password_free_sudo() -> list[str] | None:
    sudo = shutil.which("sudo")
    if not sudo:
        return None
    allowed = subprocess.run([sudo, "-n", "true"], check=False, capture_output=True)  # nosec B603
    return [sudo, "-n"] if allowed.returncode == 0 else None


def _older(result: Path, source: Path) -> bool:
    return not result.exists() or result.stat().st_mtime < source.stat().st_mtime


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.run([str(python), "-c", ""], check=False).returncode == 0  # nosec B603


def _make_environment() -> None:
    """Let uv do it if it is here, else the venv module of a Python that fits."""
    if uv := shutil.which("uv"):
        fitting = f">={_dotted(OLDEST)},<={_dotted(NEWEST)}.99"
        make = [uv, "venv", "--seed", "--clear", "--python", fitting, str(VENV)]
    else:
        make = [_fitting_python(), "-m", "venv", "--clear", str(VENV)]
    _run(make, "Making the virtual environment")


def _fitting_python() -> str:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise Trouble(
            f"This is Python {sys.version.split()[0]}; Vestige needs {_dotted(OLDEST)} to "
            f"{_dotted(NEWEST)}. Install one (apt-get install python3) or uv, and name it: "
            "make up PYTHON=python3.12"
        )
    if not importlib.util.find_spec("ensurepip") or not importlib.util.find_spec("venv"):
        raise Trouble(
            "This Python cannot make virtual environments: run `apt-get install python3-venv` "
            "as root, or install uv, then again."
        )
    return sys.executable


def _dotted(version: Iterable[int]) -> str:
    return ".".join(map(str, version))


def _installer() -> list[str]:
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    return [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def _run(command: list[str], doing: str) -> None:
    """Run quietly; when it fails, show the end of what it said."""
    done = subprocess.run(  # nosec B603
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = "\n".join(done.stdout.splitlines()[-20:])
        raise Trouble(f"{doing} failed ({command[0]}):\n{said}")
