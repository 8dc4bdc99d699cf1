"""The client and the real server: a copy is what its owner sees, to the byte, and no more."""

import os
import re
from pathlib import Path

import pytest

import vestige_sync
from accounts.services import issue_token
from evidence import services as evidence
from evidence.models import File, Item
from investigations import services as investigations
from investigations.models import Incident, Role
from ledger.models import Entry
from tests.exchange.following import told_by_the_doors
from vestige_sync import Client, files
from vestige_sync.client import TOKEN
from vestige_sync.mirror import canonical

README = Path(vestige_sync.__file__).parents[1] / "README.md"
KINDS = ("cases", "incidents", "sites", "items", "components", "files", "claims", "findings")
FILM = os.urandom(3 << 20)


@pytest.fixture
def copy_of(site, tmp_path):
    """A copy of what somebody sees."""
    made = []

    def begin(user):
        _token, key = issue_token(user, by=user, name="sync", days=1)
        made.append(Client.begin(tmp_path / user.username, site, token=key))
        return made[-1]

    yield begin
    for copy in made:
        copy.close()


def told(copy):
    """What the copy holds, by kind and key, in its own bytes."""
    return {(kind, key): text for kind, key, text in copy.mirror.records() if kind in KINDS}


def shown(program):
    """What the lists show the same person at this moment."""
    return {key: canonical(row) for key, row in told_by_the_doors(program, *KINDS).items()}


def test_a_copy_is_what_the_lists_show_and_stays_so(
    copy_of, as_program, amal, omar, gyro, strike, night_raid
):
    copy, stranger = copy_of(amal), copy_of(omar)
    copy.pull()
    assert told(copy) == shown(as_program(amal))
    assert stranger.pull().lines == 0
    evidence.amend_item(gyro, by=amal, version=gyro.version, description="A gyroscope")
    copy.pull()
    assert copy.record("items", str(gyro.pk))["description"] == "A gyroscope"
    assert told(copy) == shown(as_program(amal))


def test_whoever_is_taken_off_a_case_has_nothing_of_it_left_but_their_own_words(
    copy_of, amal, soraya, gyro, night_raid
):
    copy = copy_of(amal)
    evidence.receive_file(night_raid, by=amal, chunks=[FILM], name="film.bin", item=gyro)
    copy.pull(with_files=True)
    (held,) = copy.mirror.files()
    assert files.place_of(copy.mirror, held["sha256"]).read_bytes() == FILM
    draft = copy.change("items", str(gyro.pk), {"recovered_by": "Amal"})
    place = night_raid.memberships.current().get(user=amal)
    investigations.end_membership(place, by=soraya)
    copy.pull()
    assert list(copy.mirror.records()) == []
    assert list((copy.folder / "files").glob("*/*/*")) == []
    assert [draft.state for draft in copy.drafts.all()] == ["orphaned"]
    assert copy.push().acknowledged == []
    investigations.admit_member(night_raid, amal, roles=[Role.ANALYST], by=soraya)
    copy.pull()
    assert copy.push().conflicts == [draft.key], "what it was read as is gone, so it is asked"
    copy.resolve(draft.key, recovered_by="ours")
    copy.push()
    gyro.refresh_from_db()
    assert gyro.recovered_by == "Amal"


def test_what_was_done_without_a_line_is_done_once(copy_of, amal, strike, night_raid):
    copy = copy_of(amal)
    copy.pull()
    attack = copy.create("incidents", {"case": str(night_raid.pk), "title": "Attack on the pier"})
    part = {"incident": f"draft:{attack.key}", "kind": "pcb", "case": str(night_raid.pk)}
    copy.create("items", {**part, "description": "Circuit board"})
    copy.change("incidents", str(strike.pk), {"narrative": "Two drones came."})
    pushed = copy.push()
    assert (len(pushed.acknowledged), pushed.conflicts) == (3, [])
    copy.pull()
    pier = Incident.objects.get(title="Attack on the pier")
    assert Item.objects.get(incident=pier).description == "Circuit board"
    assert copy.record("incidents", str(pier.pk))["title"] == "Attack on the pier"
    assert copy.record("incidents", str(strike.pk))["narrative"] == "Two drones came."


def test_two_people_who_changed_the_same_are_merged_or_asked(copy_of, amal, soraya, strike):
    copy = copy_of(amal)
    copy.pull()
    joined = copy.change("incidents", str(strike.pk), {"narrative": "Two drones came."})
    investigations.amend_incident(strike, by=soraya, version=strike.version, place_name="Pier")
    assert copy.push().acknowledged == [("change", "incidents", str(strike.pk))]
    assert joined.key not in [draft.key for draft in copy.drafts.all()]
    copy.pull()
    draft = copy.change("incidents", str(strike.pk), {"place_name": "Quay"})
    strike.refresh_from_db()
    assert (strike.narrative, strike.place_name) == ("Two drones came.", "Pier")
    investigations.amend_incident(strike, by=soraya, version=strike.version, place_name="Mole")
    assert copy.push().conflicts == [draft.key]
    copy.resolve(draft.key, place_name="ours")
    copy.push()
    strike.refresh_from_db()
    assert strike.place_name == "Quay"


def test_a_case_is_moved_as_it_was_read_and_not_past_somebody_faster(
    copy_of, soraya, strike, night_raid
):
    copy = copy_of(soraya)
    copy.pull()
    copy.change("cases", str(night_raid.pk), {"title": "Night raid on the port"})
    copy.do("cases", str(night_raid.pk), "stage", {"stage": "scene", "reason": "At the scene."})
    assert len(copy.push().acknowledged) == 2
    night_raid.refresh_from_db()
    assert (night_raid.title, night_raid.stage) == ("Night raid on the port", "scene")
    copy.pull()
    draft = copy.do(
        "cases", str(night_raid.pk), "stage", {"stage": "examination", "reason": "Done."}
    )
    facts = {"version": night_raid.version, "title": "Night raid"}
    investigations.amend_case(night_raid, by=soraya, **facts)
    assert copy.push().conflicts == [draft.key]
    night_raid.refresh_from_db()
    assert night_raid.stage == "scene"


def test_a_file_goes_up_in_pieces_and_comes_down_with_a_line(copy_of, amal, gyro, tmp_path):
    copy = copy_of(amal)
    copy.pull()
    (tmp_path / "film.bin").write_bytes(FILM)
    copy.add_file(tmp_path / "film.bin", str(gyro.case_id), item=str(gyro.pk))
    ((_sort, _kind, key),) = copy.push().acknowledged
    assert copy.pull(with_files=True).files == 1
    file = File.objects.get(pk=key)
    assert files.place_of(copy.mirror, file.sha256).read_bytes() == FILM
    assert Entry.objects.about(file).filter(act="evidence.original_downloaded").count() == 1


def test_the_ten_lines_of_the_readme_do_what_they_say(
    site, amal, strike, night_raid, tmp_path, monkeypatch, capsys
):
    (lines,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.S)
    _token, key = issue_token(amal, by=amal, name="sync", days=1)
    monkeypatch.setenv(TOKEN, key)
    monkeypatch.chdir(tmp_path)
    assert len(lines.strip().splitlines()) <= 12
    exec(lines.replace("https://vestige.example", site), {})  # noqa: S102  our own words
    assert capsys.readouterr().out.endswith(" []\n")
    assert Item.objects.filter(description="Circuit board").count() == 1
