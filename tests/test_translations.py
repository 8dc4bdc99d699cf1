"""Arabic is complete, compiles and keeps its promises; and nothing is said past the catalogue."""

import ast
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo, write_mo
from django.conf import settings
from django.utils import translation
from django.utils.formats import number_format

from core import translations

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ROOMS = [room for room in translations.SOURCES if room != "templates"]
PYTHON = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))

SAME_EVERYWHERE = {
    *("Vestige", "English", "Ctrl", "Shift", "Enter", "Esc", "UTC", "SHA", "CSV", "XLSX"),
    *("cm", "mm", "px"),
}
"""The product's and the language's own name, keys and units: all else on a page is translated."""

TRANSLATED = re.compile(
    r"\{%\s*blocktranslate\b.*?\{%\s*endblocktranslate\s*%\}"
    r"|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|\{#.*?#\}",
    re.S,
)
TAGS_AND_VALUES = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
SPOKEN_ATTRIBUTE = re.compile(r"\s(?:alt|title|placeholder|aria-label|data-label)=\"([^\"]*)\"")
MARKUP = re.compile(r"<code\b.*?</code>|<!--.*?-->|<(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>", re.S)
ENTITY = re.compile(r"&\w+;")
WORD = re.compile(r"[A-Za-z]{2,}")


def told(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def bare_words(text: str) -> list[str]:
    """English words that a page would show in every language."""
    text = TAGS_AND_VALUES.sub(" ", TRANSLATED.sub(" ", text))
    shown = [ENTITY.sub(" ", MARKUP.sub(" ", text)), *SPOKEN_ATTRIBUTE.findall(text)]
    return [word for part in shown for word in WORD.findall(part) if word not in SAME_EVERYWHERE]


def test_arabic_lacks_nothing():
    assert list(translations.problems("ar")) == [], "run manage.py translations --update"


def test_the_catalogue_is_written_the_same_way_on_every_machine():
    text = translations.place_of("ar").read_text(encoding="utf-8")
    assert not re.search(r"^\"(?:POT?-|Last-Translator|Generated-By)", text, re.M)
    assert not re.search(r"^#: .*:\d+", text, re.M), "line numbers make every change a conflict"
    assert "#~" not in text, "forgotten sentences are dropped"


def test_the_catalogue_compiles_to_what_django_reads():
    compiled = BytesIO()
    write_mo(compiled, translations.read("ar"))
    compiled.seek(0)
    assert read_mo(compiled).get("exhibit").string == "مبرز"


def test_a_gap_is_found(monkeypatch):
    """The check above would see a missing sentence, a lost value and a word of certainty."""
    before, known = set(translations.problems("ar")), translations.read("ar")
    known["exhibit"].string = ""
    known["Exhibit"].string = "Exhibit"
    known["Search"].string = "تطابق"
    known.delete("Holder")
    monkeypatch.setattr(translations, "read", lambda language: known)
    assert set(translations.problems("ar")) - before == {
        "not translated: exhibit",
        "no Arabic letter in it: Exhibit",
        "a claim of identity: Search",
        "not in the catalogue: Holder",
    }


def test_one_figure_reads_the_same_in_both_languages():
    with translation.override("ar"):
        assert number_format(274.7, use_l10n=True) == "274.7"


@pytest.mark.parametrize("path", TEMPLATES, ids=told)
def test_a_template_says_nothing_past_the_catalogue(path):
    assert bare_words(path.read_text(encoding="utf-8")) == []


def test_words_in_a_template_are_seen():
    assert bare_words('<p title="Old">{% translate "Fine" %} {{ x }} Bare <b>word</b></p>') == [
        *("Bare", "word", "Old"),
    ]


@pytest.mark.parametrize("path", PYTHON, ids=told)
def test_a_refusal_is_told_in_the_readers_language(path):
    """`Refused("…")` with a literal would reach everybody in English."""
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Refused"
    ]
    assert [call.lineno for call in calls if any(literal(said) for said in call.args)] == []


def literal(said: ast.expr) -> bool:
    """Text that no catalogue was asked for, with or without values put in."""
    text = said.left if isinstance(said, ast.BinOp) else said
    return isinstance(text, ast.Constant | ast.JoinedStr)


def test_a_literal_is_told_from_a_translated_sentence():
    refusals = ["f'no {x}'", "'no %s' % x", "_('no')", "_('no %s') % x", "words % x"]
    found = [literal(ast.parse(said, mode="eval").body) for said in refusals]
    assert found == [True, True, False, False, False]
