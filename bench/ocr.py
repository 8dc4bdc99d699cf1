"""Reading of drawn plates: how much of text and codes survives blur, rotation and glare."""

import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import zxingcpp
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bench._measure import Row, machine, report
from evidence.imaging.reading import engines, read_picture

SIZE = (1600, 900)
PLATES = (
    ("004120-B7", "P/N 31-A20K", "LOT 7714"),
    ("73-1041", "MEMS IMU-3 REV C", "2025-11"),
    ("MADE IN XZ", "SN F0920441", "12V 3.5A"),
    ("TYPE 9-K221", "BATCH 0482-19", "QC 07"),
)
CODES = {
    "QR": zxingcpp.BarcodeFormat.QRCode,
    "DataMatrix": zxingcpp.BarcodeFormat.DataMatrix,
    "Aztec": zxingcpp.BarcodeFormat.Aztec,
    "Code 128": zxingcpp.BarcodeFormat.Code128,
    "EAN-13": zxingcpp.BarcodeFormat.EAN13,
}
EAN = "4006381333931"
FOLDED = str.maketrans("OILS", "0115")
"""Letters and digits that stand for one another on worn plates, as the comparison folds them."""

Spoiling = Callable[[Image.Image], Image.Image]


def glare(image: Image.Image) -> Image.Image:
    """A bright band across a third of the picture."""
    light = Image.new("L", image.size, 0)
    pen = ImageDraw.Draw(light)
    width, height = image.size
    pen.polygon(
        [(width * 0.3, 0), (width * 0.5, 0), (width * 0.7, height), (width * 0.5, height)], 200
    )
    white = Image.new("RGB", image.size, "white")
    return Image.composite(white, image, light.filter(ImageFilter.GaussianBlur(60)))


def turned(degrees: float) -> Spoiling:
    """Photographed askew."""
    return lambda image: image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(120, 120, 116))


def noisy(image: Image.Image) -> Image.Image:
    """Grain of a small sensor in the dark."""
    return Image.blend(image, Image.effect_noise(image.size, 90).convert("RGB"), 0.35)


SPOILT: dict[str, Spoiling] = {
    "as drawn": lambda image: image,
    "blur 2 px": lambda image: image.filter(ImageFilter.GaussianBlur(2)),
    "blur 4 px": lambda image: image.filter(ImageFilter.GaussianBlur(4)),
    "turned 7°": turned(7),
    "turned 17°": turned(17),
    "turned 180°": turned(180),
    "glare": glare,
    "grain": noisy,
    "all of it": lambda image: noisy(glare(turned(7)(image.filter(ImageFilter.GaussianBlur(2))))),
}


def plate(lines: Iterable[str]) -> Image.Image:
    """Dark letters on brushed metal."""
    image = Image.effect_noise(SIZE, 18).convert("RGB")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(84)
    for at, line in enumerate(lines):
        pen.text((260, 190 + at * 180), line, fill=(28, 28, 32), font=font)
    return image


def label(kind: str, text: str) -> Image.Image:
    """A code on a sticker."""
    code = zxingcpp.create_barcode(text, CODES[kind])
    sign = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=6)).convert("RGB")
    sheet = Image.new("RGB", SIZE, (170, 170, 165))
    sheet.paste(sign, ((SIZE[0] - sign.width) // 2, (SIZE[1] - sign.height) // 2))
    return sheet


def folded(text: str) -> str:
    return "".join(sign for sign in text.upper().translate(FOLDED) if sign.isalnum())


def distance(one: str, other: str) -> int:
    """Letters to insert, delete or replace (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, left in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, right in enumerate(other, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (left != right))
    return row[-1]


def characters_right(drawn: Iterable[str], read: Iterable[str]) -> tuple[int, int]:
    """How many characters of the drawn lines were read, each line held against its nearest."""
    found, right, all_of_them = [folded(text) for text in read] or [""], 0, 0
    for line in map(folded, drawn):
        best = min(distance(line, one) for one in found)
        right, all_of_them = right + max(0, len(line) - best), all_of_them + len(line)
    return right, all_of_them


def texts(image: Image.Image, into: Path, kind: str) -> list[str]:
    path = into / "drawn.png"
    image.save(path, compress_level=1)
    read = read_picture(path, text=kind == "ocr")
    return [one.text for one in read.found if one.kind == kind]


def percent(job: str, good: int, there: int, unit: str, note: str) -> None:
    """One row: how much of what was drawn was read."""
    share = {"ours": 100 * good / there, "baseline": 100.0}
    report(Row(job=job, unit=unit, target="–", against="all that was drawn", note=note, **share))


def read_text(name: str, spoil: Spoiling, into: Path) -> None:
    right = drawn = 0
    for lines in PLATES:
        good, there = characters_right(lines, texts(spoil(plate(lines)), into, "ocr"))
        right, drawn = right + good, drawn + there
    note = f"{len(PLATES)} plates, {drawn} characters; O=0, I=L=1, S=5 folded"
    percent(f"text on plates, {name}", right, drawn, "% of characters", note)


def read_codes(name: str, spoil: Spoiling, into: Path) -> None:
    wanted = {kind: f"EV-{at:04}" for at, kind in enumerate(CODES)} | {"EAN-13": EAN}
    missed = [
        kind
        for kind, text in wanted.items()
        if texts(spoil(label(kind, text)), into, "code") != [text]
    ]
    note = f"not read: {', '.join(missed) or 'none'}"
    percent(f"codes, {name}", len(CODES) - len(missed), len(CODES), "% of codes", note)


def main() -> None:
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for name, spoil in SPOILT.items():
            if "ocr" in engines(text=True):
                read_text(name, spoil, Path(folder))
            read_codes(name, spoil, Path(folder))
    print(
        f"{len(SPOILT) * len(PLATES)} plates in {time.perf_counter() - started:.0f} s, with codes"
    )


if __name__ == "__main__":
    print(machine())
    main()
