"""Letters as PDF files: marked on every page, in two languages, and each with a line of its own."""

import hashlib
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from catalogue.models import ComponentCategory, Laboratory
from core.markings import Handling
from evidence import services as evidence
from evidence.models import File
from investigations.services.label import mark_more_strictly
from ledger.models import Entry
from reports import services


@pytest.fixture
def trace(night_raid, gyro, photographed, amal):
    component = evidence.describe_component(
        gyro,
        by=amal,
        category=ComponentCategory.objects.get(code="gyroscope-imu"),
        maker_as_marked="Aerotek",
        serial_number="004120",
    )
    return evidence.draft_trace(
        night_raid,
        by=amal,
        components=[component],
        photos=photographed,
        photos_tlp="amber+strict",
        recipient_kind="maker",
        recipient="Aerotek GmbH",
        recipient_address="Hafenstrasse 4\nHamburg",
        channel="voluntary",
        question="To whom was it sold?",
        selected_reason="Its serial can be read.",
    )


@pytest.fixture
def exam(night_raid, gyro, photographed, amal):
    laboratory = Laboratory.objects.create(name="Metallurgy Institute", contact="Dr Roth")
    return evidence.request_exam(
        night_raid,
        by=amal,
        exhibits=[gyro],
        laboratory=laboratory,
        discipline="metallurgy",
        question="Which alloy is the housing?",
        due=date(2199, 1, 31),
    )


def pages(pdf):
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def text(pdf):
    return " ".join(" ".join(pages(pdf)).split())


def pictures_in(pdf):
    return sum(len(page.images) for page in PdfReader(BytesIO(pdf)).pages)


def test_a_letter_names_recipient_reference_question_marks_and_the_day_of_answer(trace, amal):
    sent = evidence.send_trace(trace, by=amal, sent_at=timezone.now(), due=date(2199, 1, 31))
    words = text(services.print_trace_letter(sent, by=amal, language="en"))

    for told in (
        *("Aerotek GmbH", "Hafenstrasse 4", "TR-0001", "To whom was it sold?", "004120"),
        *("2199-01-31", "Are they genuine products of yours?", "Amal Nasser"),
    ):
        assert told in words


def test_the_marking_stands_on_every_page(trace, amal):
    long = "Where was it sold? " * 400
    evidence.amend_trace(trace, by=amal, version=trace.version, question=long, photos_tlp="red")
    trace.refresh_from_db()
    letter = pages(services.print_trace_letter(trace, by=amal, language="en"))

    assert len(letter) > 1
    assert all(page.count("TLP:RED") >= 2 for page in letter)


def test_the_line_in_the_ledger_holds_the_digest_of_the_very_file(trace, amal, photographed):
    pdf = services.print_trace_letter(trace, by=amal, language="en")

    told = Entry.objects.about(trace).get(act="reports.letter_made").facts
    assert told["sha256"] == hashlib.sha256(pdf).hexdigest()
    assert told["photos"] == [file.sha256 for file in photographed]


def test_photographs_go_along_only_as_far_as_their_labels_let_them(trace, amal, photographed):
    first = photographed[0]
    mark_more_strictly(first, Handling(tlp="red"), by=amal, reason="A face is seen.")
    pdf = services.print_trace_letter(trace, by=amal, language="en")

    assert pictures_in(pdf) == 1
    assert first.sha256 not in text(pdf).replace(" ", "")


def test_a_graphic_photograph_is_in_no_letter(trace, amal, photographed):
    evidence.mark_graphic(photographed[0], by=amal)
    assert pictures_in(services.print_trace_letter(trace, by=amal, language="en")) == 1


def test_a_letter_without_photographs_has_the_marking_of_its_case(trace, amal, night_raid):
    evidence.amend_trace(trace, by=amal, version=trace.version, photos=[], photos_tlp="red")
    trace.refresh_from_db()
    pdf = services.print_trace_letter(trace, by=amal, language="en")

    assert str(night_raid.handling) in pages(pdf)[0]


def test_an_arabic_letter_is_set_in_arabic(trace, amal):
    reader = PdfReader(BytesIO(services.print_trace_letter(trace, by=amal, language="ar")))
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert "TR-0001" in reader.pages[0].extract_text()


def test_an_examination_is_asked_for_with_its_exhibits_and_what_is_not_allowed(exam, amal):
    words = text(services.print_exam_letter(exam, by=amal, language="en"))

    for told in (
        *("Metallurgy Institute", exam.ref, "Which alloy is the housing?", "2199-01-31"),
        *("Vertical gyroscope in a cast housing", "ask before anything is destroyed"),
    ):
        assert told in words


def test_an_exhibit_goes_with_one_photograph(exam, amal):
    assert pictures_in(services.print_exam_letter(exam, by=amal, language="en")) == 1


def test_whoever_enters_no_evidence_writes_no_letter(trace, exam, rami):
    with pytest.raises(PermissionDenied):
        services.print_trace_letter(trace, by=rami, language="en")
    with pytest.raises(PermissionDenied):
        services.print_exam_letter(exam, by=rami, language="en")


def test_the_page_offers_the_file_and_names_what_is_kept_back(client, trace, amal, photographed):
    client.force_login(amal)
    evidence.amend_trace(trace, by=amal, version=trace.version, question="When was it made?")
    File.objects.filter(pk=photographed[0].pk).update(name="kept.jpg")
    red = Handling(tlp="red")
    mark_more_strictly(photographed[0], red, by=amal, reason="A face is seen.")
    page = client.get(reverse("evidence:tracerequest_letter", args=[trace.pk])).content.decode()
    sent = client.post(reverse("reports:trace_letter", args=[trace.pk]), {"language": "ar"})

    assert "their labels do not allow it" in page and "kept.jpg" in page
    assert sent.headers["Content-Type"] == "application/pdf"
    assert "TR-0001.pdf" in sent.headers["Content-Disposition"]


def test_a_language_that_no_letter_is_written_in_is_told_on_the_page(client, trace, amal):
    client.force_login(amal)
    answer = client.post(
        reverse("reports:trace_letter", args=[trace.pk]), {"language": "xx"}, follow=True
    )
    assert b"Choose a language" in answer.content


def test_programs_fetch_letters_and_a_repeated_key_leaves_a_line_each_time(
    trace, exam, amal, as_program
):
    program = as_program(amal)
    for _time in range(2):
        answer = program.post(
            f"/api/v1/traces/{trace.pk}/letter/",
            {"language": "en"},
            format="json",
            headers={"idempotency-key": "one"},
        )
        assert answer.content.startswith(b"%PDF")
    asked = program.post(
        f"/api/v1/examinations/{exam.pk}/letter/", {"language": "ar"}, format="json"
    )

    assert asked.content.startswith(b"%PDF")
    assert Entry.objects.about(trace).filter(act="reports.letter_made").count() == 2


def test_a_letter_is_dated_when_it_was_sent(trace, amal):
    sent = evidence.send_trace(trace, by=amal, sent_at=timezone.now() - timedelta(days=3))
    words = text(services.print_trace_letter(sent, by=amal, language="en"))
    assert timezone.localdate(sent.sent_at).isoformat() in words
