"""Examinations: asked for, agreed to, begun, reported, verified; and what stands in their way."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from catalogue import services as catalogue
from core.errors import Refused
from core.markings import Handling
from core.verbal_scale import SCALE
from evidence import services
from evidence.models import CustodyEvent, Item, LabExam
from investigations import services as investigations
from investigations.models import Request, Role
from ledger.models import Entry
from tests.conftest import person

RESULT = {
    "result": "Brass with 2 % lead.",
    "method": "SOP-17, energy-dispersive X-ray fluorescence",
    "limitations": "The surface is corroded.",
}
WEIGHED = {
    "proposition": "both wires are of one reel",
    "alternative": "they are of different reels",
    "supported": "proposition",
    "support": "strong",
}


@pytest.fixture
def institute(db):
    """A laboratory with an accreditation."""
    admin = person("curator")
    return catalogue.enter_laboratory(
        by=admin, name="City Institute", accreditation_no="L-412", scope="Metals"
    )


@pytest.fixture
def vera(night_raid, soraya, mission):
    """A second examiner."""
    user = person("vera", display_name="Vera Lind", agency=mission)
    investigations.admit_member(night_raid, user, roles=[Role.EXAMINER], by=soraya)
    return user


@pytest.fixture
def ask(night_raid, gyro, amal, institute):
    def asked(**facts):
        wanted = {
            "exhibits": [gyro],
            "laboratory": institute,
            "discipline": "metallurgy",
            "question": "Which alloy is the housing of?",
        }
        return services.request_exam(night_raid, by=amal, **{**wanted, **facts})

    return asked


@pytest.fixture
def begun(ask, gyro, amal, lena):
    """An examination that Lena has begun, of a gyroscope that is in her hands."""
    services.hand_over(gyro, to=lena, by=amal)
    gyro.refresh_from_db()
    services.receive_item(gyro, by=lena)
    exam = services.accept_exam(ask(), by=lena, examiner=lena)
    return services.begin_exam(exam, by=lena)


def report(exam, by, **more):
    return services.report_exam(exam, by=by, version=exam.version, **{**RESULT, **more})


def test_an_examination_gets_a_number_and_a_line(ask, amal):
    exam = ask()
    assert exam.ref == "EX-0001"
    line = Entry.objects.about(exam).get()
    assert line.act == "evidence.exam_requested"
    assert line.facts["exhibits"] == ["EV-0001"]


def test_it_goes_from_request_to_a_verified_result(begun, lena, vera):
    exam = report(begun, lena, **WEIGHED)
    assert exam.scale_version == SCALE.version
    exam = services.verify_exam(exam, by=vera)
    assert exam.state == "verified"
    acts = [entry.act for entry in Entry.objects.about(exam).order_by("position")]
    assert acts == [
        "evidence.exam_requested",
        "evidence.exam_accepted",
        "evidence.exam_begun",
        "evidence.exam_reported",
        "evidence.exam_verified",
    ]


def test_an_agreement_to_destroy_falls_when_something_else_is_asked(ask, amal, lena, soraya):
    exam = ask(why_destructive="The fuze is cut open.")
    (asked,) = Request.objects.about(exam)
    exam = services.approve_destruction(asked, by=soraya)
    exam = services.amend_exam(exam, by=amal, version=exam.version, due=date(2030, 1, 1))
    assert not exam.awaits_approval, "the day it is due by destroys nothing"

    exam = services.amend_exam(exam, by=amal, version=exam.version, method="Dissolve all of it")
    with pytest.raises(Refused, match="another person must agree"):
        services.accept_exam(exam, by=lena, examiner=lena)
    again = services.ask_for_destruction(exam, by=amal, reason="Nothing else tells the alloy.")
    services.amend_exam(exam, by=amal, version=exam.version, question="Whose is it?")
    with pytest.raises(Refused):
        services.approve_destruction(again, by=soraya)


def test_nobody_verifies_their_own_examination(begun, lena):
    exam = report(begun, lena)
    with pytest.raises(Refused, match="Nobody verifies"):
        services.verify_exam(exam, by=lena)


def test_whoever_wrote_down_an_outsiders_result_does_not_verify_it(ask, lena):
    exam = services.accept_exam(ask(), by=lena, examiner_outside="Dr Roth")
    exam = report(services.begin_exam(exam, by=lena), lena)
    with pytest.raises(Refused, match="Nobody verifies"):
        services.verify_exam(exam, by=lena)


def test_a_destructive_one_waits_for_another_person(ask, amal, lena, dana):
    exam = ask(why_destructive="The core must be cut.")
    with pytest.raises(Refused, match="another person must agree"):
        services.accept_exam(exam, by=lena, examiner=lena)
    services.approve_destruction(Request.objects.about(exam).get(), by=dana)
    exam = services.accept_exam(exam, by=lena, examiner=lena)
    assert exam.approved_by == dana


def test_nobody_agrees_to_the_destruction_they_asked_for(ask, night_raid, gyro, soraya, institute):
    exam = services.request_exam(
        night_raid,
        by=soraya,
        exhibits=[gyro],
        laboratory=institute,
        discipline="metallurgy",
        question="Which alloy?",
        why_destructive="The core must be cut.",
    )
    with pytest.raises(Refused, match="asked for themselves"):
        services.approve_destruction(Request.objects.about(exam).get(), by=soraya)


def test_what_waits_for_a_yes_falls_with_the_examination(ask, amal):
    exam = ask(why_destructive="The core must be cut.")
    services.withdraw_exam(exam, by=amal, reason="Not needed any more.")
    assert not Request.objects.about(exam).waiting().exists()


def test_a_destructive_one_is_asked_for_again_after_a_no(ask, amal, dana):
    exam = ask(why_destructive="The core must be cut.")
    investigations.refuse(Request.objects.about(exam).get(), by=dana, reason="Try an X-ray.")
    services.ask_for_destruction(exam, by=amal, reason="The X-ray shows nothing.")
    assert Request.objects.about(exam).waiting().count() == 1


def test_a_result_without_limitations_is_refused(begun, lena):
    with pytest.raises(Refused, match="limitations"):
        report(begun, lena, limitations=" ")


def test_a_word_of_the_scale_needs_two_propositions(begun, lena):
    with pytest.raises(ValidationError, match="two propositions"):
        report(begun, lena, support="strong", supported="proposition")


def test_dates_out_of_order_are_refused(begun, lena):
    with pytest.raises(Refused, match="out of order"):
        report(begun, lena, finished_at=timezone.now() - timedelta(days=3))


def test_it_does_not_begin_in_the_future(ask, lena):
    exam = services.accept_exam(ask(), by=lena, examiner=lena)
    with pytest.raises(Refused, match="out of order"):
        services.begin_exam(exam, by=lena, at=timezone.now() + timedelta(days=1))


def test_a_step_that_does_not_follow_is_refused(ask, lena):
    with pytest.raises(Refused, match="cannot be done now"):
        services.begin_exam(ask(), by=lena)


def test_only_its_examiner_begins(ask, lena, vera):
    exam = services.accept_exam(ask(), by=lena, examiner=lena)
    with pytest.raises(PermissionDenied):
        services.begin_exam(exam, by=vera)


def test_an_analyst_does_not_accept(ask, amal):
    with pytest.raises(PermissionDenied):
        services.accept_exam(ask(), by=amal, examiner_outside="Dr Roth")


def test_a_method_is_not_accredited_where_the_laboratory_is_not(ask):
    plain = catalogue.enter_laboratory(by=person("clerk"), name="Field Bench")
    with pytest.raises(Refused, match="No accreditation"):
        ask(laboratory=plain, is_method_accredited=True)


def test_a_documented_thing_cannot_be_examined(ask, night_raid, strike, gyro, amal):
    seen = services.log_item(
        night_raid,
        by=amal,
        incident=strike,
        kind=gyro.kind,
        description="Seen on film",
        acquisition="documented-only",
    )
    with pytest.raises(Refused, match="only documented"):
        ask(exhibits=[seen])


def test_another_examiner_returns_a_result(begun, lena, vera):
    exam = services.reopen_exam(report(begun, lena), by=vera, reason="The blank is missing.")
    assert exam.state == "begun"
    assert report(exam, lena).state == "reported"


def test_an_examination_is_handled_like_its_exhibits(ask, gyro, soraya):
    investigations.mark_more_strictly(gyro, Handling(tlp="red"), by=soraya, reason="Source")
    gyro.refresh_from_db()
    assert ask().own_handling.tlp == "red"


def test_a_stricter_exhibit_makes_its_examination_stricter(ask, gyro, soraya):
    exam = ask()
    investigations.mark_more_strictly(gyro, Handling(tlp="red"), by=soraya, reason="Source")
    assert LabExam.objects.get(pk=exam.pk).own_handling.tlp == "red"


@pytest.fixture
def beads(begun, gyro, lena):
    """The exhibit under examination: five pieces, 100 g."""
    item = Item.objects.get(pk=gyro.pk)
    return services.amend_item(
        item, by=lena, version=item.version, quantity=5, mass_g=Decimal("100")
    )


def test_a_sample_leaves_the_rest(begun, beads, lena):
    sample = services.take_sample(
        begun, beads, by=lena, description="Two beads", quantity=2, mass_g=Decimal("40.5")
    )
    beads.refresh_from_db()
    assert (sample.exhibit_no, sample.parent_id) == ("EV-0001-S1", beads.pk)
    assert (sample.quantity, sample.mass_g) == (2, Decimal("40.5"))
    assert (beads.quantity, beads.mass_g) == (3, Decimal("59.5"))
    assert begun.samples.get() == sample
    assert Entry.objects.about(sample).filter(act="evidence.sample_taken").exists()
    assert kinds_of(beads)[-1] == "sub-sampled"


def test_nothing_is_sampled_out_of_a_sealed_package(begun, beads, lena):
    services.seal_item(beads, seal_no="S-77", by=lena)
    with pytest.raises(Refused, match="Break the seal first"):
        services.take_sample(begun, beads, by=lena, description="Two beads", quantity=2)


def test_the_custody_of_a_sample_begins_when_it_is_taken(begun, beads, lena):
    services.amend_item(
        beads, by=lena, version=beads.version, recovered_at=timezone.now() - timedelta(days=9)
    )
    beads.refresh_from_db()
    before = timezone.now()
    sample = services.take_sample(begun, beads, by=lena, description="Two beads", quantity=2)
    collected = CustodyEvent.objects.get(item=sample)
    assert collected.at >= before
    assert collected.purpose == "Taken off EV-0001."


def test_whoever_examines_what_they_hold_leaves_no_gap(gyro, begun):
    assert services.gaps_of(gyro) == []


def test_an_examination_of_what_the_examiner_does_not_hold_shows(ask, gyro, amal, lena):
    services.begin_exam(services.accept_exam(ask(), by=lena, examiner=lena), by=lena)
    (gap,) = services.gaps_of(gyro)
    assert gap.gap.kind == "exam-elsewhere"
    assert {str(amal.pk), str(lena.pk)} == set(gap.gap.says)


def kinds_of(item):
    """What happened to an exhibit, in that order."""
    return list(
        CustodyEvent.objects.filter(item=item).order_by("seq").values_list("kind", flat=True)
    )


def test_the_custody_says_when_an_exhibit_was_examined(begun, gyro, lena):
    assert kinds_of(gyro)[-1] == "examined-start"
    gyro.refresh_from_db()
    assert gyro.status == "in-examination"
    report(begun, lena)
    assert kinds_of(gyro)[-1] == "examined-end"


@pytest.mark.parametrize(
    "taken",
    [{"quantity": 5}, {"quantity": 9}, {"mass_g": Decimal("100")}, {"mass_g": Decimal(101)}],
)
def test_no_more_is_taken_than_there_is(begun, beads, lena, taken):
    with pytest.raises(Refused, match="something must remain"):
        services.take_sample(begun, beads, by=lena, description="All", **taken)


def test_a_sample_of_unknown_size_is_refused(begun, beads, lena):
    with pytest.raises(Refused, match="how much"):
        services.take_sample(begun, beads, by=lena, description="Some")


def test_samples_are_taken_by_the_holder_only(ask, gyro, lena):
    exam = services.begin_exam(services.accept_exam(ask(), by=lena, examiner=lena), by=lena)
    with pytest.raises(Refused, match="Only its holder"):
        services.take_sample(exam, gyro, by=lena, description="One", quantity=1)


def test_the_page_shows_the_conclusion_in_words(client, begun, lena):
    exam = report(begun, lena, **WEIGHED)
    client.force_login(lena)
    page = client.get(reverse("evidence:labexam_detail", args=[exam.pk])).content.decode()
    assert "strong support" in page
    assert "both wires are of one reel" in page


def test_a_refused_result_keeps_what_was_typed(client, begun, lena):
    client.force_login(lena)
    there = reverse("evidence:labexam_report", args=[begun.pk])
    sent = {**RESULT, **WEIGHED, "alternative": "", "version": begun.version}
    answer = client.post(there, sent)
    assert answer.status_code == 422
    assert RESULT["result"] in answer.content.decode()


def test_a_question_is_amended_until_it_is_accepted(client, ask, amal):
    exam = ask()
    client.force_login(amal)
    there = reverse("evidence:labexam_edit", args=[exam.pk])
    assert client.get(there).status_code == 200
    sent = {
        "laboratory": exam.laboratory_id,
        "discipline": "metallurgy",
        "question": "Which steel?",
        "version": exam.version,
    }
    assert client.post(there, sent).status_code == 302
    exam.refresh_from_db()
    assert exam.question == "Which steel?"


def test_the_exhibit_names_its_examinations(client, ask, gyro, amal):
    exam = ask()
    client.force_login(amal)
    page = client.get(reverse("evidence:item_detail", args=[gyro.pk])).content.decode()
    assert exam.ref in page
