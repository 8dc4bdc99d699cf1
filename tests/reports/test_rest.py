"""Evidence bundles through REST: asked for once, watched, fetched with the hash that is told."""

import hashlib

from core.models import Job
from ledger.models import Entry
from reports import services
from reports.models import Bundle

THERE = "/api/v1/bundles/"


def asked(program, case, key="k-1", **how):
    words = {"case": str(case.pk), "up_to": "red", "language": "en", **how}
    return program.post(THERE, words, format="json", headers={"Idempotency-Key": key})


def made(key, sealed):
    sealed()
    return services.make_bundle(Bundle.objects.get(pk=key))


def test_a_bundle_is_asked_for_made_and_fetched(night_raid, gyro, soraya, sealed, as_program):
    program = as_program(soraya)
    answer = asked(program, night_raid, exhibits=[str(gyro.pk)])
    assert answer.status_code == 201
    told = answer.json()
    assert (told["state"], told["sha256"], told["exhibits"]) == ("waiting", "", [str(gyro.pk)])
    early = program.post(f"{answer['Location']}download/")
    assert early.status_code == 422 and "not ready" in early.json()["detail"]

    made(told["id"], sealed)
    ready = program.get(answer["Location"]).json()
    assert (ready["state"], ready["failure"]) == ("ready", "")
    archive = program.post(f"{answer['Location']}download/")
    assert archive["Content-Type"] == "application/zip"
    assert archive["Content-Disposition"] == f'attachment; filename="{ready["file_name"]}"'
    assert "sandbox" in archive["Content-Security-Policy"]
    content = b"".join(archive.streaming_content)
    assert hashlib.sha256(content).hexdigest() == ready["sha256"]
    lines = [
        (line.act, line.facts.get("sha256")) for line in Entry.objects.about(Bundle.objects.get())
    ]
    assert ("reports.bundle_made", ready["sha256"]) in lines
    assert ("reports.bundle_downloaded", ready["sha256"]) in lines


def test_the_same_request_makes_one_bundle_and_a_repeated_download_sends_it_again(
    night_raid, gyro, soraya, sealed, as_program
):
    program = as_program(soraya)
    first, second = asked(program, night_raid), asked(program, night_raid)
    assert first.json() == second.json() and Bundle.objects.count() == 1
    assert Job.objects.filter(task="reports.make_bundle").count() == 1
    made(first.json()["id"], sealed)
    once, again = (
        b"".join(
            program.post(
                f"{first['Location']}download/", headers={"Idempotency-Key": "k-2"}
            ).streaming_content
        )
        for _each in range(2)
    )
    assert once == again
    out = Entry.objects.filter(act="reports.bundle_downloaded")
    assert out.count() == 2


def test_only_those_who_may_certify_ask_and_fetch(
    night_raid, gyro, soraya, amal, omar, sealed, as_program
):
    assert asked(as_program(amal), night_raid).status_code == 403
    assert asked(as_program(omar), night_raid).status_code == 422
    bundle = asked(as_program(soraya), night_raid)
    made(bundle.json()["id"], sealed)
    seen = as_program(amal)
    assert seen.get(bundle["Location"]).json()["state"] == "ready"
    assert seen.post(f"{bundle['Location']}download/").status_code == 403
    assert as_program(omar).get(bundle["Location"]).status_code == 404


def test_nothing_leaves_below_the_marking_of_the_case(night_raid, soraya, as_program):
    answer = asked(as_program(soraya), night_raid, up_to="clear")
    assert answer.status_code == 422 and "nothing of it leaves below" in answer.json()["detail"]
    assert not Bundle.objects.exists()
