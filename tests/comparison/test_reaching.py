"""New parameters: only those pairs are looked at again that they can change."""

from dataclasses import replace

import pytest

from comparison.methods.parameters import PARAMETERS
from comparison.methods.reach import EVERY_ROW, reach_of
from comparison.models import Link, Rescoring
from comparison.services import rescore_all, rescoring
from comparison.services.reaching import holding, reaches_on
from comparison.services.rescoring import begin_rescoring
from tests.comparison.test_rescoring import adopted

CHANGES = {
    "another lot weighs less": {"lot_differs": 0.5},
    "near serials tell less": {"batch_weight": 0.25},
    "near dates reach farther": {"date_tolerance_days": 60},
    "what is made otherwise weighs more": {"construction_differs": 0.2},
}


def after(**changes):
    return replace(PARAMETERS, version="test-2", **changes)


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_the_database_finds_the_rows_that_the_method_names(link, changes):
    reaches = reach_of(PARAMETERS, after(**changes))
    named = any(reach.holds(row) for reach in reaches for row in link.rows)
    assert holding([link.pk], reaches) == ([link.pk] if named else [])


def test_a_pair_that_the_change_cannot_reach_is_seen_and_left_alone(link, admin, monkeypatch):
    monkeypatch.setattr(rescoring, "rescore_links", None)
    adopted(after(category_differs=0.5), admin)
    begun = rescore_all(begin_rescoring(after(category_differs=0.5)))
    assert (begun.seen, begun.changed, bool(begun.finished_at)) == (1, 0, True)


def test_a_change_of_what_speaks_everywhere_reaches_every_pair(link):
    assert reaches_on(Link.objects.all(), after(total_cap=5_000.0)) == EVERY_ROW


def test_a_pair_told_by_a_version_that_nobody_knows_is_always_looked_at(link):
    Link.objects.update(parameters_version="lost")
    assert reaches_on(Link.objects.all(), after(lot_differs=0.5)) == EVERY_ROW


def test_a_pair_left_alone_twice_is_compared_with_the_version_it_was_told_by(link, admin):
    adopted(after(lot_differs=0.5), admin)
    third = replace(PARAMETERS, version="test-3", lot_differs=0.5, batch_weight=0.25)
    assert reaches_on(Link.objects.all(), third) == reach_of(PARAMETERS, third)
    assert not Rescoring.objects.exists()
