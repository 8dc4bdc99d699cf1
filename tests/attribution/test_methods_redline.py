"""The redline: what it keeps and puts in spells the new text, what it keeps and takes the old."""

from hypothesis import given
from hypothesis import strategies as st

from attribution.methods.redline import redline

TEXTS = st.text(alphabet="ab \n", max_size=40)


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_out_of_it(before, after):
    pieces = redline(before, after)
    assert "".join(each.words for each in pieces if each.what != "put") == before
    assert "".join(each.words for each in pieces if each.what != "taken") == after


def test_one_changed_word_is_one_change():
    pieces = [(each.what, each.words) for each in redline("no radio here", "no radar here")]
    assert pieces == [("kept", "no "), ("taken", "radio "), ("put", "radar "), ("kept", "here")]


def test_one_word_between_two_changes_is_no_island():
    pieces = [(each.what, each.words) for each in redline("we saw the men", "they met the guard")]
    assert pieces == [("taken", "we saw the men"), ("put", "they met the guard")]
