"""Tasks: given to somebody who may read what they are about, and told of when they are late."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import Refused, Stale
from core.markings import Handling
from investigations import services
from investigations.models import Notice, Task
from investigations.services.label import mark_more_strictly
from ledger.models import Entry

TODAY = timezone.localdate


@pytest.fixture
def late(night_raid, soraya, lena):
    """A task of Lena's that was due yesterday."""
    yesterday = TODAY() - timedelta(days=1)
    return services.set_task(
        night_raid, by=soraya, title="Weigh the spar", owner=lena, due=yesterday
    )


def kinds_told(user):
    return sorted(Notice.objects.visible_to(user).values_list("kind", flat=True))


def test_whoever_is_given_a_task_is_told_and_whoever_takes_one_is_not(
    night_raid, soraya, lena, amal
):
    services.set_task(night_raid, by=soraya, title="Weigh the spar", owner=lena)
    services.set_task(night_raid, by=amal, title="Draw the sketch", owner=amal)
    assert (kinds_told(lena), kinds_told(amal)) == (["task-given"], [])
    notice = Notice.objects.visible_to(lena).get()
    assert notice.about == "", "the title stays on the page of the task"


def test_a_task_is_not_given_to_somebody_who_may_not_read_what_it_is_about(
    night_raid, strike, soraya, lena
):
    soraya.clearance = 3
    soraya.save()
    mark_more_strictly(strike, Handling(clearance=2), by=soraya, reason="A source is named.")
    strike.refresh_from_db()
    with pytest.raises(Refused, match="may read what this task is about"):
        services.set_task(night_raid, by=soraya, title="Ask", owner=lena, incident=strike)
    assert not Task.objects.exists()


def test_a_late_task_is_told_of_once_and_again_when_its_new_day_has_passed(late, soraya, lena):
    assert (services.remind_of_tasks(), services.remind_of_tasks()) == (1, 0)
    assert kinds_told(lena) == ["task-given", "task-overdue"]
    Notice.objects.filter(kind="task-overdue").update(created_at=timezone.now() - timedelta(days=9))
    assert services.remind_of_tasks() == 1


def test_of_a_late_task_of_nobodys_the_lead_is_told(night_raid, soraya, amal):
    before = TODAY() - timedelta(days=3)
    services.set_task(night_raid, by=amal, title="Fetch the log", due=before)
    services.remind_of_tasks()
    assert kinds_told(soraya) == ["task-overdue"]


def test_a_task_that_is_done_is_no_news_any_more(late, lena):
    services.remind_of_tasks()
    services.complete_task(late, by=lena)
    assert not Notice.objects.visible_to(lena).unseen().exists()
    assert services.remind_of_tasks() == 0


def test_a_task_is_put_off_and_passed_on_with_a_line_of_what_it_was(late, soraya, lena, amal):
    later = TODAY() + timedelta(days=5)
    facts = {"title": late.title, "owner": amal, "due": later}
    services.amend_task(late, by=soraya, version=late.version, **facts)
    assert kinds_told(amal) == ["task-given"]
    line = Entry.objects.about(late).latest("position")
    assert line.facts["changes"]["due"][1] == later.isoformat()
    with pytest.raises(Stale):
        services.amend_task(late, by=soraya, version=late.version, **facts)


def test_the_page_of_a_task_changes_it_and_outsiders_find_none(client, late, amal, omar):
    there = reverse("investigations:task_edit", args=[late.pk])
    client.force_login(omar)
    assert client.get(there).status_code == 404
    client.force_login(amal)
    assert "Weigh the spar" in client.get(there).content.decode()
    typed = {"title": "Weigh both spars", "owner": "", "due": "", "version": late.version}
    assert client.post(there, typed).status_code == 302
    late.refresh_from_db()
    assert (late.title, late.owner, late.due) == ("Weigh both spars", None, None)
