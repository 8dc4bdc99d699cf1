"""The words: a versioned scale, figures for a sentence, and a word that may never be used."""

from pathlib import Path

import pytest

from comparison.methods.parameters import Parameters
from comparison.methods.words import (
    BANNED,
    POSITIVE,
    Conclusion,
    Side,
    spoken_figure,
    word_of,
)
from core.verbal_scale import SCALE, Support

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("ratio", "word"),
    [
        (1, Support.NONE),
        (2, Support.NONE),
        (2.1, Support.WEAK),
        (10, Support.WEAK),
        (99, Support.MODERATE),
        (999, Support.MODERATELY_STRONG),
        (10_000, Support.STRONG),
        (10_001, Support.VERY_STRONG),
        (1e7, Support.EXTREMELY_STRONG),
    ],
)
def test_a_ratio_and_its_reciprocal_take_the_same_word(ratio, word):
    assert word_of(SCALE, ratio)[0] is word
    assert word_of(SCALE, 1 / ratio)[0] is word


def test_below_one_the_words_speak_for_the_other_proposition():
    assert word_of(SCALE, 50)[1] is Side.SAME
    assert word_of(SCALE, 0.02)[1] is Side.DIFFERENT
    assert word_of(SCALE, 0.6)[1] is Side.NEITHER


@pytest.mark.parametrize(
    ("ratio", "figure"),
    [(6_399, "6,400"), (122.8, "120"), (3.96, "4.0"), (353.9, "350"), (0.02, "50"), (1, "1.0"),
     (9.96, "10"), (10_000, "10,000")],
)  # fmt: skip
def test_a_sentence_gives_two_significant_digits(ratio, figure):
    assert spoken_figure(ratio) == figure


def test_the_banned_word_stands_in_no_code_and_not_in_the_document():
    codes = [*Support, *Side, *Conclusion]
    assert not any(word in code for word in BANNED for code in codes)
    text = (ROOT / "docs" / "comparison-method.md").read_text(encoding="utf-8").lower()
    assert text.count("match") == text.count("“match”")


def test_an_exclusion_is_no_positive_conclusion():
    assert Conclusion.EXCLUDED not in POSITIVE
    assert Conclusion.CONSISTENT in POSITIVE


@pytest.mark.parametrize(
    "wrong",
    [
        {"part_differs": 0},
        {"maker_differs": 1.2},
        {"total_cap": 0.5},
        {"batch_scale": 0},
        {"scale_version": "of-my-own"},
        {"transcription_errors": {}},
    ],
)
def test_parameters_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match=r"must|may not"):
        Parameters(**wrong)
