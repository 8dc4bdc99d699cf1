"""Packs vestige-sync for pip with the standard library alone (PEP 517): nothing is fetched first.

Whoever installs it may have no line, and no setuptools: pip asks this module instead. What the
package is called stands in pyproject.toml.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PACKAGE = "vestige_sync"
TAG = "py3-none-any"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""What is packed has no day of its own: the same files are the same archive."""

BESIDE = ("pyproject.toml", "README.md", "wheel_of.py")


def table(name: str) -> dict[str, str]:
    """The texts of one table of pyproject.toml; Python 3.9 reads no TOML by itself."""
    text = (HERE / "pyproject.toml").read_text(encoding="utf-8")
    _before, _head, rest = text.partition(f"[{name}]\n")
    lines = re.findall(r'^([\w-]+) = "(.*)"$', rest.split("\n[")[0], re.MULTILINE)
    return dict(lines)


def stem() -> str:
    """How its archives are called: name and version."""
    project = table("project")
    return f"{project['name'].replace('-', '_')}-{project['version']}"


def sources() -> Iterator[tuple[str, bytes]]:
    """The files of the package, in one order."""
    for file in sorted((HERE / PACKAGE).iterdir()):
        if file.suffix == ".py" or file.name == "py.typed":
            yield f"{PACKAGE}/{file.name}", file.read_bytes()


def metadata() -> str:
    """What pip is told of the package (Core Metadata 2.1)."""
    project = table("project")
    head = {
        "Metadata-Version": "2.1",
        "Name": project["name"],
        "Version": project["version"],
        "Summary": project["description"],
        "License": "Apache-2.0",
        "Requires-Python": project["requires-python"],
        "Description-Content-Type": "text/markdown",
    }
    lines = [f"{name}: {value}" for name, value in head.items()]
    return "\n".join([*lines, "", (HERE / "README.md").read_text(encoding="utf-8")])


def described() -> dict[str, str]:
    """The files that stand beside the package in a wheel, but for the list of them all."""
    scripts = "\n".join(f"{name} = {target}" for name, target in table("project.scripts").items())
    wheel = ["Wheel-Version: 1.0", "Generator: wheel_of", "Root-Is-Purelib: true", f"Tag: {TAG}"]
    return {
        "METADATA": metadata(),
        "WHEEL": "\n".join([*wheel, ""]),
        "entry_points.txt": f"[console_scripts]\n{scripts}\n",
    }


def build_wheel(
    wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None
) -> str:
    """Write the wheel into a folder; its name."""
    name, folder = f"{stem()}-{TAG}.whl", f"{stem()}.dist-info"
    packed = list(sources())
    packed += [(f"{folder}/{file}", text.encode()) for file, text in described().items()]
    lines = [f"{path},sha256={digest(data)},{len(data)}" for path, data in packed]
    record = "\n".join([*lines, f"{folder}/RECORD,,", ""])
    with zipfile.ZipFile(Path(wheel_directory) / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in [*packed, (f"{folder}/RECORD", record.encode())]:
            entry = zipfile.ZipInfo(path, EARLIEST)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return name


def digest(data: bytes) -> str:
    """SHA-256 as a wheel lists it."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def build_sdist(sdist_directory: str, config_settings: Any = None) -> str:
    """Write the sources into a folder as one archive; its name."""
    name = f"{stem()}.tar.gz"
    packed = [*sources(), ("PKG-INFO", metadata().encode())]
    packed += [(file, (HERE / file).read_bytes()) for file in BESIDE]
    with tarfile.open(Path(sdist_directory) / name, "w:gz") as archive:
        for path, data in packed:
            entry = tarfile.TarInfo(f"{stem()}/{path}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return name
