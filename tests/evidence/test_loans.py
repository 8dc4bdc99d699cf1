"""Loans and exports: nothing leaves on one person's word, and what is out is not forgotten."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue import services as catalogue
from catalogue.models import Country
from core.errors import Refused
from evidence import services
from evidence.models import CustodyEvent, Loan
from investigations import services as investigations
from investigations.models import Notice, Request
from ledger.models import Entry
from tests.conftest import person


def today():
    return timezone.now().date()


def ask(item, *, by, **facts):
    words = {
        "way": "loan",
        "party": "Institute of Metallurgy",
        "purpose": "Metallography",
        "legal_basis": "Order 7/2026",
        "due": today() + timedelta(days=30),
    }
    return services.ask_to_let_out(item, by=by, **{**words, **facts})


def lend(item, *, by, second, **facts):
    loan = ask(item, by=by, **facts)
    services.agree_to_loan(loan.request, by=second)
    return services.hand_out(loan, by=by)


def overdue(loan, days=1):
    Loan.objects.filter(pk=loan.pk).update(due=today() - timedelta(days=days))
    return Loan.objects.get(pk=loan.pk)


def longer(loan, *, by, days=60):
    due = today() + timedelta(days=days)
    return services.ask_to_extend(loan, by=by, due=due, reason="The furnace broke")


def kinds(item):
    return list(CustodyEvent.objects.of(item).values_list("kind", flat=True))


def test_nothing_leaves_before_a_second_person_has_agreed(gyro, amal, soraya):
    loan = ask(gyro, by=amal)
    with pytest.raises(Refused, match="only once a second person"):
        services.hand_out(loan, by=amal)
    with pytest.raises((Refused, PermissionDenied)):
        services.agree_to_loan(loan.request, by=amal)
    assert "loaned" not in kinds(gyro)
    services.agree_to_loan(loan.request, by=soraya)
    services.hand_out(loan, by=amal)
    gyro.refresh_from_db()
    assert (gyro.status, gyro.kept_at) == ("loaned", "Institute of Metallurgy")
    assert kinds(gyro)[-1] == "loaned"
    line = Entry.objects.about(loan).last()
    assert line.facts["request"] == str(loan.request_id)


def test_whoever_asked_does_not_agree_even_as_the_lead(gyro, amal, lena, soraya, dana):
    loan = ask(gyro, by=soraya)
    with pytest.raises(Refused, match="Nobody decides"):
        services.agree_to_loan(loan.request, by=soraya)
    with pytest.raises(Refused, match="Only its holder"):
        ask(gyro, by=lena)
    services.agree_to_loan(loan.request, by=dana)
    with pytest.raises(Refused, match="Only its holder"):
        services.hand_out(loan, by=soraya)
    services.hand_out(loan, by=amal)


def test_it_leaves_once_and_comes_back_once(gyro, amal, lena, soraya):
    loan = lend(gyro, by=amal, second=soraya)
    with pytest.raises(Refused, match="and once"):
        services.hand_out(loan, by=amal)
    with pytest.raises(Refused, match="with others"):
        ask(gyro, by=amal)
    with pytest.raises(Refused, match="in what condition"):
        services.take_loan_back(loan, by=lena, condition=" ")
    services.take_loan_back(loan, by=lena, condition="A slice was cut off")
    gyro.refresh_from_db()
    assert (gyro.status, gyro.holder, gyro.kept_at) == ("collected", lena, "")
    with pytest.raises(Refused, match="not with them"):
        services.take_loan_back(loan, by=lena, condition="Again")


def test_an_export_names_its_country_and_comes_back_as_an_import(gyro, amal, soraya):
    with pytest.raises(ValidationError, match="which country"):
        ask(gyro, by=amal, way="export", due=None)
    abroad = Country.objects.get(code="YE")
    loan = lend(gyro, by=amal, second=soraya, way="export", due=None, country=abroad)
    gyro.refresh_from_db()
    assert (gyro.status, gyro.kept_at) == ("transferred-abroad", "Institute of Metallurgy, Yemen")
    services.take_loan_back(loan, by=amal, condition="Whole")
    assert kinds(gyro)[-2:] == ["exported", "imported"]


@pytest.mark.parametrize("wrong", [{"due": None}, {"legal_basis": ""}, {"party": ""}])
def test_a_loan_says_to_whom_until_when_and_by_what_right(gyro, amal, wrong):
    with pytest.raises(ValidationError):
        ask(gyro, by=amal, **wrong)


def test_it_is_not_due_in_the_past(gyro, amal):
    with pytest.raises(Refused, match="in the past"):
        ask(gyro, by=amal, due=today() - timedelta(days=1))


def test_a_refused_loan_can_be_asked_for_anew(gyro, amal, soraya):
    loan = ask(gyro, by=amal)
    investigations.refuse(loan.request, by=soraya, reason="The court needs it.")
    assert Loan.objects.get(pk=loan.pk).state == "refused"
    ask(gyro, by=amal)


def test_what_is_lent_is_neither_stored_nor_handed_over(gyro, amal, lena, soraya):
    lend(gyro, by=amal, second=soraya)
    with pytest.raises(Refused, match="with others"):
        services.store_item(gyro, place="Shelf", by=amal)
    with pytest.raises(Refused, match="with others"):
        services.hand_over(gyro, to=lena, by=amal)


def test_reminders_come_once_when_it_is_due_and_once_when_it_is_overdue(gyro, amal, soraya):
    loan = lend(gyro, by=amal, second=soraya)
    assert services.remind_of_loans() == 0
    Loan.objects.filter(pk=loan.pk).update(due=today() + timedelta(days=3))
    assert [services.remind_of_loans() for _again in range(3)] == [2, 0, 0]
    overdue(loan)
    assert [services.remind_of_loans() for _again in range(3)] == [2, 0, 0]
    told = Notice.objects.filter(request=loan.request)
    assert set(told.filter(kind="loan-overdue").values_list("to", flat=True)) == {
        amal.pk,
        soraya.pk,
    }
    services.take_loan_back(loan, by=amal, condition="Whole")
    Notice.objects.all().delete()
    assert services.remind_of_loans() == 0


def test_what_is_overdue_stands_on_the_case_and_at_home(gyro, amal, soraya):
    loan = overdue(lend(gyro, by=amal, second=soraya))
    client = Client()
    client.force_login(amal)
    there = reverse("evidence:loan_list")
    listed = client.get(there, {"state": "overdue", "case": str(gyro.case_id)}).context["page"]
    assert listed.rows == [loan]
    assert "Loans overdue" in client.get(reverse("workspace:home")).content.decode()
    case = reverse("investigations:case_detail", args=[gyro.case_id])
    assert f"{there}?case={gyro.case_id}" in client.get(case).content.decode()
    services.take_loan_back(loan, by=amal, condition="Whole")
    assert client.get(there, {"state": "overdue"}).context["page"].rows == []


def test_on_the_pages(client, gyro, amal, soraya):
    client.force_login(amal)
    new = reverse("evidence:loan_create", args=[gyro.pk])
    typed = {
        "way": "loan",
        "party": "Institute",
        "purpose": "Metallography",
        "legal_basis": "Order 7",
        "due": str(today()),
    }
    assert client.get(new).status_code == 200
    assert client.post(new, {**typed, "due": ""}).status_code == 422
    assert client.post(new, typed).status_code == 302
    loan = Loan.objects.get()
    page = reverse("evidence:loan_detail", args=[loan.pk])
    agree = reverse("evidence:loan_approve", args=[loan.request_id])
    assert agree not in client.get(page).content.decode()
    client.force_login(soraya)
    assert agree in client.get(page).content.decode()
    told = client.get(reverse("investigations:request_detail", args=[loan.request_id]))
    assert "Order 7" in told.content.decode() and agree in told.content.decode()
    assert client.post(agree).status_code == 302
    client.force_login(amal)
    assert client.post(reverse("evidence:loan_out", args=[loan.pk])).status_code == 302
    assert (
        "Institute" in client.get(reverse("evidence:item_detail", args=[gyro.pk])).content.decode()
    )
    back = reverse("evidence:loan_back", args=[loan.pk])
    assert client.post(back, {"condition": ""}).status_code == 422
    assert client.post(back, {"condition": "Whole"}).status_code == 302


def test_a_program_asks_for_what_is_out_now_and_for_the_rest(gyro, amal, soraya, as_program):
    loan = lend(gyro, by=amal, second=soraya)

    def told(wanted):
        rows = as_program(amal).get("/api/v1/loans/", {"out": wanted}).json()["results"]
        return [row["id"] for row in rows]

    assert (told("true"), told("false")) == ([str(loan.pk)], [])


def test_it_comes_back_later_only_on_a_second_persons_word(gyro, amal, lena, soraya):
    loan = lend(gyro, by=amal, second=soraya)
    asked = longer(loan, by=lena)
    with pytest.raises(Refused, match="asked for already"):
        longer(loan, by=amal, days=90)
    with pytest.raises((Refused, PermissionDenied)):
        services.extend_loan(asked, by=lena)
    loan.refresh_from_db()
    assert loan.due == today() + timedelta(days=30)
    services.extend_loan(asked, by=soraya)
    loan.refresh_from_db()
    assert loan.due == today() + timedelta(days=60)
    line = Entry.objects.about(loan).last()
    assert line.act == "evidence.loan_extended"
    assert (line.facts["was"], line.facts["due"], line.facts["request"]) == (
        str(today() + timedelta(days=30)),
        str(today() + timedelta(days=60)),
        str(asked.pk),
    )


def test_only_who_may_hold_evidence_asks_for_a_later_day(gyro, amal, rami, soraya):
    with pytest.raises(PermissionDenied):
        longer(lend(gyro, by=amal, second=soraya), by=rami)


def test_only_what_is_out_comes_back_later_and_only_later(gyro, amal, soraya):
    loan = ask(gyro, by=amal)
    with pytest.raises(Refused, match="not with them"):
        longer(loan, by=amal)
    services.agree_to_loan(loan.request, by=soraya)
    services.hand_out(loan, by=amal)
    with pytest.raises(Refused, match="name a later day"):
        longer(loan, by=amal, days=30)
    with pytest.raises(Refused, match="in the past"):
        longer(overdue(loan, days=9), by=amal, days=-1)


def test_an_export_for_good_has_no_day_to_put_off(gyro, amal, soraya):
    abroad = Country.objects.get(code="YE")
    loan = lend(gyro, by=amal, second=soraya, way="export", due=None, country=abroad)
    with pytest.raises(Refused, match="none to put off"):
        longer(loan, by=amal)


def test_what_was_asked_is_held_against_the_loan_again_when_it_is_agreed_to(gyro, amal, soraya):
    loan = lend(gyro, by=amal, second=soraya)
    asked = longer(loan, by=amal)
    Loan.objects.filter(pk=loan.pk).update(due=today() + timedelta(days=60))
    with pytest.raises(Refused, match="name a later day"):
        services.extend_loan(asked, by=soraya)
    asked.refresh_from_db()
    assert asked.is_waiting


def test_taking_it_back_lets_the_wait_for_a_later_day_lapse(gyro, amal, soraya):
    loan = lend(gyro, by=amal, second=soraya)
    asked = longer(loan, by=amal)
    services.take_loan_back(loan, by=amal, condition="Whole")
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert Entry.objects.about(asked).last().act == "investigations.request_lapsed"
    with pytest.raises(Refused, match="decided already"):
        services.extend_loan(asked, by=soraya)


def test_of_a_day_that_was_put_off_each_is_reminded_anew(gyro, amal, soraya):
    loan = lend(gyro, by=amal, second=soraya, due=today() + timedelta(days=3))
    assert services.remind_of_loans() == 2
    services.extend_loan(longer(loan, by=amal), by=soraya)
    assert services.remind_of_loans() == 0
    Loan.objects.filter(pk=loan.pk).update(due=today() + timedelta(days=3))
    assert [services.remind_of_loans() for _again in range(3)] == [2, 0, 0]


def test_a_later_day_is_asked_for_and_agreed_to_on_the_page(client, gyro, amal, soraya):
    loan = lend(gyro, by=amal, second=soraya)
    page = reverse("evidence:loan_detail", args=[loan.pk])
    extend = reverse("evidence:loan_extend", args=[loan.pk])
    later = str(today() + timedelta(days=60))
    client.force_login(amal)
    assert extend in client.get(page).content.decode()
    wrong = client.post(extend, {"due": str(today()), "reason": "The furnace broke"})
    assert wrong.status_code == 422 and "name a later day" in wrong.content.decode()
    assert client.post(extend, {"due": later, "reason": "The furnace broke"}).status_code == 302
    told = client.get(page).content.decode()
    assert extend not in told and "The furnace broke" in told
    asked = Request.objects.get(kind="extend-loan")
    agree = reverse("evidence:loan_extend_approve", args=[asked.pk])
    assert agree not in told
    client.force_login(soraya)
    assert agree in client.get(page).content.decode()
    words = client.get(reverse("investigations:request_detail", args=[asked.pk])).content.decode()
    assert later in words and agree in words
    assert client.post(agree).status_code == 302
    assert agree not in client.get(page).content.decode()


def test_a_program_asks_for_a_later_day_and_is_shown_the_day_that_counts(
    gyro, amal, soraya, as_program
):
    loan = lend(gyro, by=amal, second=soraya)
    body = {"due": str(today() + timedelta(days=60)), "reason": "The furnace broke"}
    answer = as_program(amal).post(f"/api/v1/loans/{loan.pk}/extend/", body, format="json")
    assert (answer.status_code, answer.json()["due"]) == (200, str(loan.due))
    assert Request.objects.get(kind="extend-loan").asked["due"] == body["due"]


@pytest.fixture
def institute(db):
    return catalogue.enter_laboratory(
        by=person("curator"), name="Institute of Metallurgy", accreditation_no="L-412"
    )


def examined_by(laboratory, item, *, by):
    exam = services.request_exam(
        item.case, by=by, exhibits=[item], laboratory=laboratory,
        discipline="metallurgy", question="Which alloy is the housing of?",
    )  # fmt: skip
    return services.begin_exam(
        services.accept_exam(exam, by=by, examiner_outside="Dr Okafor"), by=by
    )


def test_what_is_examined_where_it_was_lent_to_leaves_no_gap(gyro, lena, soraya, amal, institute):
    services.hand_over(gyro, to=lena, by=amal)
    services.receive_item(gyro, by=lena)
    lend(gyro, by=lena, second=soraya, party="Institute of Metallurgy, Sana'a")
    examined_by(institute, gyro, by=lena)
    assert services.gaps_of(gyro) == []
    gyro.refresh_from_db()
    assert gyro.status == "loaned"


def test_what_is_examined_by_another_than_it_was_lent_to_shows(gyro, lena, soraya, amal, institute):
    services.hand_over(gyro, to=lena, by=amal)
    services.receive_item(gyro, by=lena)
    lend(gyro, by=lena, second=soraya, party="Ministry of Defence")
    examined_by(institute, gyro, by=lena)
    assert [each.gap.kind for each in services.gaps_of(gyro)] == ["exam-elsewhere"]


def test_what_was_examined_out_on_loan_comes_back_to_who_lent_it(
    gyro, lena, soraya, amal, institute
):
    services.hand_over(gyro, to=lena, by=amal)
    services.receive_item(gyro, by=lena)
    loan = lend(gyro, by=lena, second=soraya)
    examined_by(institute, gyro, by=lena)
    gyro.refresh_from_db()
    loan = services.take_loan_back(loan, by=lena, condition="As it left")
    assert loan.state == "back"
    gyro.refresh_from_db()
    assert (gyro.status, gyro.holder) == ("collected", lena)
