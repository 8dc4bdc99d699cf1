"""Puts a question to the laboratory of the exercise, and asks a maker where a part went."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalogue.models import Laboratory
from catalogue.services import enter_laboratory
from core.zones import today
from evidence import services
from evidence.models import Component, Item, LabExam, TraceRequest
from investigations.models import Case

NAME = "Ilyndor Institute of Technical Examination"
EXAMINED = "S-03"
RESULT: services.ExamResult = {
    "method": "SOP-31, X-ray fluorescence and comparison of casting marks",
    "result": "Housing of an aluminium alloy with 9 % silicon; five ribs, the third with a flaw "
    "0.4 mm wide that the reference castings of series 2408 share.",
    "proposition": "the housing was cast in the mould of series 2408",
    "alternative": "it was cast in another mould of the same drawing",
    "supported": "proposition",
    "support": "moderately-strong",
    "uncertainty": "Silicon ± 0.3 % (k = 2).",
    "limitations": "Six reference castings of one series only. The flaw may be of the drawing.",
}

REPLY: services.ReplyFacts = {
    "outcome": "partial",
    "genuine": "yes",
    "made_on": date(2024, 2, 23),
    "first_consignee": "Corvane Instruments Trading",
    "shipped_on": date(2024, 4, 11),
    "invoice": "SL-24-1187",
    "text": "The unit is ours. Deliveries after the first are not known to us.",
    "confidentiality": "Not to be published before we have been heard.",
    "reliability": "B",
    "credibility": "2",
}
STEP: services.HopFacts = {
    "taker": "Corvane Instruments Trading",
    "passed_on": date(2024, 4, 11),
    "document": "Invoice SL-24-1187",
    "basis": "record",
}


@transaction.atomic
def examine(case: Case, *, by: User, examiner: User, second: User) -> None:
    """One examination from the question to a result that a second examiner stands by."""
    if LabExam.objects.filter(case=case).exists():
        return
    known = Laboratory.objects.filter(name=NAME).first()
    laboratory = known or enter_laboratory(
        by=by,
        name=NAME,
        accreditation_no="IAB-T-0417",
        accredited_by="Ilyndor Accreditation Board",
        scope="Metals and composites; comparison of tool and casting marks",
        accredited_until=today() + timedelta(days=400),
    )
    exam = services.request_exam(
        case,
        by=by,
        exhibits=[Item.objects.get(case=case, exhibit_no=EXAMINED)],
        laboratory=laboratory,
        discipline="metallurgy",
        question="Was the housing cast in the mould of the maker's series 2408?",
        is_method_accredited=True,
    )
    exam = services.accept_exam(exam, by=examiner, examiner=examiner)
    exam = services.begin_exam(exam, by=examiner)
    exam = services.report_exam(exam, by=examiner, version=exam.version, **RESULT)
    services.verify_exam(exam, by=second)


@transaction.atomic
def trace(case: Case, *, by: User) -> None:
    """A request to the maker of the gyroscope, and its reply with one step of the way."""
    if TraceRequest.objects.filter(case=case).exists():
        return
    component = Component.objects.get(case=case, item__exhibit_no=EXAMINED)
    asked = services.draft_trace(
        case,
        by=by,
        components=[component],
        recipient_kind="maker",
        recipient=component.maker_text,
        maker=component.maker,
        channel="voluntary",
        question="Was this gyroscope made by you, when, and to whom was it first delivered?",
        selected_reason="A new unit with a legible serial number and lot, found before use.",
    )
    asked = services.send_trace(asked, by=by, sent_at=timezone.now() - timedelta(days=21))
    step: services.HopFacts = {"giver": component.maker_text, **STEP}
    reply: services.ReplyFacts = {**REPLY, "received_at": timezone.now()}
    services.record_reply(asked, by=by, hops=[step], **reply)
