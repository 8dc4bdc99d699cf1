"""A page shows one moment: within it, what a person may do in a case is asked for once."""

from investigations import services
from investigations.models import Duty, one_reading


def test_within_one_reading_duties_are_asked_for_once(night_raid, amal, django_assert_num_queries):
    with django_assert_num_queries(1), one_reading():
        assert night_raid.duties(amal) == night_raid.duties(amal) != set()
    with django_assert_num_queries(2):
        assert night_raid.duties(amal) == night_raid.duties(amal)


def test_what_was_read_is_forgotten_with_the_page(night_raid, omar, soraya):
    with one_reading():
        assert not night_raid.duties(omar)
    services.admit_member(night_raid, omar, roles=["reviewer"], by=soraya)
    with one_reading():
        assert Duty.REVIEW in night_raid.duties(omar)
