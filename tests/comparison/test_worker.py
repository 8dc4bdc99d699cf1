"""The whole way: a component is described, a real worker finds its relatives."""

from comparison.models import Link
from tests.comparison.conftest import GYROSCOPE
from tests.conftest import eventually


def test_the_worker_proposes_a_link_once_both_ends_are_described(
    worker, component_of, strike, harbour, reference
):
    component_of(strike, "gyroscope-imu", **GYROSCOPE)
    component_of(harbour, "gyroscope-imu", **GYROSCOPE | {"serial_number": "SN-004128"})

    link = eventually(Link.objects.first)
    assert link.band == "strong"
    assert link.proposed_at
