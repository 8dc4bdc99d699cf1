"""A place on a team may end on its day: access ends by itself, and people are told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency
from core.errors import Refused
from investigations import services
from investigations.models import Case, Membership, Notice, Role
from ledger.models import Entry
from tests.conftest import person


def in_days(days):
    return timezone.now() + timedelta(days=days)


def admit(case, user, by, until, roles=(Role.ANALYST,)):
    return services.admit_member(case, user, roles=list(roles), by=by, until=until)


def notices(user, kind):
    return Notice.objects.visible_to(user).filter(kind=kind)


def test_a_day_is_set_shown_and_told_to_the_person(client, night_raid, soraya, omar):
    client.force_login(soraya)
    there = reverse("investigations:member_admit", args=[night_raid.pk])
    client.post(there, {"user": omar.pk, "roles": [Role.ANALYST], "until": "2199-01-31"})
    place = Membership.objects.get(user=omar)
    assert place.until.date().isoformat() == "2199-02-01", "the last day is a whole one"
    assert notices(omar, Notice.Kind.PLACE_ENDS).exists()
    client.force_login(omar)
    page = client.get(reverse("investigations:case_detail", args=[night_raid.pk])).content.decode()
    assert "Your access ends then by itself." in page


def test_on_its_day_access_ends_by_itself(night_raid, soraya, omar):
    place = admit(night_raid, omar, soraya, in_days(5))
    assert Case.objects.visible_to(omar).exists()
    Membership.objects.filter(pk=place.pk).update(until=in_days(-1))
    assert not Case.objects.visible_to(omar).exists()


def test_the_end_is_written_down_once_and_the_lead_is_told(night_raid, soraya, omar):
    place = admit(night_raid, omar, soraya, in_days(5))
    over = in_days(-1)
    Membership.objects.filter(pk=place.pk).update(until=over)
    assert services.watch_places() == 1
    assert services.watch_places() == 0
    place.refresh_from_db()
    assert place.ended_at == over
    line = Entry.objects.about(place).get(act="investigations.membership_ran_out")
    assert line.actor is None
    assert notices(soraya, Notice.Kind.PLACE_ENDED).exists()


def test_who_was_given_an_end_before_is_told_a_week_ahead_once(night_raid, soraya, omar):
    place = admit(night_raid, omar, soraya, None)
    Membership.objects.filter(pk=place.pk).update(until=in_days(3))
    assert services.watch_places() == 1
    assert services.watch_places() == 0
    assert notices(omar, Notice.Kind.PLACE_ENDS).count() == 1


def test_a_partner_is_told_too(night_raid, soraya, db):
    bureau = Agency.objects.create(name="Federal Bureau", short_name="FB", kind="partner")
    frida = person("frida", agency=bureau)
    admit(night_raid, frida, soraya, in_days(5), [Role.PARTNER])
    notice = notices(frida, Notice.Kind.PLACE_ENDS).get()
    assert notice.door == reverse("investigations:case_detail", args=[night_raid.pk])


def test_admitting_again_takes_the_end_away(night_raid, soraya, omar):
    admit(night_raid, omar, soraya, in_days(5))
    assert admit(night_raid, omar, soraya, None).until is None


@pytest.mark.parametrize("who", ["lead", "past"])
def test_the_lead_has_no_end_and_no_end_lies_in_the_past(night_raid, soraya, omar, who):
    user, until = (soraya, in_days(5)) if who == "lead" else (omar, in_days(-1))
    roles = [Role.LEAD] if who == "lead" else [Role.ANALYST]
    with pytest.raises(Refused, match=r"no end|later day"):
        admit(night_raid, user, soraya, until, roles)


def test_programs_set_the_end(night_raid, soraya, omar, as_program):
    body = {"user": "omar", "roles": ["analyst"], "until": "2199-01-31T00:00:00Z"}
    answer = as_program(soraya).post(f"/api/v1/cases/{night_raid.pk}/members/", body, format="json")
    assert answer.status_code == 200, answer.json()
    assert Membership.objects.get(user=omar).until.year == 2199
