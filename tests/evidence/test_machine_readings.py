"""What machines read in pictures is proposed, kept apart from what people write."""

from io import BytesIO

import pytest
import zxingcpp
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from core.models import Job
from core.scope import system_scope
from evidence import services
from evidence.imaging.reading import Read, Reading
from evidence.models import Proposal
from evidence.services import examination, reading
from evidence.services.reading import note_reading
from ledger.models import Entry
from tests.bells import answer, job_for
from tests.evidence.photographs import photograph

NUMBER = Reading("ocr", "SN 004120", "", [100, 100, 300, 80], 940, {}, "rapidocr 3")


def with_code(text="EV-0031"):
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    sign = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=8))
    sheet = Image.new("RGB", (900, 700), "white")
    sheet.paste(sign, (120, 90))
    held = BytesIO()
    sheet.save(held, "PNG")
    return held.getvalue()


@pytest.fixture
def photo(gyro, amal):
    return services.receive_file(gyro.case, by=amal, chunks=[with_code()], name="a.png", item=gyro)


@pytest.fixture
def examined(photo):
    answer(job_for("evidence.examine_file", photo.pk))
    return photo


def test_a_picture_is_read_after_its_thumbnail_is_there(examined):
    examined.refresh_from_db()
    assert examined.thumbnail
    assert not Proposal.objects.exists()

    answer(job_for("evidence.read_file", examined.pk))

    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.text, proposal.symbology) == ("code", "EV-0031", "QR Code")
    left, top, width, height = proposal.box
    assert 130 < left < 200
    assert 130 < top < 250
    assert width > 100
    assert height > 100
    assert proposal.engine.startswith("zxing-cpp ")


def test_a_file_that_is_no_picture_is_not_read(gyro, amal):
    file = services.receive_file(gyro.case, by=amal, chunks=[b"words"], name="a.txt", item=gyro)
    answer(job_for("evidence.examine_file", file.pk))
    assert not Job.objects.filter(task="evidence.read_file").exists()


def test_reading_twice_proposes_once(examined):
    answer(job_for("evidence.read_file", examined.pk))
    first = list(Proposal.objects.values_list("pk", flat=True))
    with system_scope("read again"):
        services.read_file(examined)
    assert list(Proposal.objects.values_list("pk", flat=True)) == first


def test_what_a_later_reading_no_longer_finds_is_withdrawn_and_kept(photo):
    with system_scope("readings"):
        note_reading(photo, Read((NUMBER,)), lease=reading.jobs.BY_HAND)
        note_reading(photo, Read(()), lease=reading.jobs.BY_HAND)
    assert not photo.proposals.standing().exists()
    assert photo.proposals.get().text == "SN 004120"


def test_a_reading_that_failed_withdraws_nothing(photo):
    with system_scope("readings"):
        note_reading(photo, Read((NUMBER,)), lease=reading.jobs.BY_HAND)
        note_reading(photo, Read(trouble="timed-out"), lease=reading.jobs.BY_HAND)
    photo.refresh_from_db()
    assert photo.proposals.standing().count() == 1
    assert photo.reading_trouble == "timed-out"


def test_a_proposal_is_handled_as_its_file_is(photo, omar):
    with system_scope("readings"):
        note_reading(photo, Read((NUMBER,)), lease=reading.jobs.BY_HAND)
    assert not Proposal.objects.visible_to(omar).exists()


def test_a_newer_version_replaces_pictures_only_when_it_has_new_ones(examined, monkeypatch):
    examined.refresh_from_db()
    old = examined.preview
    monkeypatch.setattr(examination, "PIPELINE_VERSION", 9)
    with system_scope("look again"):
        services.examine_file(examined)
    examined.refresh_from_db()
    assert examined.preview.startswith("preview-9/")
    assert examined.preview != old
    assert Entry.objects.about(examined).filter(act="evidence.file_examined").count() == 2


def test_a_look_that_sees_less_takes_nothing_away(examined, monkeypatch):
    examined.refresh_from_db()
    blind = examination.Examination(readable=False, reason="timed-out", mime="image/png")
    monkeypatch.setattr(examination, "PIPELINE_VERSION", 9)
    monkeypatch.setattr(examination, "examine", lambda *_: blind)
    with system_scope("look again"):
        services.examine_file(examined)
    shown = examined.preview
    examined.refresh_from_db()
    assert (examined.preview, examined.state) == (shown, "ready")


def test_everything_that_an_older_version_read_is_asked_for_again(examined, monkeypatch, capsys):
    answer(job_for("evidence.read_file", examined.pk))
    call_command("reprocess_pictures")
    assert job_for("evidence.read_file", examined.pk).state == "done"

    monkeypatch.setattr("evidence.services.reprocessing.readers", lambda: "newer")
    call_command("reprocess_pictures", case=examined.case.ref)
    assert job_for("evidence.read_file", examined.pk).state == "waiting"
    assert "1 files" in capsys.readouterr().out


def test_the_page_of_a_file_shows_proposals_as_proposals(client, photo, amal):
    facts = {"state": "Valid", "signer": "Camera 7", "issuer": "Maker", "problems": []}
    with system_scope("readings"):
        signed = Reading("c2pa", "", "", None, None, facts, "c2pa-python 0")
        note_reading(photo, Read((NUMBER, signed)), lease=reading.jobs.BY_HAND)
    client.force_login(amal)
    page = client.get(reverse("evidence:file_detail", args=[photo.pk])).content.decode()
    assert "SN 004120" in page
    assert "940" in page
    assert "Camera 7" in page
    assert "A signer claims" in page


def test_photographs_are_alike_to_the_machine_whatever_their_size(gyro, amal):
    hashes = []
    for width in (400, 300):
        content = photograph(width)
        file = services.receive_file(gyro.case, by=amal, chunks=[content], name="a", item=gyro)
        answer(job_for("evidence.examine_file", file.pk))
        file.refresh_from_db()
        hashes.append(file.perceptual_hash)
    assert [len(one) for one in hashes] == [64, 64]


def test_figures_of_a_scale_stand_apart_from_what_may_be_a_marking(client, photo, gyro, amal):
    def line(text, top, left):
        return Reading("ocr", text, "", [left, top, 50, 20], 990, {}, "rapidocr 0")

    read = (line("LOT 2408", 300, 10), line("7", 800, 500), line("VG-34", 100, 10))
    with system_scope("readings"):
        note_reading(photo, Read(read), lease=reading.jobs.BY_HAND)
    client.force_login(amal)

    shown = client.get(f"{reverse('evidence:item_detail', args=[gyro.pk])}?file={photo.pk}").context

    assert [one.text for one in shown["proposals"]] == ["VG-34", "LOT 2408"]
    assert [one.text for one in shown["short_proposals"]] == ["7"]
