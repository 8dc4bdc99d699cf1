"""One authority and one sealed bundle for all the tests of the verifier."""

from pathlib import Path

import pytest

from deploy.exercise_authority import Authority
from tests.verify.sealed import Log, pack, parts_of, sealed_log
from verify.vestige_verify import Findings, options_of, verify


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def log() -> Log:
    return sealed_log()


@pytest.fixture(scope="session")
def parts(authority: Authority) -> dict[str, bytes]:
    """The files of an honest bundle."""
    return parts_of(sealed_log(), authority)


@pytest.fixture(scope="session")
def bundle(parts: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack(parts, tmp_path_factory.mktemp("bundle") / "bundle.zip")


def checked(place: Path, *words: object) -> Findings:
    """What the verifier says of a bundle."""
    return verify(place, options_of([str(place), *map(str, words)]))
