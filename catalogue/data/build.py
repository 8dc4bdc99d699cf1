"""Makes countries.json, makers.json and weapon_models.json from the MISP galaxies.

    python -m catalogue.data.build FOLDER-OF-MISP-GALAXY-CLUSTERS

Kept to show how the files were made and to renew them; the other files are written by hand.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel import Locale

from catalogue.data.galaxy import PART_MAKERS, Row, as_number, clean, merged, name_apart
from catalogue.folding import fold, fold_maker, plain

HERE = Path(__file__).parent
VERSION = 1
MISP = "MISP galaxy, commit 9434ace4eb925c9a1c9b3bccf014a25f9d14f0b0"
CC0 = "CC0-1.0 (dual-licensed CC0-1.0 or BSD-2-Clause)"
ABOLISHED = {"AN", "CS"}


def main(folder: Path) -> None:
    """Read the clusters in `folder` and write the three files beside this script."""
    countries = read(folder / "country.json")
    codes = {entry["value"]: entry["meta"]["ISO"] for entry in countries}
    entries = read(folder / "uavs.json")
    models, folded = merged(clean(entry, codes) for entry in entries)
    name_apart(models)
    write(
        "countries",
        country_rows(countries, read(folder / "target-information.json")),
        source=f"{MISP}: country.json, target-information.json; names from Unicode CLDR (Babel)",
        licence=f"{CC0}; names Unicode-3.0",
    )
    write("makers", maker_rows(models), source=f"{MISP}: uavs.json", licence=CC0)
    write(
        "weapon_models",
        models,
        source=f"{MISP}: uavs.json, version 26060508",
        licence=CC0,
        read=len(entries),
        folded=folded,
    )


def country_rows(countries: list[Any], targets: list[Any]) -> list[Row]:
    """Every country in ISO 3166-1 today, with its names in English and Arabic and its synonyms."""
    english, arabic = (Locale(language).territories for language in ("en", "ar"))
    synonyms: dict[str, list[str]] = {}
    for target in targets:
        for code in target["meta"].get("iso-code", []):
            synonyms[code] = target["meta"].get("synonyms", [])
    rows = []
    for entry in countries:
        code = entry["meta"]["ISO"]
        if code in ABOLISHED:
            continue
        others = {fold(name): plain(name) for name in [entry["value"], *synonyms.get(code, [])]}
        others.pop(fold(english[code]), None)
        rows.append(
            {
                "code": code,
                "iso3": entry["meta"]["ISO3"],
                "name": english[code],
                "name_ar": arabic[code],
                "continent": entry["meta"]["Continent"],
                "synonyms": list(others.values()),
            }
        )
    return sorted(rows, key=lambda row: str(row["code"]))


def maker_rows(models: Iterable[Row]) -> list[Row]:
    """One row a maker, under its longest spelling; makers of parts are kept, tied to no model."""
    spellings: dict[str, list[str]] = {}
    stated = {model["maker_as_stated"] for model in models}
    named = {model["maker"] for model in models} | {n for n in stated if fold(n) in PART_MAKERS}
    for name in sorted(named - {""}):
        spellings.setdefault(fold_maker(name), []).append(name)
    rows = []
    for names in spellings.values():
        name, *others = sorted(names, key=lambda text: (-len(text), text))
        rows.append({"name": name, "aliases": others})
    return sorted(rows, key=lambda row: str(row["name"]).casefold())


def read(path: Path) -> list[Any]:
    """The entries of one cluster."""
    entries: list[Any] = json.loads(path.read_text())["values"]
    return entries


def write(name: str, rows: list[Row], **head: Any) -> None:
    """One row a line, so that a change shows as the lines it touches."""
    lines = [
        json.dumps(
            {key: row[key] for key in row if row[key] not in ("", None, [])},
            ensure_ascii=False,
            default=as_number,
        )
        for row in rows
    ]
    head = {"version": VERSION, **head, "rows": []}
    text = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("[]\n}")
    (HERE / f"{name}.json").write_text(text + "[\n" + ",\n".join(lines) + "\n]\n}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
