"""Whoever owns the database rewrites it: the bundle made afterwards names the first bad entry."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from investigations.models import Case
from ledger.models import Entry
from ledger.services import record
from reports import services
from tests.ledger.conftest import GUARDED, owner
from tests.reports.sealing import fetched
from tests.reports.test_bundles import ask, verified

Rewrite = Callable[..., None]


@pytest.fixture
def rewrite(night_raid: Case) -> Rewrite:
    """Do what only the owner of the database can: lift every guard, and rewrite."""

    def run(statement: str, *values: Any) -> None:
        with owner() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement, values)
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return run


@pytest.fixture
def after(night_raid, gyro, photographed, soraya, sealed, tmp_path) -> Iterator[Any]:
    """Ask, let it be sealed, let somebody loose on the tables, make the bundle, verify it."""
    asked = ask(night_raid, soraya)
    sealed()

    def attacked(attack: Callable[[Entry], None]) -> tuple[int, str, int]:
        about = Entry.objects.about(photographed[0]).get(act="evidence.file_received")
        attack(about)
        place = fetched(services.make_bundle(asked), tmp_path / "bundle.zip")
        code, told = verified(place)
        return code, told, about.position

    yield attacked


def named(told: str, position: int) -> bool:
    return f"First bad entry: entry {position}:" in told


def test_an_edited_line_is_named(after, rewrite):
    def edit(line: Entry) -> None:
        rewrite(
            "UPDATE ledger_entry SET body = replace(body, 'olive', 'ivory') WHERE id = %s", line.pk
        )

    code, told, position = after(edit)

    assert code == 1
    assert named(told, position)


def test_two_lines_that_changed_places_are_named(after, rewrite):
    def swap(line: Entry) -> None:
        rewrite(
            "UPDATE ledger_entry a SET body = b.body, act = b.act, subject_id = b.subject_id, "
            "subject_kind = b.subject_kind FROM ledger_entry b WHERE a.log = b.log AND a.log = %s "
            "AND a.position + b.position = %s AND a.position IN (%s, %s)",
            line.log,
            2 * line.position + 1,
            line.position,
            line.position + 1,
        )

    code, told, position = after(swap)

    assert code == 1
    assert named(told, position)


def test_a_line_put_in_the_place_of_another_is_named(after, rewrite):
    def forge(line: Entry) -> None:
        forged = line.body.replace('"size":', '"size":1')
        rewrite("UPDATE ledger_entry SET body = %s WHERE id = %s", forged, line.pk)

    code, told, position = after(forge)

    assert code == 1
    assert named(told, position)


def test_a_deleted_line_is_named(after, rewrite):
    code, told, position = after(
        lambda line: rewrite("DELETE FROM ledger_entry WHERE id = %s", line.pk)
    )

    assert code == 1
    assert named(told, position)


def test_a_cut_tail_is_named(after, rewrite):
    code, told, position = after(
        lambda line: rewrite(
            "DELETE FROM ledger_entry WHERE log = %s AND position >= %s", line.log, line.position
        )
    )

    assert code == 1
    assert named(told, position)


def test_a_signed_checkpoint_put_back_to_an_older_root_is_found(after, rewrite):
    code, _told, _position = after(
        lambda line: rewrite(
            "UPDATE ledger_checkpoint SET note = replace(note, E'\\n', E'\\n1') WHERE log = %s",
            line.log,
        )
    )

    assert code == 1


def test_a_time_stamp_replayed_from_before_is_found(night_raid, gyro, soraya, sealed, tmp_path):
    from ledger.models import TimeStamp
    from tests.ledger.conftest import as_signer

    sealed()
    first = TimeStamp.objects.get()
    record(None, "tests.said", gyro)
    asked = ask(night_raid, soraya)
    sealed()
    with as_signer():
        TimeStamp.objects.exclude(pk=first.pk).update(token=bytes(first.token))
    code, told = verified(fetched(services.make_bundle(asked), tmp_path / "bundle.zip"))

    assert code == 1
    assert "does not hold for the register's checkpoint" in told


def test_another_key_than_the_published_one_is_refused(night_raid, gyro, soraya, bundled):
    place: Path = bundled(night_raid, soraya)
    code, told = verified(place, "--key", "other+0c1b3a5e+AQAAAA==")

    assert code == 1
    assert "TAMPERED" in told


def test_an_old_backup_is_found_by_a_bundle_kept_from_before(
    night_raid, gyro, amal, soraya, sealed, rewrite, tmp_path
):
    first = ask(night_raid, soraya)
    sealed()
    old = fetched(services.make_bundle(first), tmp_path / "old.zip")
    again = ask(night_raid, soraya)
    sealed()
    new = fetched(services.make_bundle(again), tmp_path / "new.zip")

    assert verified(new, "--earlier", str(old))[0] == 0
    code, told = verified(old, "--earlier", str(new))
    assert code == 1
    assert "the end of the log was cut off" in told


def test_a_later_bundle_can_always_be_held_against_an_earlier_one(
    night_raid, gyro, soraya, sealed, tmp_path, monkeypatch
):
    monkeypatch.setattr("reports.content.anchors.MOST", 3)
    sealed()
    asked = ask(night_raid, soraya)
    sealed()
    old = fetched(services.make_bundle(asked), tmp_path / "old.zip")
    for _time in range(5):
        record(None, "tests.said", gyro)
        sealed()
    asked = ask(night_raid, soraya)
    sealed()
    new = fetched(services.make_bundle(asked), tmp_path / "new.zip")
    code, told = verified(new, "--earlier", str(old))

    assert code == 0, told
    assert "The log begins with" in told
