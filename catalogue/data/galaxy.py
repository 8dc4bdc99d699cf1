"""Cleans entries of the MISP `uavs` galaxy; docs/data-sources.md says what was wrong with them."""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from catalogue.data.figures import (
    DURATION,
    KILOGRAMS,
    KILOMETRES,
    METRES,
    SPEED,
    Scale,
    read_figure,
)
from catalogue.folding import fold, plain

Entry = dict[str, Any]
Row = dict[str, Any]

FIGURES: dict[str, tuple[str, Scale]] = {
    "payload_kg": ("payload_kg", KILOGRAMS),
    "wingspan_m": ("wingspan_m", METRES),
    "range_km": ("range_km", KILOMETRES),
    "flight_time_h": ("endurance_h", DURATION),
    "cruise_speed_kmph": ("cruise_speed_kmh", SPEED),
    "top_speed_kmph": ("top_speed_kmh", SPEED),
}
SAME_MODEL = {"sammad3": "samad3"}
NO_MAKER = {"", "ina", "various", "notidentified", "unknown"}
NOT_A_MAKER = NO_MAKER | {
    *("yemen", "houthi", "iran", "serbia", "belarus", "armenianarmedforces"),
    *("chineseunmannedaerialvehicleuav", "ukrainianunmannedaircraftcomplex"),
}
PART_MAKERS = {
    *("axiscommunications", "cirocomm", "espressifsystems", "nvidia", "ricor", "texasinstruments"),
    *("safranaircraftengines", "semiconductorcomponentsindustries", "xilinxincamd"),
    "nanjingqinhengmicroelectronicscoltdwinchipheadwch",
}
ARMED = {"yes": True, "no": False}
PROPULSION = [
    ("rocket", r"rocket|hypergolic"),
    ("turboprop", r"turboprop"),
    ("jet", r"jet\b(?!-)|turbofan|turbine|al-41"),
    ("rotary", r"rotary|wankel"),
    ("electric", r"(?<!general )electr|batter|lipo|brushless|fuel cell|tether|solar|dc power"),
    ("piston", r"piston|combustion|gasoline|petrol|diesel|stroke|\bice?\b|cylinder|\d ?cc\b"),
    ("piston", r"\bdle\b|rotax"),
]


def clean(entry: Entry, codes: dict[str, str]) -> Row:
    """One entry as a row of ours; `codes` names the ISO code of every country as MISP spells it."""
    meta = entry["meta"]
    words = meta.get("specifications", [])
    stated = [codes[name] for name in split(meta.get("country", "")) if name in codes]
    row: Row = {
        "source_uuid": entry["uuid"],
        "name": plain(entry["value"]),
        "aliases": [],
        "type": kind(words),
        "design_country": stated[0] if len(stated) == 1 else "",
        "stated_countries": stated,
        **maker_of(plain(meta.get("manufacturer", ""))),
        "nato_class": only(re.sub(r"CLASS (I+):", r"\1-", word) for word in words if ":" in word),
        "eu_class": only(word for word in words if re.fullmatch(r"C\d", word)),
        "roles": [word for word in words if word.isupper() and not re.fullmatch(r"C\d", word)],
        "powerplant": plain(meta.get("powerplant", "")),
        "propulsion": propulsion(plain(meta.get("powerplant", ""))),
        "can_be_armed": ARMED.get(meta.get("weapon_capability", "").strip().lower()),
        "stated_operators": [codes.get(name, plain(name)) for name in meta.get("operator", [])],
        "references": list(dict.fromkeys(map(str.strip, meta.get("refs", [])))),
        "as_stated": {},
    }
    for theirs, (ours, scale) in FIGURES.items():
        if text := plain(meta.get(theirs, "")):
            least, greatest = read_figure(text, scale) or (None, None)
            row["as_stated"][ours] = text
            row[f"{ours}_min"], row[f"{ours}_max"] = least, greatest
    return row


def merged(rows: Iterable[Row]) -> tuple[list[Row], list[dict[str, str]]]:
    """Rows without duplicates, and which name was folded into which."""
    kept: dict[str, Row] = {}
    folded: list[dict[str, str]] = []
    for row in rows:
        key = SAME_MODEL.get(fold(row["name"]), fold(row["name"]))
        if key in kept:
            folded.append({"name": row["name"], "uuid": row["source_uuid"]})
            folded[-1]["into"] = kept[key]["name"]
            join(kept[key], row)
        else:
            kept[key] = row
    return list(kept.values()), folded


def join(row: Row, other: Row) -> None:
    """Fold a duplicate into `row`: ranges widen, lists unite, and contradictions stay undecided."""
    row["aliases"] = united(row["aliases"], [other["name"]], other["aliases"])
    for name in ("stated_countries", "roles", "stated_operators", "references"):
        row[name] = united(row[name], other[name])
    for name in ("design_country", "maker", "nato_class", "eu_class", "propulsion", "can_be_armed"):
        row[name] = agreed(row[name], other[name])
    for name in ("maker_as_stated", "powerplant"):
        row[name] = "; ".join(filter(None, united([row[name]], [other[name]])))
    for name, text in other["as_stated"].items():
        texts = united([row["as_stated"].get(name, text)], [text])
        row["as_stated"][name] = "; ".join(texts)
        for end, furthest in (("min", min), ("max", max)):
            ends = [value for value in (row.get(f"{name}_{end}"), other[f"{name}_{end}"]) if value]
            row[f"{name}_{end}"] = furthest(ends) if ends else None


def agreed(ours: Any, theirs: Any) -> Any:
    """The value both state or only one states; empty when they contradict each other."""
    empty: tuple[Any, ...] = ("", None)
    if ours in empty or theirs in empty:
        return theirs if ours in empty else ours
    if ours == theirs:
        return ours
    return "" if isinstance(ours, str) else None


def united(*lists: list[str]) -> list[str]:
    """All values of the lists, once each, in order."""
    return list(dict.fromkeys(value for values in lists for value in values))


def maker_of(text: str) -> dict[str, str]:
    """The maker, if the text names exactly one, and the text; GUR entries often name part makers.

    Semicolons and slashes part several firms; which of them made the aircraft is not decided here.
    """
    key = fold(text)
    if key in NO_MAKER or "://" in text:
        return {"maker": "", "maker_as_stated": ""}
    several = re.search(r"[;/]|, Islamic", text)
    unfit = several or key in NOT_A_MAKER or key in PART_MAKERS
    return {"maker": "" if unfit else text.rstrip(" .,"), "maker_as_stated": text}


def kind(words: list[str]) -> str:
    """The type that the roles imply; everything in this galaxy is an unmanned aircraft."""
    if "OWA" in words:
        return "one-way-attack-uav"
    return "loitering-munition" if {"LM", "BARRAGE"} & set(words) else "uav"


def propulsion(powerplant: str) -> str:
    """The one drive a powerplant names; with an electric one a hybrid; otherwise left empty."""
    text = powerplant.lower()
    found = {drive for drive, words in PROPULSION if re.search(words, text)}
    if "hybrid" in text or ("electric" in found and len(found) > 1):
        return "hybrid"
    return only(found)


def name_apart(rows: list[Row]) -> None:
    """Take other names out of brackets: `Kub (Куб)` becomes Kub, also called Куб.

    The name stays whole where the short one belongs to another model (Vorobey of two makers) or
    where the brackets hold plain words. Two capitals are a country, not a name.
    """
    short = {row["name"]: plain(re.sub(r"\(.*?\)", "", row["name"])) for row in rows}
    uses = Counter(fold(name) for pair in short.items() for name in set(pair))
    for row in rows:
        whole, outside = row["name"], short[row["name"]]
        inside = [part for group in re.findall(r"\((.*?)\)", whole) for part in group.split(",")]
        others = [plain(part) for part in inside if not re.fullmatch("[A-Z]{2}", part)]
        if not others:
            continue
        worded = any(re.fullmatch("[A-Za-z '-]+", part) for part in others)
        row["name"] = whole if worded or uses[fold(outside)] > 1 else outside
        row["aliases"] = united(others, row["aliases"])


def split(text: str) -> list[str]:
    """`iran; yemen` as two names."""
    return [part.strip() for part in text.split(";") if part.strip()]


def only(values: Iterable[str]) -> str:
    """The single value, or nothing when there are several or none."""
    found = list(values)
    return found[0] if len(found) == 1 else ""


def as_number(value: object) -> object:
    """Decimals as JSON numbers that read back exactly."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"not a figure: {value!r}")
