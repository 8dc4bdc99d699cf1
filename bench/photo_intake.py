"""Photo intake: one 12-megapixel JPEG to hash, EXIF, preview and thumbnail, against its limits."""

import hashlib
import os
import sys
import tempfile
import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image
from PIL.ExifTags import IFD, Base

from bench._measure import Row, machine, medians, processor_seconds, report
from evidence.imaging import asking, child
from evidence.imaging.child import look_at
from evidence.imaging.examine import examine

SIZE = (4000, 3000)
CALLS = 24
"""Calls a sample: the kernel counts the time of other processes in hundredths of a second."""


def photograph(path: Path) -> Path:
    """A 12-megapixel JPEG of about 4 MB with as much grain and shape as a photograph has."""
    shapes = [Image.effect_noise((1000, 750), 60).resize(SIZE) for _ in range(2)]
    grain, slope = Image.effect_noise(SIZE, 12), Image.linear_gradient("L").resize(SIZE)
    bands = [Image.blend(Image.blend(shape, grain, 0.5), slope, 0.3) for shape in shapes]
    exif = Image.Exif()
    exif[Base.Make] = "Bench"
    exif[IFD.Exif] = {Base.DateTimeOriginal: "2026:01:02 03:04:05"}
    Image.merge("RGB", (*bands, slope)).save(path, quality=90, exif=exif)
    return path


def half_scale_decode(original: Path) -> None:
    """The limit: libjpeg-turbo decodes a quarter of the pixels, and nothing else happens."""
    with Image.open(original) as image:
        image.draft("RGB", (SIZE[0] // 2, SIZE[1] // 2))
        image.load()


def naive(original: Path) -> None:
    """What one writes first: decode in full, shrink each size from the full picture."""
    hashlib.sha256(original.read_bytes()).hexdigest()
    with Image.open(original) as image:
        dict(image.getexif().get_ifd(IFD.Exif))
        for side in (256, 1600):
            small = image.convert("RGB").resize((side, side * 3 // 4), Image.Resampling.LANCZOS)
            small.save(BytesIO(), "JPEG", quality=82)


def pipeline(original: Path, into: Path) -> None:
    """Ours without the process: what a worker that keeps its children warm would do."""
    with original.open("rb") as opened:
        hashlib.file_digest(opened, "sha256")
        assert look_at(opened, "JPEG", into)["readable"]


def whole_call(original: Path, into: Path) -> None:
    """Ours as it runs: hash, then one limited process for the picture."""
    with original.open("rb") as opened:
        hashlib.file_digest(opened, "sha256")
    assert examine(original, into).readable


def all_processors() -> float:
    """Processor time of this process, and of the warm ones behind it with all they forked."""
    behind = 0.0
    for warm in asking._warm.values():
        words = Path(f"/proc/{warm.process.pid}/stat").read_text().rpartition(")")[2].split()
        behind += sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")
    return processor_seconds() + behind


def as_the_warm_process() -> None:
    """Go on with one thread for arithmetic and with memory handed out as where pictures are read.

    Libraries take that from their environment when they are loaded, so Python starts anew.
    """
    if not os.environ.items() >= asking.ENVIRONMENT.items():
        here = [sys.executable, "-m", "bench.photo_intake"]
        os.execve(sys.executable, here, os.environ | asking.ENVIRONMENT)  # noqa: S606  # nosec B606


def main() -> None:
    child.prepare()
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder)
        original = photograph(into / "original.jpg")
        note = f"{SIZE[0] * SIZE[1] / 1e6:.0f} MP, {original.stat().st_size / 1e6:.1f} MB"
        seconds = medians(
            {
                "limit": lambda: half_scale_decode(original),
                "naive": lambda: naive(original),
                "pipeline": lambda: pipeline(original, into),
                "call": lambda: [whole_call(original, into) for _again in range(CALLS)],
            },
            clock=all_processors,
        )
        seconds["call"] /= CALLS
        waited = medians({"call": lambda: whole_call(original, into)})["call"]
    a_second = {name: 1 / taken for name, taken in seconds.items()}
    for job, name, baseline, target in (
        ("photo pipeline against its limit", "pipeline", "limit", "≥ 0.6"),
        ("photo pipeline against naive Pillow", "pipeline", "naive", "≥ 5"),
        ("photo, whole call with its process, against the limit", "call", "limit", "≥ 0.6"),
        ("photo, whole call with its process, against naive Pillow", "call", "naive", "≥ 5"),
    ):
        against = {"limit": "half-scale decode", "naive": "naive Pillow"}[baseline]
        report(
            Row(
                job=job,
                ours=a_second[name],
                baseline=a_second[baseline],
                unit="photos/s a core",
                target=target,
                against=against,
                note=note,
            )
        )
    print(
        f"one call with its process: {seconds['call'] * 1000:.0f} ms of processor,"
        f" {waited * 1000:.0f} ms by the clock"
    )


if __name__ == "__main__":
    as_the_warm_process()
    print(machine())
    main()
