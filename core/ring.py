"""The outline of an area on the ground: a simple ring of WGS 84 positions, longitude first.

As in GeoJSON (RFC 7946): degrees, counterclockwise, closed by its first position. Distances are
reckoned on a sphere of the Earth's mean radius, which is off by up to half a percent.
"""

import json
import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Position = tuple[float, float]
Ring = list[Position]

EARTH_RADIUS_M = 6_371_008.8
MOST_CORNERS = 500
FEWEST_CORNERS = 3
DECIMALS = 6
"""About a tenth of a metre at the equator, which is finer than anybody measures in the field."""

WIDEST_DEGREES = 10
"""No searched area is as wide as this; whoever types one has mixed up two numbers."""

LINE = re.compile(r"^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*\Z")


class WrongRing(ValueError):
    """The outline cannot be used: `code` says why, `corner` where (from 1), if at one place."""

    def __init__(self, code: str, corner: int = 0) -> None:
        super().__init__(code)
        self.code, self.corner = code, corner


def ring_in(text: str) -> Ring:
    """The ring that is written as GeoJSON, or as one “latitude, longitude” on each line."""
    if text.lstrip().startswith(("{", "[")):
        try:
            return ring_of(json.loads(text))
        except (ValueError, RecursionError) as problem:
            if isinstance(problem, WrongRing):
                raise
            raise WrongRing("not-json") from problem
    corners = []
    for number, line in enumerate((row for row in text.splitlines() if row.strip()), start=1):
        if not (found := LINE.match(line)):
            raise WrongRing("not-a-position", number)
        latitude, longitude = found.groups()
        corners.append((float(longitude), float(latitude)))
    return checked(corners)


def ring_of(told: Any) -> Ring:
    """The ring of a GeoJSON Polygon, of a Feature that is one, or of its bare coordinates."""
    if isinstance(told, dict) and told.get("type") == "Feature":
        told = told.get("geometry")
    if isinstance(told, dict):
        if told.get("type") != "Polygon":
            raise WrongRing("not-a-polygon")
        rings = told.get("coordinates")
        if not isinstance(rings, list) or len(rings) != 1:
            raise WrongRing("has-holes" if isinstance(rings, list) and rings else "not-a-polygon")
        told = rings[0]
    if not isinstance(told, list):
        raise WrongRing("not-a-polygon")
    return checked([position(one, number) for number, one in enumerate(told, start=1)])


def position(told: Any, number: int) -> Position:
    """Longitude and latitude as two numbers; a height is left out."""
    if not isinstance(told, list | tuple) or len(told) not in (2, 3):
        raise WrongRing("not-a-position", number)
    if not all(isinstance(part, int | float) and not isinstance(part, bool) for part in told):
        raise WrongRing("not-a-position", number)
    return float(told[0]), float(told[1])


def checked(corners: Sequence[Position]) -> Ring:
    """The ring in its one form: rounded, closed, counterclockwise; WrongRing if it is none."""
    ring = [
        (round(longitude, DECIMALS), round(latitude, DECIMALS)) for longitude, latitude in corners
    ]
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    if len(ring) > MOST_CORNERS:
        raise WrongRing("too-many-corners")
    for number, (longitude, latitude) in enumerate(ring, start=1):
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise WrongRing("not-on-earth", number)
    require_simple(ring)
    closed = [*ring, ring[0]]
    return closed if signed_area(closed) > 0 else closed[::-1]


def require_simple(ring: Sequence[Position]) -> None:
    """At least three corners, no corner twice, no side across another, and not half the world."""
    if len(set(ring)) < FEWEST_CORNERS:
        raise WrongRing("too-few-corners")
    longitudes, latitudes = zip(*ring, strict=True)
    if max(max(longitudes) - min(longitudes), max(latitudes) - min(latitudes)) > WIDEST_DEGREES:
        raise WrongRing("too-wide")
    for number, corner in enumerate(ring):
        if corner in ring[:number]:
            raise WrongRing("corner-twice", number + 1)
    sides = list(pairwise([*ring, ring[0]]))
    for first, side in enumerate(sides):
        for second in range(first + 1, len(sides)):
            are_neighbours = second == first + 1 or (first == 0 and second == len(sides) - 1)
            if folds(side, sides[second]) if are_neighbours else meet(side, sides[second]):
                raise WrongRing("crosses-itself", second + 1)


Side = tuple[Position, Position]


def turn(a: Position, b: Position, c: Position) -> int:
    """1 when a, b, c turn left, -1 when they turn right, 0 on one line.

    Reckoned in whole millionths of a degree, where nothing is rounded.
    """
    (ax, ay), (bx, by), (cx, cy) = (whole(a), whole(b), whole(c))
    cross = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    return (cross > 0) - (cross < 0)


def whole(corner: Position) -> tuple[int, int]:
    """A position in millionths of a degree."""
    return round(corner[0] * 10**DECIMALS), round(corner[1] * 10**DECIMALS)


def meet(left: Side, right: Side) -> bool:
    """Whether two sides cross or touch."""
    (a, b), (c, d) = left, right
    if turn(a, b, c) != turn(a, b, d) and turn(c, d, a) != turn(c, d, b):
        return True
    return any(lies_on(point, left) for point in right) or any(
        lies_on(point, right) for point in left
    )


def folds(left: Side, right: Side) -> bool:
    """Whether two sides that share a corner run back over each other."""
    shared = (set(left) & set(right)).pop()
    (one,), (other,) = set(left) - {shared}, set(right) - {shared}
    return lies_on(one, right) or lies_on(other, left)


def lies_on(point: Position, side: Side) -> bool:
    """Whether a point lies on a side, its ends included."""
    (ax, ay), (bx, by) = side
    within = min(ax, bx) <= point[0] <= max(ax, bx) and min(ay, by) <= point[1] <= max(ay, by)
    return within and turn(*side, point) == 0


def flat(ring: Sequence[Position]) -> Ring:
    """The ring in metres east and north of its first corner, as on a map of its surroundings."""
    (east, north), latitudes = ring[0], [one[1] for one in ring]
    middle = math.radians((min(latitudes) + max(latitudes)) / 2)
    metres = math.radians(1) * EARTH_RADIUS_M
    return [
        ((longitude - east) * metres * math.cos(middle), (latitude - north) * metres)
        for longitude, latitude in ring
    ]


def signed_area(ring: Sequence[Position]) -> float:
    """Square metres within a closed ring; negative when it runs clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(flat(ring))) / 2


def sketch(ring: Sequence[Position], side: float) -> Ring:
    """The ring on a sheet of `side` by `side`, north up, with a margin of a tenth all around."""
    points = flat(ring)
    left, bottom = min(x for x, _y in points), min(y for _x, y in points)
    extent = max(max(x for x, _y in points) - left, max(y for _x, y in points) - bottom) or 1
    room = side * 0.8
    return [
        (side * 0.1 + (x - left) / extent * room, side * 0.9 - (y - bottom) / extent * room)
        for x, y in points
    ]


def extent_m(ring: Sequence[Position]) -> float:
    """The longer side of the box around a ring, in metres."""
    points = flat(ring)
    across = max(x for x, _y in points) - min(x for x, _y in points)
    upward = max(y for _x, y in points) - min(y for _x, y in points)
    return max(across, upward)
