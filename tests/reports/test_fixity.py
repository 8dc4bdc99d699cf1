"""The nightly check of evidence bundles: the copy that is kept here is the one that was sealed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from evidence.models.vocabulary import Fixity
from ledger.models import Entry
from reports import services, vault
from reports.models import Bundle
from tests.flipping import flipped, gone

DIFFERS = "The stored bytes differ"


@pytest.fixture
def bundle(night_raid, soraya, tmp_path):
    """One that was made; what lies in it is of no account here."""
    made = tmp_path / "made.zip"
    made.write_bytes(b"a bag of exhibits")
    kept = vault.keep(made, ".zip")
    return Bundle.objects.create(
        case=night_raid, requested_by=soraya, language="en", state=Bundle.State.READY,
        step=Bundle.Step.DONE, marking="amber", sha256=kept.sha256, size=kept.size,
        finished_at=timezone.now(),
    )  # fmt: skip


def test_a_bundle_that_changed_is_flagged_on_its_page_and_in_the_list(
    bundle, client, soraya, caplog
):
    with flipped("derived", vault.address(bundle.sha256, ".zip")):
        assert services.check_bytes() == 1
        assert services.check_bytes() == 0
    bundle.refresh_from_db()
    assert bundle.fixity == Fixity.ALTERED
    line = Entry.objects.about(bundle).get(act="reports.bundle_bytes_verified")
    assert (line.actor, line.facts["whole"], line.facts["job"]) == (
        None,
        False,
        "reports.check_bytes",
    )
    assert "fixity.broken" in caplog.text
    client.force_login(soraya)
    page = client.get(reverse("reports:bundle_detail", args=[bundle.pk])).content.decode()
    assert DIFFERS in page and "ask for another bundle" in page
    listed = client.get(reverse("reports:case_bundles", args=[bundle.case_id])).content.decode()
    assert "altered" in listed


def test_a_bundle_that_is_lost_is_said_to_be_when_it_is_asked_for(bundle, client, soraya):
    client.force_login(soraya)
    there = reverse("reports:bundle_download", args=[bundle.pk])
    with gone("derived", vault.address(bundle.sha256, ".zip")):
        assert services.check_bytes() == 1
        assert client.post(there).status_code == 404
    assert not Entry.objects.about(bundle).filter(act="reports.bundle_downloaded").exists()
    bundle.refresh_from_db()
    assert bundle.fixity == Fixity.MISSING


def test_what_is_not_made_yet_is_not_read(bundle):
    Bundle.objects.update(state=Bundle.State.PACKING)
    assert services.check_bytes() == 0
