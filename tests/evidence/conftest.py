"""What only tests of evidence need: photographs taken in, and a component with its numbers."""

import pytest

from catalogue.models import ComponentCategory
from evidence import services
from evidence.models import Component, File
from tests.evidence.photographs import photograph


@pytest.fixture
def photo(gyro, amal) -> File:
    """A photograph of the gyroscope, received and examined."""
    file = services.receive_file(
        gyro.case, by=amal, chunks=[photograph()], name="IMG_2041.jpg", item=gyro
    )
    return services.examine_file(file)


@pytest.fixture
def board(gyro, amal) -> Component:
    """What is marked on the gyroscope, one digit unreadable."""
    return services.describe_component(
        gyro,
        by=amal,
        category=ComponentCategory.objects.get(code="gyroscope-imu"),
        part_number="KD-9-104-A",
        serial_number="73-10?1",
        serial_state="present-partial",
    )
