"""Pages: from plain data to a PDF that can be read, copied, searched and checked."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from reports.services import FONTS
from reports.typesetting import blocks
from reports.typesetting.blocks import Block, Content
from reports.typesetting.letters import printable, unvowelled
from reports.typesetting.printing import canonical, content_digest, typeset

SERIAL = "VX-" + "0123456789" * 6
CAVEATS = "WITNESS · releasable to JIM"
SENTENCE = "عثر على الحطام قرب النهر"


def content_with(*parts: Block, language: str = "en") -> Content:
    return {
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "generated_at": "2026-11-23T12:00:00+00:00",
        "maker": "Vestige",
        "title": "Case report",
        "reference": "C-2026-001",
        "subtitle": "Incident at the residence",
        "marking": {
            "label": "TLP:AMBER",
            "tone": "amber",
            "caveats": CAVEATS,
        },
        "handling": {"tlp": "amber", "compartments": ["WITNESS"]},
        "cover": [("State of the case", "open")],
        "notice": blocks.notice("No attribution until concluded", "Nobody is named."),
        "cover_note": "Times are UTC.",
        "contents_word": "Contents",
        "page_words": "Page {page} of {pages}",
        "footer": [("Report", "0198"), ("Ledger line 7, seal", "ab" * 32)],
        "content_words": "SHA-256 of the content",
        "file_words": "The SHA-256 of this file is recorded in the ledger.",
        "attachment_words": "The data printed",
        "sections": [{"title": "Exhibits", "blocks": list(parts)}],
    }


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.new("RGB", (400, 300), "grey").save(folder / "gyro.jpg")
    return folder


def photo(file: str) -> blocks.Photo:
    return {
        "file": file,
        "alt": "The gyroscope",
        "missing": "No preview could be made",
        "name": "gyro.jpg",
        "hash_words": "SHA-256 of the original",
        "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "lines": [("Time (claimed)", blocks.code("2026-03-14 09:31:07"))],
    }


def set_pages(content: Content, pictures: Path) -> PdfReader:
    out = pictures.parent / "report.pdf"
    typeset(content, pictures, [FONTS], out)
    return PdfReader(out)


def words_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_every_page_bears_its_marking_its_number_and_its_digests(pictures: Path):
    content = content_with(*[blocks.heading(f"EV-{number:04d}") for number in range(120)])
    pdf = set_pages(content, pictures)

    assert len(pdf.pages) > 3
    for number, page in enumerate(pdf.pages, start=1):
        text = page.extract_text()
        assert text.count("TLP:AMBER") >= 2 and text.count(CAVEATS) >= 2
        assert f"Page {number} of {len(pdf.pages)}" in text
        assert content_digest(content) in text
        assert "ab" * 32 in text


def test_the_data_printed_are_attached_and_have_the_digest_in_the_footer(pictures: Path):
    content = content_with(blocks.paragraph("A gyroscope."))
    pdf = set_pages(content, pictures)

    attached = pdf.attachments["content.json"][0]
    assert attached == canonical(content)
    assert hashlib.sha256(attached).hexdigest() in words_of(pdf)


def test_the_same_data_give_the_same_bytes(pictures: Path):
    content = content_with(blocks.photos([photo("gyro.jpg")]))
    first, second = pictures.parent / "first.pdf", pictures.parent / "second.pdf"
    typeset(content, pictures, [FONTS], first)
    typeset(content, pictures, [FONTS], second)

    assert first.read_bytes() == second.read_bytes()


def test_each_photograph_stands_over_the_digest_of_its_original(pictures: Path):
    pdf = set_pages(content_with(blocks.photos([photo("gyro.jpg"), photo("")])), pictures)

    text = words_of(pdf)
    assert text.count(photo("")["hash"]) == 2
    assert "No preview could be made" in text
    assert sum(len(page.images) for page in pdf.pages) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_long_serials_break_without_changing(pictures: Path, language: str):
    body = [[blocks.code(SERIAL), SERIAL]]
    table = blocks.table([("Serial", 1), ("Serial", 1)], body)
    pdf = set_pages(content_with(blocks.rows([("Serial", blocks.code(SERIAL))]), table,
                                 language=language), pictures)  # fmt: skip

    assert SERIAL in words_of(pdf)
    assert words_of(pdf).replace(" ", "").count("VX-0123456789") == 3


def test_arabic_can_be_searched_word_by_word(pictures: Path):
    pdf = set_pages(content_with(blocks.paragraph(SENTENCE), language="ar"), pictures)

    assert set(SENTENCE.split()) <= set(words_of(pdf).split())
    assert pdf.root_object["/Lang"] == "ar"


def test_a_report_is_archivable_and_tagged_for_reading_aloud(pictures: Path):
    pdf = set_pages(content_with(blocks.photos([photo("gyro.jpg")])), pictures)

    metadata = pdf.root_object["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


@pytest.mark.parametrize(
    "text",
    ["#import \"/etc/passwd\"", "#sys.inputs", "$x^2$", "{{ 7*7 }}", "#eval(\"1+1\")", "<b>", "@x"],
)  # fmt: skip
def test_what_people_write_is_never_a_template(pictures: Path, text: str):
    pdf = set_pages(content_with(blocks.heading(text), blocks.paragraph(text)), pictures)

    assert words_of(pdf).count(text) >= 2


def test_signs_that_no_font_draws_are_written_out():
    assert printable("中 A", frozenset("A ")) == "<U+4E2D> A"


def test_signs_that_turn_text_round_are_made_visible(pictures: Path):
    pdf = set_pages(content_with(blocks.paragraph("serial \u202e7-ON")), pictures)

    assert "<U+202E>7-ON" in words_of(pdf)


def test_odd_text_never_stops_a_report(pictures: Path):
    odd = ["", " ", "\u200b", "\x00\x07", "\ud83d\ude00".encode("utf-16", "surrogatepass")
           .decode("utf-16"), "a\r\nb\tc", "ﷺ", "Ω≈ç√", "ا" * 300, "x" * 3000]  # fmt: skip
    parts = [part for text in odd for part in (blocks.heading(text), blocks.paragraph(text))]
    for language in ("en", "ar"):
        assert set_pages(content_with(*parts, language=language), pictures).pages


def test_fixed_arabic_words_go_without_short_vowels():
    assert unvowelled("لم تُنسب المسؤوليّة") == "لم تنسب المسؤولية"
