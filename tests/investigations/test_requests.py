"""Deeds that take two people: nobody agrees to what they asked for themselves, through any door."""

from datetime import timedelta

import pytest
from django.contrib import admin as administration
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.errors import Refused
from core.markings import Handling
from investigations import services
from investigations.models import Case, Notice, Request, Role
from ledger.models import Entry

pytestmark = pytest.mark.django_db
WHY = "The partner needs it."
LOWER = Handling(tlp="green", pap="green")


@pytest.fixture
def asked(night_raid, soraya):
    """The lead's request to handle the case less strictly."""
    return services.ask_to_lower(night_raid, LOWER, by=soraya, reason=WHY)


def page_of(request):
    return reverse("investigations:request_detail", args=[request.pk])


def door(request, route="lowering_approve"):
    return reverse(f"investigations:{route}", args=[request.pk])


def test_a_second_person_agrees_and_it_is_done(client, dana, asked):
    client.force_login(dana)
    page = client.get(page_of(asked))
    assert page.context["shown"].agree == door(asked)
    assert client.post(door(asked)).status_code == 302

    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("approved", dana)
    assert Case.objects.get(pk=asked.case_id).handling == LOWER
    assert Entry.objects.filter(act="investigations.label_lowered", actor=dana).exists()


def test_nobody_agrees_to_their_own_request_on_the_page(client, soraya, asked):
    client.force_login(soraya)
    assert client.get(page_of(asked)).context["shown"].agree == ""
    answer = client.post(door(asked))
    assert answer.status_code == 422
    assert "Nobody decides what they asked for themselves." in answer.content.decode()
    still_waits(asked)


def test_nor_with_a_second_role_that_may_agree(soraya, asked):
    roles = [Role.LEAD, Role.RELEASING_AUTHORITY]
    services.admit_member(asked.case, soraya, roles=roles, by=soraya)
    with pytest.raises(Refused):
        services.lower_label(asked, by=soraya)
    still_waits(asked)


def test_nor_as_an_administrator(soraya, asked):
    soraya.is_superuser = soraya.is_staff = True
    soraya.save()
    with pytest.raises(Refused):
        services.approve(asked, by=soraya)
    still_waits(asked)


def test_nor_in_the_administration_which_offers_nothing_of_the_kind(client, soraya, asked):
    soraya.is_superuser = soraya.is_staff = True
    soraya.save()
    client.force_login(soraya)
    assert administration.site._registry[Request].actions == ()
    change = reverse("admin:investigations_request_change", args=[asked.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"state": "approved"}).status_code == 403
    still_waits(asked)


def test_nor_in_the_database_itself(soraya, asked):
    with pytest.raises(IntegrityError, match="takes_two_people"), transaction.atomic():
        Request.objects.filter(pk=asked.pk).update(
            state="approved", decided_by=soraya, decided_at=timezone.now()
        )


def test_a_colleague_without_the_duty_is_refused(client, amal, asked):
    client.force_login(amal)
    assert client.get(page_of(asked)).status_code == 200
    assert client.post(door(asked)).status_code == 403
    refuse = door(asked, "request_refuse")
    assert client.post(refuse, {"reason": "No."}).status_code == 403
    still_waits(asked)


def test_to_outsiders_it_does_not_exist(client, omar, asked):
    client.force_login(omar)
    for route in ("request_detail", "lowering_approve", "request_refuse", "request_withdraw"):
        method = client.get if route == "request_detail" else client.post
        assert method(door(asked, route)).status_code == 404
    assert asked.subject_ref not in client.get("/requests/").content.decode()


def test_a_refusal_needs_a_reason_and_tells_whoever_asked(client, dana, soraya, asked):
    client.force_login(dana)
    there = door(asked, "request_refuse")
    assert client.post(there, {"reason": ""}).status_code == 422
    still_waits(asked)
    assert client.post(there, {"reason": "The embargo holds."}).status_code == 302

    client.force_login(soraya)
    assert "The embargo holds." in client.get(page_of(asked)).content.decode()
    told = Notice.objects.get(to=soraya)
    assert told.kind == Notice.Kind.DECIDED


def test_only_whoever_asked_takes_it_back(client, dana, soraya, asked):
    there = door(asked, "request_withdraw")
    client.force_login(dana)
    assert client.post(there).status_code == 403
    client.force_login(soraya)
    assert client.post(there).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_what_was_decided_is_not_decided_again(client, dana, asked):
    services.refuse(asked, by=dana, reason="No.")
    client.force_login(dana)
    assert client.post(door(asked)).status_code == 422


def test_a_request_that_nobody_decides_lapses(client, dana, asked):
    Request.objects.filter(pk=asked.pk).update(lapses_at=timezone.now() - timedelta(seconds=1))
    client.force_login(dana)
    assert client.post(door(asked)).status_code == 422
    page = client.get("/requests/").content.decode()
    assert "lapsed" in page


def test_the_same_is_asked_for_once_at_a_time(soraya, night_raid, asked):
    with pytest.raises(Refused):
        services.ask_to_lower(night_raid, Handling(), by=soraya, reason=WHY)


def test_one_request_is_agreed_to_only_by_the_deed_it_asks_for(client, dana, asked):
    client.force_login(dana)
    assert client.post(door(asked, "emergency_approve")).status_code == 422
    still_waits(asked)


def test_what_changed_meanwhile_is_asked_for_again(dana, soraya, night_raid, asked):
    stricter = Handling(tlp="red", pap="red")
    services.mark_more_strictly(night_raid, stricter, by=soraya, reason="A threat")
    with pytest.raises(Refused):
        services.lower_label(asked, by=dana)
    assert Case.objects.get(pk=night_raid.pk).handling == stricter


def test_the_page_has_what_waits_for_me_then_mine_then_the_rest(client, dana, soraya, asked):
    client.force_login(dana)
    page = client.get("/requests/")
    assert [one.request for one in page.context["for_me"]] == [asked]
    client.force_login(soraya)
    page = client.get("/requests/")
    assert [one.request for one in page.context["mine"]] == [asked]
    assert page.context["for_me"] == []
    services.refuse(asked, by=dana, reason="No.")
    page = client.get("/requests/")
    assert [one.request for one in page.context["others"]] == [asked]


def test_what_waits_is_what_may_be_decided(asked, soraya, amal, lena, rami, dana, omar, admin):
    for user in (soraya, amal, lena, rami, dana, omar, admin):
        waits = Request.objects.visible_to(user).awaiting(user).exists()
        assert waits == (user == dana) == asked.may_be_decided_by(user), user


def test_a_notice_is_put_away_by_its_reader_and_not_by_looking(client, dana, soraya, asked):
    services.refuse(asked, by=dana, reason="No.")
    client.force_login(soraya)
    assert "Your request was decided" in client.get("/requests/").content.decode()
    assert not Notice.objects.get(to=soraya).seen_at
    client.post(reverse("investigations:notices_seen"))
    assert Notice.objects.get(to=soraya).seen_at
    assert not Notice.objects.filter(to=dana, seen_at__isnull=False).exists()


def test_by_key_one_reads_refuses_and_takes_back_but_never_agrees(as_program, dana, soraya, asked):
    program = as_program(dana)
    there = reverse("api:requests-detail", args=[asked.pk])
    assert program.get(there).json()["state"] == "waiting"
    answer = program.post(f"{there}approve/")
    assert answer.status_code == 403
    assert "browser" in answer.json()["detail"]
    still_waits(asked)
    assert as_program(soraya).post(f"{there}approve/").status_code == 403
    assert program.post(f"{there}withdraw/").status_code == 403
    refused = program.post(f"{there}refuse/", {"reason": "No."}, format="json")
    assert (refused.status_code, refused.json()["state"]) == (200, "refused")


def still_waits(request):
    request.refresh_from_db()
    assert request.is_waiting


def test_a_person_without_a_place_may_not_ask(omar, night_raid):
    with pytest.raises((PermissionDenied, Case.DoesNotExist)):
        services.ask_to_lower(night_raid, LOWER, by=omar, reason=WHY)
