"""Two people changed one record: what joins by itself, and what a person must decide."""

from hypothesis import given
from hypothesis import strategies as st

from vestige_sync.merge import Clash, Merged, merge, settle

BASE = {"title": "Raid", "place": "Pier", "count": 1}
VALUES = st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["", "1", "a"])
RECORDS = st.dictionaries(st.sampled_from("abc"), VALUES)


def test_different_fields_join():
    theirs = {**BASE, "place": "Harbour"}
    assert merge(BASE, {"title": "Attack"}, theirs) == Merged({"title": "Attack"}, {})


def test_the_same_field_clashes_and_the_others_go_on():
    merged = merge(BASE, {"title": "Attack", "count": 2}, {**BASE, "title": "Strike"})
    assert merged.fields == {"count": 2}
    assert merged.clashes == {"title": Clash("Raid", "Attack", "Strike")}


def test_what_stands_there_already_is_not_sent_twice():
    assert merge(BASE, {"title": "Attack"}, {**BASE, "title": "Attack"}) == Merged()


def test_a_number_that_is_told_as_text_is_the_same_number():
    assert merge({"mass": "1.000"}, {"mass": 2.5}, {"mass": "2.500"}) == Merged()
    assert merge({"no": "7"}, {"no": "07"}, {"no": "7"}).fields == {"no": "07"}
    assert merge({"is": 1}, {"is": True}, {"is": 1}).fields == {"is": True}


def test_without_a_base_whatever_differs_is_for_a_person():
    merged = merge(None, {"title": "Attack", "secret": "x"}, BASE)
    assert (set(merged.clashes), merged.fields) == ({"title"}, {"secret": "x"})


def test_a_person_decides_field_by_field():
    merged = merge(BASE, {"title": "A", "place": "B"}, {"title": "X", "place": "Y", "count": 1})
    half = settle(merged, {"title": "ours"})
    assert (half.fields, set(half.clashes)) == ({"title": "A"}, {"place"})
    assert settle(merged, {"title": "theirs", "place": "theirs"}) == Merged()


@given(base=RECORDS, ours=RECORDS, theirs=RECORDS)
def test_nothing_of_theirs_is_ever_overwritten_unasked(base, ours, theirs):
    for name in merge(base, ours, theirs).fields:
        assert (name in base) == (name in theirs)
        assert base.get(name) == theirs.get(name) or str(base[name]) == str(theirs[name])
