"""Breaking the glass: two people's word, a time that ends, and everything written down."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core.errors import Refused
from core.scope import asking_as
from investigations import services
from investigations.models import Case, Incident, Membership, Notice, Request, Role
from ledger.models import Entry
from tests.conftest import person

pytestmark = pytest.mark.django_db
ASK = reverse("investigations:emergency_ask")
WHY = "The witness may leave tonight."


@pytest.fixture
def second_admin(db):
    """The administrator who did not ask."""
    return person("root", is_staff=True, is_superuser=True)


@pytest.fixture
def asked(night_raid, omar):
    """Omar's request to read the case for two hours."""
    services.ask_for_emergency_access(case_ref=night_raid.ref, by=omar, reason=WHY, hours=2)
    return Request.objects.get(asked_by=omar)


@pytest.fixture
def inside(asked, admin):
    """Omar's place, given by the administrator."""
    return services.give_emergency_access(asked, by=admin)


def typed(ref, **other):
    return {"case_ref": ref, "hours": "2", "reason": WHY, **other}


def test_the_answer_is_the_same_whether_there_is_such_a_case_or_not(client, omar, night_raid):
    client.force_login(omar)
    real = client.post(ASK, typed(night_raid.ref), follow=True)
    invented = client.post(ASK, typed("VST-1999-0001"), follow=True)

    assert real.redirect_chain == invented.redirect_chain
    told = [[str(m) for m in page.context["messages"]] for page in (real, invented)]
    assert told[0] == told[1] != []
    assert Request.objects.count() == 1


def test_whoever_asks_finds_no_trace_of_it_before_they_are_let_in(client, omar, asked):
    client.force_login(omar)
    page = client.get(reverse("investigations:request_list")).content.decode()
    assert asked.case.ref not in page
    assert client.get(page_of(asked)).status_code == 404
    with asking_as(omar):
        assert not Request.objects.visible_to(omar).exists()


def test_somebody_elses_request_for_the_same_case_is_given_away_to_nobody(asked, lena, mission):
    other = person("olga", agency=mission)
    services.ask_for_emergency_access(case_ref=asked.case.ref, by=other, reason=WHY, hours=1)
    assert Request.objects.count() == 2


@pytest.mark.parametrize("hours", ["0", "73", "-1", "many", ""])
def test_it_is_for_one_to_seventy_two_hours(client, omar, night_raid, hours):
    client.force_login(omar)
    page = client.post(ASK, typed(night_raid.ref, hours=hours))
    assert page.status_code == 422
    assert WHY in page.content.decode()
    assert not Request.objects.exists()


def test_an_administrator_sees_that_it_is_asked_for_and_nothing_else_of_the_case(
    client, admin, asked, strike
):
    client.force_login(admin)
    page = client.get(page_of(asked)).content.decode()
    assert asked.case.ref in page and WHY in page and "2 hours" in page and "Omar Aziz" in page
    for secret in (asked.case.title, asked.case.public_title, strike.ref, "Soraya"):
        assert secret not in page
    assert (
        client.get(reverse("investigations:case_detail", args=[asked.case_id])).status_code == 404
    )


def test_an_administrator_agrees_on_the_page_and_the_case_opens(client, admin, omar, asked, strike):
    client.force_login(admin)
    page = client.get(page_of(asked))
    assert client.post(page.context["shown"].agree).status_code == 302

    with asking_as(omar):
        assert list(Case.objects.visible_to(omar)) == [asked.case]
        assert list(Incident.objects.visible_to(omar)) == [strike]


def test_no_administrator_lets_themselves_in(client, admin, night_raid):
    services.ask_for_emergency_access(case_ref=night_raid.ref, by=admin, reason=WHY, hours=1)
    request = Request.objects.get()
    with pytest.raises(Refused):
        services.give_emergency_access(request, by=admin)
    client.force_login(admin)
    there = reverse("investigations:emergency_approve", args=[request.pk])
    assert client.post(there).status_code == 422
    assert not Membership.objects.filter(user=admin).exists()


def test_nobody_but_an_administrator_agrees_not_even_the_lead(client, soraya, asked):
    with pytest.raises(PermissionDenied):
        services.give_emergency_access(asked, by=soraya)
    client.force_login(soraya)
    assert (
        client.post(reverse("investigations:emergency_approve", args=[asked.pk])).status_code == 403
    )


def test_the_lead_is_told_when_it_is_asked_and_when_it_is_given(client, soraya, inside):
    kinds = Notice.objects.filter(to=soraya).values_list("kind", flat=True)
    assert set(kinds) == {Notice.Kind.EMERGENCY_ASKED, Notice.Kind.EMERGENCY_GIVEN}
    client.force_login(soraya)
    page = client.get(reverse("investigations:request_list")).content.decode()
    assert "Somebody was given emergency access to your case" in page


def test_the_lead_sees_until_when_and_ends_it(client, soraya, omar, inside):
    client.force_login(soraya)
    page = client.get(reverse("investigations:case_detail", args=[inside.case_id])).content.decode()
    assert "Omar Aziz" in page and "emergency reader" in page and "until" in page
    client.post(reverse("investigations:member_end", args=[inside.pk]))
    with asking_as(omar):
        assert not Case.objects.visible_to(omar).exists()


def test_an_expired_emergency_place_opens_nothing(client, omar, inside):
    Membership.objects.filter(pk=inside.pk).update(until=timezone.now() - timedelta(seconds=1))
    client.force_login(omar)
    assert (
        client.get(reverse("investigations:case_detail", args=[inside.case_id])).status_code == 404
    )
    with asking_as(omar):
        assert not Case.objects.filter(pk=inside.case_id).narrowed().exists()  # PostgreSQL's word


def test_after_it_has_expired_the_lead_may_still_admit_the_person(soraya, omar, inside):
    Membership.objects.filter(pk=inside.pk).update(until=timezone.now() - timedelta(seconds=1))
    place = services.admit_member(inside.case, omar, roles=[Role.ANALYST], by=soraya)
    assert place.pk != inside.pk and place.until is None


def test_it_does_not_step_over_clearance(omar, night_raid, admin, asked):
    Case.objects.filter(pk=night_raid.pk).update(clearance=2)
    services.give_emergency_access(asked, by=admin)
    with asking_as(omar):
        assert not Case.objects.visible_to(omar).exists()


def test_one_reads_and_changes_nothing(omar, inside, strike):
    for deed in (
        lambda: services.write_note(inside.case, by=omar, text="I was here"),
        lambda: services.amend_incident(strike, by=omar, version=strike.version, title="Other"),
        lambda: services.admit_member(inside.case, omar, roles=[Role.LEAD], by=omar),
    ):
        with asking_as(omar), pytest.raises(PermissionDenied):
            deed()


def test_the_role_is_given_in_no_other_way(soraya, omar, night_raid):
    with pytest.raises(Refused):
        services.admit_member(night_raid, omar, roles=[Role.EMERGENCY], by=soraya)


def test_whoever_has_a_place_asks_its_lead(soraya, omar, night_raid, admin):
    services.admit_member(night_raid, omar, roles=[Role.AUDITOR], by=soraya)
    with pytest.raises(Refused):
        services.ask_for_emergency_access(case_ref=night_raid.ref, by=omar, reason=WHY, hours=1)


def test_a_banner_stands_on_every_page(client, omar, inside):
    client.force_login(omar)
    for route in ("workspace:home", "investigations:case_list", "accounts:profile"):
        page = client.get(reverse(route)).content.decode()
        assert "by emergency access until" in page and inside.case.ref in page
    client.force_login(inside.case.lead)
    assert "by emergency access until" not in client.get("/").content.decode()


def test_each_page_that_is_opened_leaves_one_line_an_hour(client, omar, inside, strike):
    client.force_login(omar)
    case_page = reverse("investigations:case_detail", args=[inside.case_id])
    incident_page = reverse("investigations:incident_detail", args=[strike.pk])
    for there in (case_page, incident_page, case_page, incident_page):
        assert client.get(there).status_code == 200

    lines = Entry.objects.filter(act="investigations.read_in_emergency", actor=omar)
    assert [(line.subject_id, line.facts["page"]) for line in lines.order_by("position")] == [
        (inside.case_id, "investigations:case_detail"),
        (strike.pk, "investigations:incident_detail"),
    ]
    assert {line.log for line in lines} == {inside.case_id}


def test_lists_and_endpoints_are_written_down_too(client, as_program, omar, inside, strike):
    client.force_login(omar)
    client.get(reverse("investigations:incident_list"))
    as_program(omar).get(reverse("api:incidents-detail", args=[strike.pk]))
    pages = {
        line.facts["page"]: line.subject_kind
        for line in Entry.objects.filter(act="investigations.read_in_emergency")
    }
    assert pages == {
        "investigations:incident_list": "investigations.case",
        "api:incidents-detail": "investigations.incident",
    }


@pytest.mark.parametrize("shelf", ["countries", "theatres", "weapon-models"])
def test_a_look_into_the_library_reads_no_case(as_program, omar, inside, shelf):
    assert as_program(omar).get(reverse(f"api:{shelf}-list")).status_code == 200
    assert not Entry.objects.filter(act="investigations.read_in_emergency").exists()


def test_reading_as_one_of_the_team_leaves_no_line(client, amal, strike):
    client.force_login(amal)
    client.get(reverse("investigations:incident_detail", args=[strike.pk]))
    assert not Entry.objects.filter(act="investigations.read_in_emergency").exists()


def test_asking_giving_and_refusing_stand_in_the_security_log(
    client, omar, admin, night_raid, caplog
):
    client.force_login(omar)
    client.post(ASK, typed(night_raid.ref))
    request = Request.objects.get()
    client.force_login(admin)
    refuse = reverse("investigations:request_refuse", args=[request.pk])
    assert client.post(refuse, {"reason": "Ask the lead."}).status_code == 302
    client.force_login(omar)
    client.post(ASK, typed(night_raid.ref))
    client.force_login(admin)
    client.post(reverse("investigations:emergency_approve", args=[Request.objects.latest("id").pk]))

    events = [line.getMessage() for line in caplog.records if "emergency" in line.getMessage()]
    assert events == ["emergency.asked", "emergency.refused", "emergency.asked", "emergency.agreed"]
    assert night_raid.ref not in caplog.text


def page_of(request):
    return reverse("investigations:request_detail", args=[request.pk])
