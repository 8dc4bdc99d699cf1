"""Words of probability in prose fit the likelihood, in English and in Arabic."""

import pytest

from attribution import services
from attribution.methods.paragraphs import paragraph_of, paragraphs_of
from attribution.methods.probability_words import FITS, ORDER, contradiction
from attribution.models.vocabulary import Likelihood
from core.errors import Refused


def test_every_term_of_the_field_is_among_the_words():
    assert list(ORDER) == list(Likelihood.values)
    assert {str(term.label) for term in Likelihood} <= set(FITS)


@pytest.mark.parametrize(
    ("sentence", "likelihood"),
    [
        ("They very likely did it.", "very-likely"),
        ("That is very  unlikely.", "very-unlikely"),
        ("It is not likely.", "unlikely"),
        ("Its likelihood is told below.", "unlikely"),
        ("ومن المرجّح جدًّا أنهم أطلقوها.", "very-likely"),
        ("من غير المرجح أنهم أطلقوها.", "unlikely"),
        ("They likely did it.", ""),
    ],
)
def test_what_fits_is_let_through(sentence, likelihood):
    assert contradiction([sentence], likelihood) is None


@pytest.mark.parametrize(
    ("sentence", "likelihood", "words"),
    [
        ("They LIKELY did it.", "very-likely", "LIKELY"),
        ("That is very unlikely.", "unlikely", "very unlikely"),
        ("It is not likely.", "likely", "not likely"),
        ("Almost certainly so.", "likely", "Almost certainly"),
        ("ومن المرجح أنهم أطلقوها.", "very-likely", "المرجح"),
        ("من المستبعد أن يكونوا قد أطلقوها.", "likely", "المستبعد"),
    ],
)
def test_what_says_another_likelihood_is_found(sentence, likelihood, words):
    found = contradiction(["First.", sentence], likelihood)
    assert found is not None
    assert found.sentence == sentence
    assert words in found.words


def test_a_finding_that_contradicts_itself_is_not_handed_in(finding, amal):
    words = "The brigade was seen. It is unlikely that it launched the drone."
    services.amend_finding(finding, by=amal, version=1, statement=words)
    with pytest.raises(Refused, match=r"“It is unlikely that it launched the drone\.” says"):
        services.submit_finding(finding, by=amal)


def test_rivals_may_be_weighed_in_words_of_their_own(finding, amal):
    words = "It is unlikely that a rival cell did it."
    services.amend_finding(finding, by=amal, version=1, alternatives_considered=words)
    services.submit_finding(finding, by=amal)


def test_paragraphs_are_counted_from_one_and_empty_lines_are_none():
    assert paragraphs_of(" One.\r\n\r\n\nTwo. \nThree.") == ["One.", "Two.", "Three."]
    assert paragraph_of("One.\nTwo.", 2) == "Two."
    assert [paragraph_of("One.", number) for number in (0, 2, -1)] == ["", "", ""]
