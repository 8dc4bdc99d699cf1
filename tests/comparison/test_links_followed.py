"""A comparison across two cases is told to programs that were told of both, and then once."""

from comparison import services
from comparison.models import Link
from investigations import services as investigations
from investigations.models import Role
from tests.comparison.conftest import GYROSCOPE
from tests.exchange.following import Copy, commit


def links(lines):
    return [line["id"] for line in lines if line.get("kind") == "comparisons"]


def test_a_comparison_comes_and_goes_with_either_of_its_cases(
    strike, seizure, other_case, component_of, reference, amal, soraya, as_program
):
    facts = GYROSCOPE | {"serial_number": "SN-004128"}
    ours = component_of(strike, "gyroscope-imu", **GYROSCOPE)
    theirs = component_of(seizure, "gyroscope-imu", by=soraya, **facts)
    for component in (ours, theirs):
        services.propose_links(component)
    link = Link.objects.get()
    copy = Copy(as_program(amal))
    commit()
    assert links(copy.follow()) == []

    place = investigations.admit_member(other_case, amal, roles=[Role.ANALYST], by=soraya)
    commit()
    assert links(copy.follow()) == [str(link.pk)]

    Link.objects.filter(pk=link.pk).update(rank=link.rank + 1)
    commit()
    assert links(copy.follow()) == [str(link.pk)]

    investigations.end_membership(place, by=soraya)
    commit()
    assert copy.follow() == [{"op": "lost", "case": str(other_case.pk)}]
    assert [kind for kind, _key in copy.records if kind == "comparisons"] == []
