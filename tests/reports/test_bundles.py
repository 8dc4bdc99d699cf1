"""Evidence bundles: made once, of what may leave, and intact for whoever trusts nobody."""

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.urls import reverse

from core.errors import Refused
from core.markings import Handling
from evidence import services as evidence
from evidence import vault as originals
from evidence.models import File
from investigations import services as investigations
from investigations.models import Case, Label
from ledger.models import Entry
from reports import services
from reports.models import Bundle
from reports.services.bundle import NotSealedYet
from tests.bells import answer, job_for
from tests.reports.sealing import fetched
from verify import vestige_verify

SCRIPT = Path(vestige_verify.__file__)


def verified(place: Path, *words: str) -> tuple[int, str]:
    """What the opposing expert is told."""
    command = [sys.executable, "-I", str(SCRIPT), str(place), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def told_in(place: Path, name: str) -> Any:
    with zipfile.ZipFile(place) as archive:
        return json.loads(archive.read(name))


def names_in(place: Path) -> list[str]:
    with zipfile.ZipFile(place) as archive:
        return archive.namelist()


def ask(case, by, **how):
    return services.request_bundle(case, by=by, **{"up_to": "red", "language": "en", **how})


def test_a_bundle_is_intact_for_whoever_trusts_nobody(
    night_raid, gyro, photographed, soraya, bundled
):
    place = bundled(night_raid, soraya)
    code, told = verified(place)

    assert code == 0, told
    assert "file(s) have the SHA-256 recorded at intake" in told
    assert "lines of custody say what the entries say" in told
    assert "existed on" in told
    digests = {file["sha256"] for file in told_in(place, "data/bundle.json")["files"]}
    assert digests == {file.sha256 for file in photographed}


def test_its_digest_stands_in_the_ledger(night_raid, gyro, soraya, bundled):
    place = bundled(night_raid, soraya)
    line = Entry.objects.filter(act="reports.bundle_made").get()

    assert line.facts["sha256"] == hashlib.sha256(place.read_bytes()).hexdigest()
    assert line.facts["size"] == place.stat().st_size


def test_each_exhibit_has_facts_custody_and_a_certificate_to_sign(
    night_raid, gyro, photographed, soraya, bundled
):
    place = bundled(night_raid, soraya)
    folder = f"data/exhibits/{gyro.exhibit_no}"
    certificate = told_in(place, f"{folder}/certificate.json")

    assert told_in(place, f"{folder}/facts.json")["exhibit"] == gyro.exhibit_no
    lines = told_in(place, f"{folder}/custody.json")
    people = told_in(place, "data/bundle.json")["people"]
    assert [people[line["actor"]] for line in lines] == ["Amal Nasser"]
    assert f"{folder}/certificate.pdf" in names_in(place)
    assert set(certificate["to_be_signed"].values()) == {""}
    for file in certificate["files"]:
        assert file["sha256_at_intake"] == file["sha256_now"]


def test_the_bundle_brings_its_verifier_and_a_recipe(night_raid, gyro, soraya, bundled):
    place = bundled(night_raid, soraya)
    with zipfile.ZipFile(place) as archive:
        recipe = archive.read("VERIFY.md").decode()
        assert archive.read("vestige_verify.py") == SCRIPT.read_bytes()

    assert night_raid.ref in recipe
    assert "everything after" in recipe
    assert "{" not in recipe.split("## The long way")[0]


def test_the_recipe_by_public_tools_alone_ends_well(night_raid, gyro, soraya, bundled, tmp_path):
    place = bundled(night_raid, soraya)
    bag = tmp_path / "bag"
    subprocess.run(["unzip", "-q", place, "-d", bag], check=True)
    recipe = (bag / "VERIFY.md").read_text()
    steps = "\n".join(
        line[4:] for line in recipe.split("## The long way")[1].splitlines() if line[:4] == "    "
    )
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", steps], cwd=bag, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Signature Verified Successfully" in done.stdout
    assert "Verification: OK" in done.stdout + done.stderr
    hashes = [line for line in done.stdout.splitlines() if len(line) >= 64]
    assert hashes[0] == hashes[1][:64]


def test_exhibits_whose_numbers_differ_in_signs_alone_lie_in_folders_of_their_own(
    night_raid, strike, gyro, amal, soraya, bundled
):
    numbers = ("م-١", "م-٢", "A/7", "A 7", "A-7", "a-7")
    for number in numbers:
        told = {"kind": gyro.kind, "description": "A wing spar", "exhibit_no": number}
        evidence.log_item(night_raid, by=amal, incident=strike, **told)
    place = bundled(night_raid, soraya)

    assert verified(place)[0] == 0
    folders = {name.split("/")[2].lower() for name in names_in(place) if "/exhibits/" in name}
    assert len(folders) == len(numbers) + 1
    assert {gyro.exhibit_no.lower(), "a-7"} < folders


def test_a_chosen_exhibit_leaves_alone(
    night_raid, strike, gyro, photographed, amal, soraya, bundled
):
    other = evidence.log_item(
        night_raid, by=amal, incident=strike, kind=gyro.kind, description="A wing spar"
    )
    place = bundled(night_raid, soraya, items=[gyro])

    assert verified(place)[0] == 0
    assert told_in(place, "data/bundle.json")["exhibits"] == [gyro.exhibit_no]
    with zipfile.ZipFile(place) as archive:
        lines = archive.read("data/ledger/events.jsonl").decode()
    assert str(other.pk) not in lines
    assert str(gyro.pk) in lines


def test_what_is_marked_beyond_what_was_chosen_is_listed_and_stays(
    night_raid, gyro, photographed, soraya, bundled
):
    night_raid.tlp = "green"
    night_raid.save()
    kept = photographed[0]
    kept.label = Label.for_handling(Handling(tlp="red"))
    kept.save()
    place = bundled(night_raid, soraya, up_to="amber")
    about = told_in(place, "data/bundle.json")

    assert verified(place)[0] == 0
    assert kept.sha256 not in {file["sha256"] for file in about["files"]}
    assert kept.sha256 in {one.get("sha256") for one in about["withheld"]}
    assert not [name for name in names_in(place) if kept.sha256 in name]
    with zipfile.ZipFile(place) as archive:
        assert str(kept.pk) not in archive.read("data/ledger/events.jsonl").decode()


def test_what_stands_in_a_compartment_never_leaves(night_raid, gyro, photographed, soraya, bundled):
    soraya.compartments = ["WITNESS"]
    soraya.save()
    label = Label.for_handling(Handling(compartments=frozenset({"WITNESS"})))
    kept = photographed[0]
    kept.label = label
    kept.save()
    place = bundled(night_raid, soraya)

    assert not [name for name in names_in(place) if kept.sha256 in name]


def test_what_the_one_who_asked_may_not_see_is_not_even_listed(
    night_raid, gyro, photographed, soraya, bundled
):
    label = Label.for_handling(Handling(compartments=frozenset({"SOURCE"})))
    hidden = photographed[0]
    hidden.label = label
    hidden.save()
    place = bundled(night_raid, soraya)

    assert verified(place)[0] == 0
    with zipfile.ZipFile(place) as archive:
        for name in archive.namelist():
            assert hidden.sha256 not in name
            assert hidden.sha256.encode() not in archive.read(name)


def test_a_swapped_blob_is_named_by_the_line_that_received_it(
    night_raid, gyro, photographed, soraya, bundled
):
    file = photographed[1]
    line = Entry.objects.about(file).filter(act="evidence.file_received").get()
    stored = Path(storages["evidence"].path(originals.address(file.sha256)))
    stored.chmod(0o600)
    stored.write_bytes(b"another photograph")
    code, told = verified(bundled(night_raid, soraya))
    stored.unlink()

    assert code == 1
    assert f"First bad entry: entry {line.position}:" in told


def test_a_lost_blob_makes_the_bundle_incomplete(night_raid, gyro, photographed, soraya, bundled):
    stored = Path(storages["evidence"].path(originals.address(photographed[1].sha256)))
    stored.unlink()
    code, told = verified(bundled(night_raid, soraya))

    assert code == 2
    assert "is missing" in told


def test_lines_that_came_after_the_seal_are_not_in_it(
    night_raid, gyro, amal, soraya, sealed, tmp_path
):
    asked = ask(night_raid, soraya)
    sealed()
    evidence.seal_item(gyro, by=amal, seal_no="S-9")
    place = fetched(services.make_bundle(asked), tmp_path / "bundle.zip")

    assert verified(place)[0] == 0


def test_it_waits_for_the_seal_and_then_goes_without(night_raid, gyro, soraya, tmp_path):
    asked = ask(night_raid, soraya)
    with pytest.raises(NotSealedYet):
        services.make_bundle(asked)
    asked.created_at = asked.created_at.replace(year=2020)
    made = services.make_bundle(asked)
    code, told = verified(fetched(made, tmp_path / "bundle.zip"))

    assert code == 2
    assert not made.is_anchored
    assert "no checkpoint is in the bundle" in told


def test_a_bell_rung_thrice_makes_one_bundle(night_raid, gyro, soraya, sealed):
    asked = ask(night_raid, soraya)
    sealed()
    for _ring in range(3):
        job = answer(job_for("reports.make_bundle", asked.pk))

    asked.refresh_from_db()
    assert (asked.state, job.attempt) == (Bundle.State.READY, 1)
    assert Entry.objects.filter(act="reports.bundle_made").count() == 1


def test_whoever_lost_the_right_meanwhile_gets_none(night_raid, gyro, amal, soraya, sealed):
    asked = ask(night_raid, soraya)
    place = night_raid.memberships.get(user=soraya)
    place.roles = ["analyst"]
    place.save()
    sealed()
    job = answer(job_for("reports.make_bundle", asked.pk))

    asked.refresh_from_db()
    assert (job.state, asked.state) == ("failed", Bundle.State.FAILED)


def test_only_a_lead_or_a_prosecutor_asks_for_one(night_raid, amal, omar):
    with pytest.raises(PermissionDenied):
        ask(night_raid, amal)
    with pytest.raises(Case.DoesNotExist):
        ask(night_raid, omar)


def test_a_case_that_may_not_leave_is_refused(night_raid, soraya):
    with pytest.raises(Refused):
        ask(night_raid, soraya, up_to="clear")


def test_the_page_offers_it_and_the_download_leaves_a_line(
    client, night_raid, gyro, soraya, amal, bundled
):
    bundled(night_raid, soraya)
    bundle = Bundle.objects.get()
    client.force_login(soraya)
    page = client.get(reverse("reports:bundle_detail", args=[bundle.pk])).content.decode()
    reply = client.post(reverse("reports:bundle_download", args=[bundle.pk]))

    assert bundle.sha256[:10] in page
    assert reply.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(reply.streaming_content).startswith(b"PK")
    assert Entry.objects.about(bundle).latest("position").act == "reports.bundle_downloaded"
    client.force_login(amal)
    assert client.post(reverse("reports:bundle_download", args=[bundle.pk])).status_code == 403


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_of_a_case_tell_of_its_bundles(
    client, night_raid, gyro, soraya, language, bundled
):
    soraya.language = language
    soraya.save()
    client.force_login(soraya)
    there = reverse("reports:case_bundles", args=[night_raid.pk])
    assert client.get(there).status_code == 200
    bundled(night_raid, soraya, language=language)

    assert Bundle.objects.get().file_name in client.get(there).content.decode()


FACE = {"left": 100, "top": 100, "width": 250, "height": 500, "reason": "witness-identity"}


def drawn(photo, by):
    return evidence.draw_redaction(evidence.ask_redaction(photo, by=by, regions=[FACE]))


def leaving_digests(place: Path) -> set[str]:
    return {file["sha256"] for file in told_in(place, "data/bundle.json")["files"]}


def test_a_redacted_copy_leaves_in_the_place_of_its_original(
    night_raid, gyro, photographed, amal, soraya, bundled
):
    redaction = drawn(photographed[0], amal)
    evidence.review_redaction(redaction, by=soraya, state="accepted")
    place = bundled(night_raid, soraya)

    assert verified(place)[0] == 0
    original, copy = photographed[0].sha256, redaction.copy.sha256
    assert leaving_digests(place) == {photographed[1].sha256, copy}
    withheld = told_in(place, "data/bundle.json")["withheld"]
    assert [one["why"] for one in withheld if one.get("sha256") == original] == [
        "a redacted copy stands in its place"
    ]


def test_a_picture_stays_until_its_redaction_is_agreed_on(
    night_raid, gyro, photographed, amal, soraya, bundled
):
    redaction = drawn(photographed[0], amal)
    place = bundled(night_raid, soraya)

    assert leaving_digests(place) == {photographed[1].sha256}
    assert redaction.copy.sha256 not in "".join(names_in(place))


def test_a_copy_of_a_redacted_picture_stays_too(
    night_raid, gyro, photographed, amal, soraya, bundled
):
    redaction = drawn(photographed[0], amal)
    evidence.review_redaction(redaction, by=soraya, state="accepted")
    working = File.objects.create(
        case=night_raid,
        item=gyro,
        received_by=amal,
        derived_from=photographed[0],
        copy_type="working",
        sha256=photographed[1].sha256[::-1],
        size=3,
        name="crop.jpg",
    )
    place = bundled(night_raid, soraya)

    assert working.sha256 not in leaving_digests(place)
    stayed = {one.get("sha256") for one in told_in(place, "data/bundle.json")["withheld"]}
    assert working.sha256 in stayed


def test_a_bundle_stays_intact_when_a_value_that_the_ledger_commits_to_is_erased(
    night_raid, gyro, photographed, amal, soraya, dana, sealed, bundled
):
    kept = investigations.commit_value(night_raid, "Farida K.", by=amal, about="who called")
    sealed()
    asked = investigations.ask_to_erase_value(kept, by=soraya, reason="Article 17")
    investigations.erase_value(asked, by=dana)
    place = bundled(night_raid, soraya)
    code, told = verified(place)

    assert code == 0, told
    with zipfile.ZipFile(place) as archive:
        assert not any(b"Farida" in archive.read(name) for name in archive.namelist())
