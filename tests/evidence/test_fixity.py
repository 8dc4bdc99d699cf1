"""The nightly check: bytes that changed on the disk are flagged, told, and never hidden."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from evidence import services, tasks, vault
from evidence.models import File
from evidence.models.vocabulary import Fixity
from investigations.models import Notice
from ledger.models import Entry
from tests import flipping

DIFFERS = "The stored bytes differ"


@pytest.fixture
def file(gyro, soraya):
    return services.receive_file(
        gyro.case, by=soraya, chunks=[b"a photograph of a plate"], name="plate.jpg", item=gyro
    )


@pytest.fixture
def flipped(file):
    """One byte of the original changed on the disk; put back afterwards."""
    with flipping.flipped("evidence", vault.address(file.sha256)):
        yield file


def on_disk(file):
    return Path(storages["evidence"].path(vault.address(file.sha256)))


def checks(file):
    return Entry.objects.about(file).filter(act="evidence.file_verified")


def page(client, file, person):
    client.force_login(person)
    return client.get(reverse("evidence:file_detail", args=[file.pk])).content.decode()


def due_again():
    File.objects.update(fixity_at=timezone.now() - timedelta(days=1))


def test_what_is_as_received_is_noted_without_a_line(file, client, amal):
    tasks.check_stored_files()
    file.refresh_from_db()
    assert (file.fixity, file.fixity_by) == (Fixity.WHOLE, "evidence.check_stored_files")
    assert not checks(file).exists()
    assert "read again by the nightly check" in page(client, file, amal)


def test_one_flipped_byte_is_flagged_and_the_page_says_so(flipped, client, amal, caplog):
    services.check_stored_files()
    flipped.refresh_from_db()
    assert flipped.fixity == Fixity.ALTERED
    assert DIFFERS in page(client, flipped, amal)
    line = checks(flipped).get()
    assert (line.actor, line.facts["whole"], line.facts["found"]) == (None, False, "altered")
    assert "fixity.broken" in caplog.text


def test_it_is_told_once_in_the_ledger_and_again_when_it_is_whole(flipped, client, amal):
    services.check_stored_files()
    due_again()
    services.check_stored_files()
    assert checks(flipped).count() == 1
    there = on_disk(flipped)
    now = there.read_bytes()
    there.write_bytes(bytes([now[0] ^ 1]) + now[1:])
    due_again()
    services.check_stored_files()
    assert checks(flipped).latest("position").facts["whole"] is True
    assert DIFFERS not in page(client, flipped, amal)
    there.write_bytes(now)


def test_a_file_that_is_gone_is_flagged_and_still_shown(file, client, amal):
    with flipping.gone("evidence", vault.address(file.sha256)):
        services.check_stored_files()
    file.refresh_from_db()
    assert file.fixity == Fixity.MISSING
    assert DIFFERS in page(client, file, amal)


def test_a_run_that_was_cut_short_is_gone_on_with(file, soraya):
    services.receive_file(file.case, by=soraya, chunks=[b"another"], name="b.jpg")
    assert services.check_stored_files(seconds=-1) == 0
    assert services.check_stored_files() == 2
    assert services.check_stored_files() == 0


def test_the_leads_are_told_once_and_led_to_the_file(flipped, client, soraya, lena):
    services.check_stored_files()
    due_again()
    services.check_stored_files()
    notice = Notice.objects.visible_to(soraya).get(kind="file-broken")
    assert notice.door == reverse("evidence:file_detail", args=[flipped.pk])
    assert not Notice.objects.visible_to(lena).filter(kind="file-broken").exists()
    client.force_login(soraya)
    page = client.get(reverse("investigations:request_list")).content.decode()
    assert notice.door in page and "no longer what was received" in page


def test_whoever_verifies_by_hand_flags_it_too(flipped, amal, soraya):
    assert services.verify_file(flipped, by=amal) is False
    flipped.refresh_from_db()
    assert (flipped.fixity, flipped.fixity_by) == (Fixity.ALTERED, "amal")
    assert Notice.objects.visible_to(soraya).filter(kind="file-broken").exists()


def test_the_page_of_the_case_flags_it_and_hides_nothing(flipped, client, amal):
    client.force_login(amal)
    there = reverse("investigations:case_detail", args=[flipped.case_id])
    assert 'id="broken-files"' not in client.get(there).content.decode()
    services.check_stored_files()
    page = client.get(there).content.decode()
    assert 'id="broken-files"' in page and flipped.name in page
