"""Draws the photographs of the exercise: parts on a bench with plate, scale bar, EXIF time, GPS."""

import random
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cache
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from PIL.ExifTags import GPS, IFD, Base

WIDTH, HEIGHT = 1600, 1200
BENCH = (112, 117, 120)
METALS = {
    "round": (150, 154, 158),
    "box": (58, 61, 66),
    "board": (34, 84, 62),
    "cylinder": (128, 122, 112),
    "panel": (126, 131, 134),
    "chip": (44, 44, 47),
}
Box = tuple[float, float, float, float]
Tone = tuple[int, int, int]
Pen = ImageDraw.ImageDraw


@dataclass(frozen=True)
class Shot:
    """What one photograph shows, and what the camera claims of it."""

    shape: str
    lines: tuple[str, ...]
    removed: bool
    label: str
    taken: datetime
    latitude: float
    longitude: float


def photograph(shot: Shot, *, seed: str) -> bytes:
    """A JPEG of 1600 × 1200 pixels with EXIF; the same seed draws the same part."""
    chance = random.Random(seed)  # noqa: S311  (it draws pictures, it keeps no secrets)  # nosec B311
    picture = bench(chance)
    part = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw_part(part, shot, chance)
    part = part.rotate(chance.uniform(-7, 7), Image.Resampling.BICUBIC)
    picture.paste(shadow_of(part), (14, 18), shadow_of(part))
    picture.paste(part, (0, 0), part)
    draw_scale(picture, shot.label)
    picture = lit(picture, chance)
    out = BytesIO()
    picture.save(out, "JPEG", quality=88, exif=exif_of(shot))
    return out.getvalue()


def bench(chance: random.Random) -> Image.Image:
    """A worn grey bench."""
    base = Image.new("RGB", (WIDTH, HEIGHT), BENCH)
    worn = ImageChops.soft_light(base, noise(4, 18))
    draw = ImageDraw.Draw(worn)
    for _scratch in range(40):
        x, y = chance.randrange(WIDTH), chance.randrange(HEIGHT)
        tone = chance.randrange(80, 125)
        end = (x + chance.randrange(-180, 180), y + chance.randrange(-40, 40))
        draw.line((x, y, *end), fill=(tone, tone + 3, tone + 5), width=1)
    return worn.filter(ImageFilter.GaussianBlur(0.6))


@cache
def noise(coarseness: int, strength: int) -> Image.Image:
    """Grey noise around the middle; drawn once, since every photograph needs it."""
    small = Image.effect_noise((WIDTH // coarseness, HEIGHT // coarseness), strength)
    grain = small.resize((WIDTH, HEIGHT))
    return Image.merge("RGB", (grain, grain, grain))


@cache
def fall_of_light() -> Image.Image:
    """Brighter in the middle, darker towards the corners."""
    fall = Image.radial_gradient("L").resize((WIDTH, HEIGHT))
    fall = fall.point(lambda value: 255 - value * 0.3)
    return Image.merge("RGB", (fall, fall, fall))


def draw_part(layer: Image.Image, shot: Shot, chance: random.Random) -> None:
    """The thing itself, with its plate on it."""
    draw = ImageDraw.Draw(layer)
    colour = METALS[shot.shape]
    dark, light = toned(colour, -28), toned(colour, 26)
    plate = SHAPES[shot.shape](draw, colour, dark, light, chance)
    if shot.lines or shot.removed:
        draw_plate(draw, plate, shot, chance)


def toned(colour: Tone, by: int) -> Tone:
    """The same colour, lighter or darker."""
    red, green, blue = (max(0, min(255, part + by)) for part in colour)
    return red, green, blue


def draw_round(draw: Pen, colour: Tone, dark: Tone, light: Tone, chance: random.Random) -> Box:
    """A cast housing with ribs and screws."""
    draw.ellipse((470, 200, 1130, 860), fill=dark)
    draw.ellipse((490, 220, 1110, 840), fill=colour, outline=light, width=4)
    for rib in range(5):
        draw.line((560 + rib * 120, 240, 540 + rib * 130, 820), fill=dark, width=9)
    for x, y in ((560, 330), (1040, 330), (560, 730), (1040, 730)):
        draw.ellipse((x - 22, y - 22, x + 22, y + 22), fill=light, outline=dark, width=3)
        draw.line((x - 14, y - 8, x + 14, y + 8), fill=dark, width=4)
    draw.rectangle((760, 830, 840, 900), fill=dark)
    return (600, 420, 1000, 650)


def draw_box(draw: Pen, colour: Tone, dark: Tone, light: Tone, chance: random.Random) -> Box:
    """A servo-like box with lugs and a horn."""
    draw.rectangle((380, 420, 1220, 520), fill=toned(colour, 14))
    draw.rounded_rectangle((450, 260, 1150, 800), 26, fill=colour, outline=light, width=4)
    for x in (410, 1190):
        draw.ellipse((x - 18, 450, x + 18, 486), fill=BENCH)
    draw.ellipse((930, 300, 1090, 460), fill=dark, outline=light, width=4)
    draw.rounded_rectangle((990, 180, 1030, 400), 18, fill=(196, 198, 200))
    for wire, tone in enumerate(((120, 72, 40), (190, 40, 36), (214, 180, 60))):
        draw.line((460, 760 + wire * 14, 260, 900 + wire * 20), fill=tone, width=9)
    return (500, 480, 900, 720)


def draw_board(draw: Pen, colour: Tone, dark: Tone, light: Tone, chance: random.Random) -> Box:
    """A populated circuit board."""
    draw.rounded_rectangle((360, 230, 1240, 850), 14, fill=colour, outline=dark, width=4)
    for _track in range(70):
        x, y = chance.randrange(380, 1200), chance.randrange(250, 830)
        length = chance.randrange(30, 160)
        end = (min(x + length, 1225), y) if chance.random() < 0.5 else (x, min(y + length, 835))
        draw.line((x, y, *end), fill=light, width=2)
    for _part in range(26):
        x, y = chance.randrange(390, 1180), chance.randrange(250, 800)
        draw.rectangle((x, y, x + 34, y + 16), fill=(30, 30, 33), outline=(160, 160, 150))
    draw.rectangle((980, 300, 1160, 480), fill=(28, 28, 31), outline=(150, 150, 140), width=3)
    return (430, 560, 900, 790)


def draw_cylinder(draw: Pen, colour: Tone, dark: Tone, light: Tone, chance: random.Random) -> Box:
    """A finned cylinder with a flange."""
    draw.rounded_rectangle((430, 330, 1180, 760), 60, fill=colour, outline=dark, width=5)
    for fin in range(14):
        x = 470 + fin * 26
        draw.rounded_rectangle((x, 280, x + 12, 810), 6, fill=light if fin % 2 else dark)
    draw.ellipse((1090, 320, 1270, 770), fill=dark, outline=light, width=5)
    draw.ellipse((1140, 470, 1220, 620), fill=toned(dark, -20))
    return (850, 440, 1120, 640)


def draw_panel(draw: Pen, colour: Tone, dark: Tone, light: Tone, chance: random.Random) -> Box:
    """A torn skin with its honeycomb core showing."""
    edge = [(300, 820), (330, 300), (760, 210), (1300, 290)]
    torn = [(1310 - step * 40, 700 + chance.randrange(-50, 90)) for step in range(24)]
    draw.polygon([*edge, *torn], fill=colour, outline=dark)
    for row in range(7):
        for column in range(14):
            x, y = 820 + column * 32 + (row % 2) * 16, 480 + row * 28
            draw.regular_polygon((x, y, 15), 6, rotation=30, outline=light, fill=dark)
    for rivet in range(12):
        draw.ellipse((380 + rivet * 70, 330, 394 + rivet * 70, 344), fill=light)
    return (380, 400, 780, 620)


def draw_chip(draw: Pen, colour: Tone, dark: Tone, light: Tone, chance: random.Random) -> Box:
    """A chip with its legs."""
    for leg in range(12):
        x = 566 + leg * 40
        draw.rectangle((x, 330, x + 16, 770), fill=(176, 178, 176))
    draw.rounded_rectangle((540, 380, 1060, 720), 10, fill=colour, outline=light, width=3)
    draw.ellipse((570, 650, 606, 686), fill=dark)
    return (580, 420, 1020, 660)


SHAPES = {
    "round": draw_round,
    "box": draw_box,
    "board": draw_board,
    "cylinder": draw_cylinder,
    "panel": draw_panel,
    "chip": draw_chip,
}


def draw_plate(draw: ImageDraw.ImageDraw, box: Box, shot: Shot, chance: random.Random) -> None:
    """The marked plate; where a marking was taken off, the tool has left its traces."""
    left, top, right, bottom = box
    draw.rounded_rectangle(box, 10, fill=(198, 199, 194), outline=(120, 120, 116), width=3)
    font = fitting(shot.lines, right - left - 40, bottom - top - 30)
    size = font.size
    for row, line in enumerate(shot.lines):
        place = (left + 22, top + 18 + row * size * 1.2)
        draw.text(place, line, fill=(44, 46, 50), font=font)
    if shot.removed:
        middle = top + (bottom - top) * 0.62
        for _stroke in range(150):
            x = chance.uniform(left + 14, right - 60)
            y = chance.gauss(middle, 15)
            tone = chance.randrange(150, 236)
            draw.line((x, y, x + 44, y - 14), fill=(tone, tone, tone - 6), width=3)


@cache
def lettering(size: int) -> ImageFont.FreeTypeFont:
    """The face that comes with Pillow, at `size` pixels."""
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101  (Pillow is built with FreeType)  # nosec B101
    return font


def fitting(lines: tuple[str, ...], width: float, height: float) -> ImageFont.FreeTypeFont:
    """The largest lettering with which all lines stay on the plate."""
    for size in range(46, 12, -2):
        font = lettering(size)
        if size * 1.25 * len(lines) <= height and all(
            font.getlength(line) <= width for line in lines
        ):
            return font
    return lettering(12)


def draw_scale(picture: Image.Image, label: str) -> None:
    """A photographic scale in centimetres, with the exhibit number on its card."""
    draw = ImageDraw.Draw(picture)
    draw.rectangle((160, 1010, 1010, 1110), fill=(244, 244, 240))
    for centimetre in range(10):
        x = 180 + centimetre * 80
        tone = (20, 20, 20) if centimetre % 2 == 0 else (244, 244, 240)
        draw.rectangle((x, 1030, x + 80, 1056), fill=tone, outline=(20, 20, 20))
        draw.text((x + 4, 1064), str(centimetre), fill=(20, 20, 20), font=lettering(26))
    draw.text((930, 1064), "cm", fill=(20, 20, 20), font=lettering(26))
    draw.rectangle((1110, 990, 1440, 1110), fill=(250, 248, 232), outline=(60, 60, 60), width=3)
    draw.text((1136, 1018), label, fill=(20, 20, 20), font=lettering(58))


def shadow_of(part: Image.Image) -> Image.Image:
    """A soft shadow under the part."""
    shade = part.getchannel("A").point(lambda value: value * 0.55).convert("L")
    soft = shade.filter(ImageFilter.GaussianBlur(14))
    black = Image.new("RGBA", part.size, (16, 18, 20, 0))
    black.putalpha(soft)
    return black


def lit(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Uneven light, a little blur and the grain of a small sensor."""
    picture = ImageChops.multiply(picture, fall_of_light())
    picture = picture.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 1.1)))
    return Image.blend(picture, ImageChops.overlay(picture, noise(1, 9)), 0.3)


def exif_of(shot: Shot) -> Image.Exif:
    """What the camera claims: local time with its offset, position, make and model."""
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Model] = "Nacre Optical", "Field 12"
    stated = shot.taken.strftime("%Y:%m:%d %H:%M:%S")
    exif[Base.DateTime] = stated
    details = exif.get_ifd(IFD.Exif)
    details[Base.DateTimeOriginal] = stated
    details[Base.OffsetTimeOriginal] = shot.taken.strftime("%z")[:3] + ":00"
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef] = "N" if shot.latitude >= 0 else "S"
    place[GPS.GPSLatitude] = sexagesimal(shot.latitude)
    place[GPS.GPSLongitudeRef] = "E" if shot.longitude >= 0 else "W"
    place[GPS.GPSLongitude] = sexagesimal(shot.longitude)
    return exif


def sexagesimal(degrees: float) -> tuple[Fraction, Fraction, Fraction]:
    """Degrees, minutes and seconds as EXIF writes them."""
    whole, rest = divmod(abs(degrees) * 3600, 3600)
    minutes, seconds = divmod(rest, 60)
    return Fraction(int(whole)), Fraction(int(minutes)), Fraction(int(seconds * 100), 100)
