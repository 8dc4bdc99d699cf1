"""A question that is misspelt is refused, never answered as if it had been a wider one."""

from uuid import uuid4

import pytest

pytestmark = pytest.mark.django_db
HERE = "/api/v1/"
NOBODYS = str(uuid4())


@pytest.fixture
def program(as_program, soraya, gyro):
    return as_program(soraya)


@pytest.mark.parametrize("door", ["changes", "snapshot", "batches", "commonality", "items/gaps"])
def test_a_parameter_that_nothing_reads_is_refused(program, door):
    answer = program.get(f"{HERE}{door}/", {"kinds": "items"})
    assert answer.status_code == 422, answer
    assert set(answer.json()["errors"]) == {"query"}


@pytest.mark.parametrize(
    "door", ["accountability/{}/?dayz=9", "ledger/logs/{}/consistency/?old=1&new=1&newer=2"]
)
def test_so_it_is_where_a_case_is_named(program, night_raid, door):
    answer = program.get(HERE + door.format(night_raid.pk))
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"query"})


@pytest.mark.parametrize(
    ("door", "said"),
    [
        ("commonality", {"case": "1"}),
        ("commonality", {"case": NOBODYS}),
        ("commonality", {"category": "no-such-part"}),
        ("batches", {"theatre": NOBODYS}),
        ("batches", {"category": "no-such-part"}),
    ],
)
def test_what_cannot_be_narrowed_to_is_named(program, door, said):
    answer = program.get(f"{HERE}{door}/", said)
    assert answer.status_code == 422, answer.json()
    assert set(answer.json()["errors"]) == set(said)


@pytest.mark.parametrize("door", ["changes", "snapshot", "batches", "commonality", "items/gaps"])
def test_a_question_without_parameters_is_answered(program, door):
    assert program.get(f"{HERE}{door}/").status_code == 200


@pytest.mark.parametrize(
    "question",
    [
        "items/?status=stored&status=collected",
        "items/?fields=status&fields=kind",
        "items/?limit=1&limit=2",
        "changes/?kind=items&kind=files",
        "snapshot/?kind=items&kind=files",
        "batches/?category=pcb&category=gyroscope-imu",
    ],
)
def test_a_parameter_that_is_given_twice_is_refused_for_one_of_the_two_would_be_lost(
    program, question
):
    answer = program.get(HERE + question)
    assert answer.status_code == 422, answer.json()
    (name,) = answer.json()["errors"]
    assert question.count(f"{name}=") == 2


def test_the_deeds_of_a_case_are_asked_for_by_each_parameter_once(program, night_raid):
    there = f"{HERE}cases/{night_raid.pk}/activity/"
    assert program.get(there, {"limit": 1}).status_code == 200
    answer = program.get(f"{there}?limit=1&limit=2")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["limit"])
