"""Folding: every spelling of a name is the same name."""

import pytest

from catalogue.folding import fold, fold_all, fold_maker, plain


@pytest.mark.parametrize(
    "spelling",
    ["Samad-3", "Samad\u20113", "samad 3", "SAMAD3", "Samad\u202f3", "Ｓamad－3", "Sámad–٣"],
)
def test_hyphens_spaces_case_accents_and_digits_make_no_difference(spelling):
    assert fold(spelling) == "samad3"


@pytest.mark.parametrize(
    ("one", "other"), [("آرش", "ارش"), ("كمان", "کمان"), ("شاهد ۱۳۶", "شاهد 136")]
)
def test_arabic_and_persian_spellings_meet(one, other):
    assert fold(one) == fold(other)


def test_text_for_print_keeps_its_case_and_accents():
    assert plain("Bayraktar\u202fTB2 \u2011 Kargı") == "Bayraktar TB2 - Kargı"


@pytest.mark.parametrize(
    "name", ["Futaba", "Futaba Co., Ltd.", "FUTABA CORPORATION", "Futaba GmbH"]
)
def test_a_makers_legal_form_is_no_part_of_its_name(name):
    assert fold_maker(name) == "futaba"


def test_a_maker_called_nothing_but_a_legal_form_keeps_it():
    assert fold_maker("The Company") == "thecompany"


def test_a_name_given_twice_is_searched_once():
    assert fold_all(["HERO-120", "Hero 120", "", "-"]) == "hero120"
