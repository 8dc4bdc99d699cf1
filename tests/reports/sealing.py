"""The signer and a time-stamp authority, as the bundles of tests need them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from deploy.exercise_authority import Authority
from investigations.models import Case
from ledger.models import TimeStamp
from ledger.services import anchoring
from ledger.services.keeping import Keep
from ledger.services.signing import sign_round
from reports import services, vault
from reports.models import Bundle
from tests.ledger.conftest import as_signer

HERE = "https://time.example/"


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def sealed(tmp_path: Path, authority: Authority, settings: Any) -> Callable[[], None]:
    """Let the signer work and the authority answer."""
    keep = Keep(tmp_path / "signer")
    keep.prepare()
    roots = tmp_path / "roots.pem"
    roots.write_bytes(authority.certificates)
    settings.TIMESTAMP_ROOTS = str(roots)

    def work() -> None:
        with as_signer():
            sign_round(keep, keep.key("vestige.example/ledger"), [HERE])
            for stamp in TimeStamp.objects.filter(state=TimeStamp.State.QUEUED):
                token = authority.stamp(stamp.checkpoint.note.encode())
                anchoring.keep(stamp, token, timezone.now())

    return work


@pytest.fixture
def bundled(sealed: Callable[[], None], tmp_path: Path) -> Callable[..., Path]:
    """A finished bundle on the disk, asked for by somebody."""

    def make(case: Case, by: Any, **how: Any) -> Path:
        asked = services.request_bundle(case, by=by, **{"up_to": "red", "language": "en", **how})
        sealed()
        return fetched(services.make_bundle(asked), tmp_path / "bundle.zip")

    return make


def fetched(bundle: Bundle, place: Path) -> Path:
    """The stored file, copied to the disk of whoever asked for it."""
    with vault.open_bundle(bundle.sha256) as held:
        place.write_bytes(held.read())
    return place
