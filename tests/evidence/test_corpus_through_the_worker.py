"""Photographs of many cameras, some of them broken, through a real worker: no original is lost."""

from pathlib import Path

import pytest

from evidence import services, vault
from evidence.models import File
from evidence.models.vocabulary import FileState
from tests.conftest import eventually

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "corpus" / "exif-samples"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no sample photographs at {SAMPLES}")
def test_every_sample_is_examined_and_every_original_kept(worker, gyro, amal):
    paths = sorted(path for path in SAMPLES.rglob("*") if path.is_file())
    assert len(paths) > 20
    for path in paths:
        services.receive_file(
            gyro.case, by=amal, chunks=[path.read_bytes()], name=path.name, item=gyro
        )
    eventually(lambda: not File.objects.waiting().exists(), seconds=180)

    for file in File.objects.all():
        assert vault.still_whole(file.sha256), file.name
        assert bool(file.preview) == (file.state == FileState.READY), file.name
        assert bool(file.state_reason) == (file.state != FileState.READY), file.name
    claims = File.objects.filter(claimed_taken_at__isnull=False)
    places = File.objects.filter(claimed_latitude__isnull=False)
    assert claims.count() > 10
    assert places.exists()
