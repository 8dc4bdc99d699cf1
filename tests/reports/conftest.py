"""A case worth a report: an exhibit with photographs, custody, a comparison and a finding."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from accounts.models import User
from attribution.models import Finding
from evidence import services as evidence
from evidence.models import File, Item
from investigations.models import Case
from reports import services, vault
from reports.models import Report
from tests.attribution.conftest import (  # noqa: F401  (the fixtures of the finding)
    brigade,
    finding,
    hand_in_and_approve,
    hypothesis,
    making,
    mira,
    report,
    technical,
)
from tests.attribution.conftest import released as technical_released  # noqa: F401
from tests.comparison.conftest import (  # noqa: F401  (the fixtures of the comparison)
    component_of,
    gyros,
    link,
    other_case,
    reference,
    seizure,
)
from tests.reports.sealing import authority, bundled, sealed  # noqa: F401  (the seal)


def picture(colour: str) -> Iterator[bytes]:
    """The bytes of a small photograph."""
    jpeg = BytesIO()
    Image.new("RGB", (640, 480), colour).save(jpeg, "JPEG")
    yield jpeg.getvalue()


@pytest.fixture
def photographed(night_raid: Case, gyro: Item, amal: User) -> list[File]:
    """Two photographs of the gyroscope, examined."""
    files = [
        evidence.receive_file(
            night_raid, by=amal, chunks=picture(colour), name=f"{colour}.jpg", item=gyro
        )
        for colour in ("olive", "teal")
    ]
    return [evidence.examine_file(file) for file in files]


@pytest.fixture
def named(finding: Finding, amal: User, rami: User, dana: User, mira: User) -> Callable[[], None]:  # noqa: F811
    """Releases the finding that names the brigade, as two authorities must."""
    from attribution import services as attribution

    def release() -> None:
        hand_in_and_approve(finding, author=amal, reviewer=rami)
        decision = attribution.release_finding(finding, by=dana, audience="partners", tlp="amber")
        attribution.confirm_release(decision, by=mira)

    return release


def made(case: Case, by: User, language: str = "en") -> Report:
    """A report, asked for and made."""
    asked = services.request_report(case, by=by, language=language)
    finished = services.typeset_report(asked)
    assert finished.is_ready
    return finished


def pages_of(finished: Report) -> list[str]:
    """The text of every page."""
    with vault.open_report(finished.sha256) as pdf:
        return [page.extract_text() for page in PdfReader(pdf).pages]


def text_of(finished: Report) -> str:
    """All text of a report, its line breaks taken as spaces."""
    return " ".join(" ".join(pages_of(finished)).split())
