"""The pages of cases: who finds them, who may change them, and what happens to typed text."""

import pytest
from django.urls import reverse

from investigations import services
from investigations.models import Case, Role
from ledger.models import Entry


@pytest.fixture
def as_(client):
    """A browser in which this person has signed in."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def at(name, row=None):
    return reverse(f"investigations:{name}", args=[row.pk] if row else [])


FACTS = {
    "title": "Sea seizure",
    "public_title": "Seizure of a dhow",
    "mandate": "Article 9",
    "standard_of_proof": "reasonable-grounds-to-believe",
    "tlp": "amber",
    "pap": "amber",
}


def test_the_list_shows_only_the_cases_one_works_on(as_, night_raid, omar, amal):
    mine = as_(amal).get(at("case_list"))
    assert night_raid.ref in mine.content.decode()
    assert mine.context["marking"] == night_raid.handling
    theirs = as_(omar).get(at("case_list"))
    assert night_raid.ref not in theirs.content.decode()
    assert "Ask the lead of a case to admit you" in theirs.content.decode()


def test_a_list_of_many_cases_asks_no_more_than_a_list_of_one(
    as_, soraya, night_raid, django_assert_max_num_queries
):
    for number in range(12):
        services.open_case(soraya, **{**FACTS, "title": f"Case {number}"})
    browser = as_(soraya)
    browser.get(at("case_list"))
    with django_assert_max_num_queries(5):
        page = browser.get(at("case_list"))
    assert len(page.context["page"].rows) == 13


def test_the_list_can_be_narrowed_by_words_and_status(as_, soraya, night_raid):
    services.open_case(soraya, **FACTS)
    page = as_(soraya).get(at("case_list"), {"q": "dhow", "status": "open"})
    assert [case.title for case in page.context["page"].rows] == ["Sea seizure"]
    nothing = as_(soraya).get(at("case_list"), {"q": "nowhere"})
    assert "No case fits" in nothing.content.decode()


def test_an_outsider_finds_no_case_and_an_administrator_no_content(as_, night_raid, omar, admin):
    for stranger in (omar, admin):
        for name in ("case_detail", "case_edit"):
            assert as_(stranger).get(at(name, night_raid)).status_code == 404
        for name in ("case_status", "member_admit", "task_set", "note_write"):
            assert as_(stranger).post(at(name, night_raid), {}).status_code == 404


def test_whoever_may_open_cases_becomes_the_lead_of_a_new_one(as_, soraya):
    answer = as_(soraya).post(at("case_create"), FACTS)
    case = Case.objects.get(title="Sea seizure")
    assert answer.url == at("case_detail", case)
    assert case.lead == soraya


def test_who_may_not_open_cases_is_told_whom_to_ask(as_, omar):
    for answer in (as_(omar).get(at("case_create")), as_(omar).post(at("case_create"), FACTS)):
        assert answer.status_code == 403
        assert "Ask an administrator" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_case_without_a_mandate_is_sent_back_with_everything_typed(as_, soraya):
    answer = as_(soraya).post(at("case_create"), {**FACTS, "mandate": ""})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Seizure of a dhow" in told and 'href="#id_mandate"' in told


def test_the_page_of_a_case_carries_its_marking_its_stage_and_the_standing_notice(
    as_, night_raid, strike, amal
):
    page = as_(amal).get(at("case_detail", night_raid))
    told = page.content.decode()
    assert page.context["marking"] == night_raid.handling and "TLP:AMBER" in told
    assert "No attribution until concluded" in told
    assert 'aria-current="step"' in told and strike.title in told
    assert at("case_edit", night_raid) not in told, "only the lead is offered to edit"


def test_the_page_of_a_case_asks_no_more_however_much_hangs_on_it(
    as_, night_raid, strike, amal, lena, rami, dana, django_assert_max_num_queries
):
    for number in range(10):
        services.set_task(night_raid, by=amal, title=f"Task {number}", owner=lena, incident=strike)
        services.write_note(night_raid, by=rami, text=f"Note {number}", incident=strike)
    browser = as_(amal)
    browser.get(at("case_list"))
    with django_assert_max_num_queries(15):
        browser.get(at("case_detail", night_raid))


def test_only_the_lead_amends_a_case(as_, night_raid, soraya, amal):
    typed = {**FACTS, "version": night_raid.version}
    assert as_(amal).get(at("case_edit", night_raid)).status_code == 403
    assert as_(amal).post(at("case_edit", night_raid), typed).status_code == 403
    assert as_(soraya).post(at("case_edit", night_raid), typed).status_code == 302
    night_raid.refresh_from_db()
    assert night_raid.title == "Sea seizure"


def test_a_stale_form_shows_both_texts_and_a_second_saving_overwrites_knowingly(
    as_, night_raid, soraya
):
    typed = {**FACTS, "version": night_raid.version}
    services.amend_case(night_raid, by=soraya, version=1, title="Changed by another")
    answer = as_(soraya).post(at("case_edit", night_raid), typed)
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "Changed by another" in told and "Sea seizure" in told
    again = as_(soraya).post(at("case_edit", night_raid), {**typed, "version": 2})
    assert again.status_code == 302


def test_a_status_is_changed_with_a_reason_and_never_to_a_released_finding(
    as_, night_raid, soraya, amal
):
    there = at("case_status", night_raid)
    assert as_(amal).post(there, {"status": "closed", "reason": "x"}).status_code == 403
    assert as_(soraya).post(there, {"status": "suspended", "reason": ""}).status_code == 422
    assert (
        as_(soraya).post(there, {"status": "finding-released", "reason": "now"}).status_code == 422
    )
    assert as_(soraya).post(there, {"status": "suspended", "reason": "Flood"}).status_code == 302
    night_raid.refresh_from_db()
    assert night_raid.status == "suspended"


def test_the_lead_admits_people_and_takes_them_off_again(as_, night_raid, soraya, amal, omar):
    there = at("member_admit", night_raid)
    typed = {"user": omar.pk, "roles": [Role.EXAMINER]}
    assert as_(amal).post(there, typed).status_code == 403
    part = as_(soraya).post(there, typed, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.content.decode().lstrip().startswith('<section class="panel" id="team"')
    place = night_raid.memberships.get(user=omar)
    assert as_(amal).post(at("member_end", place)).status_code == 403
    assert as_(soraya).post(at("member_end", place)).url.endswith("#team")
    assert as_(omar).get(at("case_detail", night_raid)).status_code == 404


def test_the_lead_cannot_be_taken_off(as_, night_raid, soraya):
    place = night_raid.memberships.get(user=soraya)
    answer = as_(soraya).post(at("member_end", place))
    assert answer.status_code == 422
    assert "The lead cannot leave the case." in answer.content.decode()


def test_a_membership_without_roles_is_sent_back(as_, night_raid, soraya, omar):
    answer = as_(soraya).post(at("member_admit", night_raid), {"user": omar.pk})
    assert answer.status_code == 422
    assert not night_raid.memberships.filter(user=omar).exists()


def test_tasks_are_set_ticked_off_and_reopened(as_, night_raid, strike, amal, lena, omar):
    there = at("task_set", night_raid)
    typed = {"title": "Fetch the lot list", "owner": lena.pk, "due": "2026-12-01"}
    assert as_(amal).post(f"{there}?incident={strike.pk}", typed).url.endswith("#tasks")
    task = night_raid.task_rows.get()
    assert (task.incident, task.owner) == (strike, lena)
    row = as_(lena).post(at("task_complete", task), headers={"HX-Request": "true"})
    assert f'<li id="task-{task.pk}" class="done"' in row.content.decode()
    assert as_(omar).post(at("task_reopen", task)).status_code == 404
    assert as_(amal).post(at("task_reopen", task), {"on": "incident"}).url == (
        at("incident_detail", strike) + "#tasks"
    )
    task.refresh_from_db()
    assert task.done_at is None


def test_a_task_or_note_cannot_name_an_incident_of_another_case(as_, night_raid, soraya, strike):
    other = services.open_case(soraya, **FACTS)
    for name, typed in [("task_set", {"title": "x"}), ("note_write", {"text": "x"})]:
        for wrong in (strike.pk, "nonsense"):
            answer = as_(soraya).post(f"{at(name, other)}?incident={wrong}", typed)
            assert answer.status_code == 404


def test_a_note_is_signed_and_an_empty_one_is_sent_back(as_, night_raid, rami):
    there = at("note_write", night_raid)
    assert as_(rami).post(there, {"text": " "}).status_code == 422
    part = as_(rami).post(there, {"text": "Seen in the yard."}, headers={"HX-Request": "true"})
    assert "Seen in the yard." in part.content.decode()
    assert "Rami Khoury" in part.content.decode()
    assert Entry.objects.filter(act="investigations.note_written", actor=rami).count() == 1


@pytest.mark.parametrize("name", ["case_status", "member_admit", "casualties_count", "source_cite"])
def test_a_colleague_without_the_duty_is_told_so_before_any_form_is_read(
    as_, night_raid, strike, rami, name
):
    on = night_raid if name in ("case_status", "member_admit") else strike
    assert as_(rami).post(at(name, on), {}).status_code == 403
