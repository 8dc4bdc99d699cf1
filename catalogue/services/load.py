"""Loads the data files of catalogue/data: fast, twice without harm, never over a person's work."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from catalogue import data
from catalogue.folding import fold_maker
from catalogue.models import (
    ComponentCategory,
    Country,
    DataLoad,
    Maker,
    ReviewStatus,
    Term,
    Theatre,
    Vocabulary,
    WeaponModel,
)
from ledger.services import record

FOLDER = Path(data.__file__).parent
FILES = [
    *("countries", "theatres", "component_categories"),
    *("makers", "weapon_models", "vocabularies"),
]
LOADING = 0x7E571CA7
"""The advisory lock that keeps two starting servers from loading at once."""

Facts = dict[str, Any]


@dataclass
class Tally:
    """What became of the rows of one file."""

    rows_created: int = 0
    rows_changed: int = 0
    rows_unchanged: int = 0
    rows_kept: int = 0


@transaction.atomic
def load_catalogue(folder: Path = FOLDER) -> list[DataLoad]:
    """Load every file that differs from its last load; return one record for each of those."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING])
    return [load for name in FILES if (load := load_file(folder / f"{name}.json"))]


def load_file(file: Path) -> DataLoad | None:
    """Load one file, with one line in the ledger, unless its bytes are those of its last load."""
    text = file.read_bytes()
    sha256 = hashlib.sha256(text).hexdigest()
    last = DataLoad.objects.filter(file=file.name).order_by("-created_at").first()
    if last and last.sha256 == sha256:
        return None
    sheet = json.loads(text, parse_float=Decimal)
    take = {
        "countries": take_countries,
        "theatres": take_theatres,
        "component_categories": take_categories,
        "makers": take_makers,
        "weapon_models": take_weapon_models,
        "vocabularies": take_vocabularies,
    }[file.stem]
    counts = {
        "rows_read": sheet.get("read", len(sheet["rows"])),
        "rows_folded": len(sheet.get("folded", [])),
        **asdict(take(sheet["rows"])),
    }
    load = DataLoad(file=file.name, version=sheet["version"], sha256=sha256, **counts)
    load.save(force_insert=True)
    record(None, "catalogue.file_loaded", load, file=load.file, sha256=sha256, **counts)
    return load


def take_countries(rows: list[Facts]) -> Tally:
    """Countries, known by their ISO code."""
    fields = ["iso3", "name", "name_ar", "continent", "synonyms"]
    return file_away([Country(**row) for row in rows], keys=["code"], fields=fields)


def take_theatres(rows: list[Facts]) -> Tally:
    """Theatres, known by name; one without countries is given those of the file."""
    tied = {row["name"]: row.pop("countries") for row in rows}
    tally = file_away([Theatre(**row) for row in rows], keys=["name"], fields=["name_ar"])
    for theatre in Theatre.objects.filter(name__in=tied, countries__isnull=True):
        theatre.countries.set(Country.objects.filter(code__in=tied[theatre.name]))
    return tally


def take_categories(rows: list[Facts]) -> Tally:
    """Kinds of component, known by their code."""
    fields = ["name", "name_ar", "group", "order", "is_electronic", "is_traceable", "is_consumer"]
    return file_away([ComponentCategory(**row) for row in rows], keys=["code"], fields=fields)


def take_makers(rows: list[Facts]) -> Tally:
    """Makers, known by name without legal form."""
    makers = [Maker(**row, review_status=ReviewStatus.IMPORTED) for row in rows]
    return file_away(makers, keys=["normalised"], fields=["name", "aliases"])


def take_weapon_models(rows: list[Facts]) -> Tally:
    """Weapon models, known by the source's identifier or else by name; all of them unreviewed."""
    countries = {country.code: country for country in Country.objects.all()}
    makers = {maker.normalised: maker for maker in Maker.objects.all()}
    models = []
    for row in rows:
        row["design_country"] = countries.get(row.get("design_country", ""))
        row["maker"] = makers.get(fold_maker(row.get("maker", "")))
        models.append(WeaponModel(**row, source="MISP uavs", review_status=ReviewStatus.IMPORTED))
    fields = sorted({name for row in rows for name in row} - {"source_uuid"})
    return file_away(models, keys=["source_uuid", "folded_name"], fields=fields)


def take_vocabularies(rows: list[Facts]) -> Tally:
    """Word lists: a version once loaded stays as it is, a newer one stands beside it."""
    tally = Tally()
    known = set(Vocabulary.objects.values_list("key", "version"))
    for row in rows:
        terms = row.pop("terms")
        if (row["key"], row["version"]) in known:
            tally.rows_unchanged += 1
            continue
        vocabulary = Vocabulary.objects.create(**row)
        Term.objects.bulk_create(
            Term(vocabulary=vocabulary, order=order, **term) for order, term in enumerate(terms)
        )
        tally.rows_created += 1
    return tally


def file_away(fresh: Sequence[Any], *, keys: Sequence[str], fields: Sequence[str]) -> Tally:
    """Create what is new, refresh what only files have written, keep what a person has touched."""
    model = type(fresh[0])
    known = [{text_of(row, key): row for row in model.objects.all()} for key in keys]
    tally, new, changed = Tally(), [], []
    for row in fresh:
        if hasattr(row, "fold_names"):
            row.fold_names()
        found = [rows.get(text_of(row, key)) for key, rows in zip(keys, known, strict=True)]
        old = next((match for match in found if match is not None), None)
        if old is None:
            new.append(row)
        elif is_a_persons(old):
            tally.rows_kept += 1
        elif refresh(old, row, fields):
            changed.append(old)
        else:
            tally.rows_unchanged += 1
    model.objects.bulk_create(new)
    if changed:
        folded = {"folded_name", "folded_names", "normalised"}
        columns = [field.name for field in model._meta.fields if field.name in folded]
        model.objects.bulk_update(changed, [*fields, *columns])
    tally.rows_created, tally.rows_changed = len(new), len(changed)
    return tally


def text_of(row: Any, key: str) -> str:
    """A row's key as text, so that an identifier reads the same from file and table."""
    return str(getattr(row, key) or f"none: {row.pk}")


def is_a_persons(row: Any) -> bool:
    """True when somebody has entered, edited or reviewed the row."""
    status = getattr(row, "review_status", ReviewStatus.IMPORTED)
    return bool(row.version > 1 or status != ReviewStatus.IMPORTED)


def refresh(old: Any, fresh: Any, fields: Sequence[str]) -> bool:
    """Copy the file's facts onto a stored row; True when any of them differed."""
    columns = [old._meta.get_field(name).attname for name in fields]
    differing = [name for name in columns if getattr(old, name) != getattr(fresh, name)]
    for name in differing:
        setattr(old, name, getattr(fresh, name))
    if differing and hasattr(old, "fold_names"):
        old.fold_names()
    return bool(differing)
