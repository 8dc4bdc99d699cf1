"""Gathers every sentence a person may read, and says what a translation of it still lacks."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
SOURCES = ["accounts", "attribution", "catalogue", "comparison", "config", "core", "evidence"]
SOURCES += ["exchange", "investigations", "ledger", "reports", "templates", "workspace"]
WIDTH = 100
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_now": None,
    "_lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLURALS = {
    "ar": "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 && n%100<=99 ? 4 : 5"
}
"""Written as Django's own catalogues write it, so that both become one in memory."""

HOLE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
TAG = re.compile(r"</?[a-z]+")
ARABIC = re.compile(r"[\u060c\u061b\u061f\u0621-\u064a]")
UNWANTED = {
    "a stretched letter": re.compile("\u0640"),
    "an Eastern digit": re.compile("[\u0660-\u0669\u06f0-\u06f9]"),
    "a claim of identity": re.compile("[تيم]طابق"),
    "a direction sign": re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]"),
}
LATIN = frozenset(
    {
        "Vestige",
        "English",
        "TLP:CLEAR",
        "TLP:GREEN",
        "TLP:AMBER",
        "TLP:AMBER+STRICT",
        "TLP:RED",
        "PAP:CLEAR",
        "PAP:GREEN",
        "PAP:AMBER",
        "PAP:RED",
        "SHA-256",
    }
)
"""Names that are written the same in every language."""


def gathered(language: str) -> Catalog:
    """Every sentence of the rooms and templates, each with the files that say it."""
    catalogue = Catalog(locale=language)
    for room in SOURCES:
        for file in sorted((ROOT / room).rglob("*")):
            if file.suffix in {".py", ".html", ".txt"} and "migrations" not in file.parts:
                add_sentences(catalogue, file)
    return catalogue


def add_sentences(catalogue: Catalog, file: Path) -> None:
    """What one file says; a template is first turned into calls, as Django itself does it."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        calls = templatize(text, origin=str(file))
        text = "\n".join(line.lstrip() for line in calls.splitlines())
    place = file.relative_to(ROOT).as_posix()
    for line, called, said, _remarks in extract_python(
        BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"}
    ):
        context, sentence = arguments(str(called), said)
        if sentence:
            catalogue.add(sentence, locations=[(place, line)], context=context)


def arguments(called: str, said: object) -> tuple[str | None, str | tuple[str, str]]:
    """The context and the sentence (or singular and plural) among the arguments of a call."""
    words = [word for word in said if word] if isinstance(said, tuple | list) else [str(said or "")]
    shape = KEYWORDS[called] or (1,)
    context = words.pop(0) if isinstance(shape[0], tuple) and len(words) > 1 else None
    plural = len([place for place in shape if isinstance(place, int)]) > 1
    if plural and len(words) > 1:
        return context, (words[0], words[1])
    return context, words[0] if words else ""


def place_of(language: str) -> Path:
    """Where a language keeps its translations."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The translations of a language as they stand in its file."""
    place = place_of(language)
    if not place.exists():
        return Catalog(locale=language)
    with place.open("rb") as held:
        return read_po(held, locale=language)


def merged(language: str) -> Catalog:
    """Today's sentences with the translations known for them; forgotten sentences are dropped."""
    known, fresh = read(language), gathered(language)
    for message in fresh:
        before = known.get(message.id, message.context) if message.id else None
        if before is not None and before.pluralizable == message.pluralizable:
            message.string = before.string
            message.user_comments = before.user_comments
            message.flags = message.flags | (before.flags & {"fuzzy"})
    return fresh


def header(language: str) -> str:
    """The head of the file: nothing in it changes from day to day."""
    forms = read(language).num_plurals
    return (
        "# What Vestige says; kept by `manage.py translations --update`, see"
        " docs/how-to/translate.md.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: nplurals={forms}; plural={PLURALS[language]};\\n"\n\n'
    )


def update(language: str) -> Catalog:
    """Write today's sentences into the language's file, in the order of the files saying them."""
    catalogue = merged(language)
    body = BytesIO()
    write_po(
        body, catalogue, width=WIDTH, omit_header=True, include_lineno=False, sort_by_file=True
    )
    place = place_of(language)
    place.parent.mkdir(parents=True, exist_ok=True)
    text = f"{header(language)}{body.getvalue().decode().strip()}\n"
    place.write_text(text, encoding="utf-8")
    return catalogue


def problems(language: str) -> Iterator[str]:
    """Everything that keeps a language from being complete, one sentence each."""
    known, fresh = read(language), gathered(language)
    for message in fresh:
        held = known.get(message.id, message.context) if message.id else None
        if message.id and held is None:
            yield f"not in the catalogue: {named(message)}"
        elif held is not None:
            yield from (f"{what}: {named(held)}" for what in lacking(held, known.num_plurals))
    for held in known:
        if held.id and fresh.get(held.id, held.context) is None:
            yield f"no longer said: {named(held)}"


def named(message: Message) -> str:
    """A sentence, with its plural after a bar."""
    return message.id if isinstance(message.id, str) else " | ".join(message.id)


def lacking(message: Message, forms: int) -> Iterator[str]:
    """What is wrong with one translation."""
    said = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if len(said) != (forms if message.pluralizable else 1) or not all(said):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked as uncertain"
    source = message.id if isinstance(message.id, str) else message.id[1]
    if any(holes(source) != holes(words) for words in certain(said)):
        yield "placeholders differ"
    if any(holes(words) - holes(source) for words in said):
        yield "a placeholder too many"
    if any(sorted(TAG.findall(words)) != sorted(TAG.findall(source)) for words in said):
        yield "tags differ"
    yield from misspoken(source, said)


def misspoken(source: str, said: list[str]) -> Iterator[str]:
    """What an Arabic text of ours never holds, or must hold."""
    if source not in LATIN and not all(ARABIC.search(words) for words in said):
        yield "no Arabic letter in it"
    for what, sign in UNWANTED.items():
        if any(sign.search(words) for words in said):
            yield what


def certain(said: list[str]) -> Iterable[str]:
    """The forms that must name every value: Arabic says none, one and two without a figure."""
    return said if len(said) == 1 else said[3:]


def holes(words: str) -> set[str]:
    """The places of a sentence that values are put into."""
    return {found.group() for found in HOLE.finditer(words.replace("%%", ""))}
