"""Notices by e-mail: only what one asked for, once each, and nothing of what a case holds."""

import pytest
from django.core import mail
from django.urls import reverse

from core.models import Job
from investigations import services
from investigations.models import Membership, Notice
from tests import bells

TASK = "investigations.mail_notice"


@pytest.fixture
def post_office(settings, lena):
    """The installation sends mail, and Lena has an address and wants to know of mentions."""
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example", "https://vestige.example"
    lena.email = "lena@mission.example"
    lena.save()
    services.choose_mail(by=lena, kinds=["mentioned"])
    return lena


@pytest.fixture
def notice(night_raid, post_office, amal):
    """That Amal named Lena in a note."""
    services.write_note(night_raid, by=amal, text="@lena the spar is hollow")
    return Notice.objects.get(to=post_office)


def test_the_message_names_the_case_and_leads_there_and_tells_nothing(notice, night_raid):
    bells.answer(bells.job_for(TASK, notice.pk))
    (message,) = mail.outbox
    assert message.to == ["lena@mission.example"]
    told = f"{message.subject} {message.body}"
    assert night_raid.ref in message.subject and night_raid.ref in message.body
    assert "https://vestige.example" + reverse("investigations:request_list") in message.body
    for word in ("spar", "Amal", "residence", "mention"):
        assert word not in told


def test_it_is_sent_once_however_often_it_is_asked_for(notice):
    services.mail_notice(notice)
    services.mail_notice(notice)
    notice.refresh_from_db()
    assert len(mail.outbox) == 1 and notice.mailed_at


def test_a_mail_server_in_trouble_is_tried_again(notice, monkeypatch):
    job = bells.job_for(TASK, notice.pk)
    with monkeypatch.context() as trouble:
        trouble.setattr("investigations.services.notice_mail.send_mail", broken)
        assert bells.answer(job).state == Job.State.WAITING
    notice.refresh_from_db()
    assert notice.mailed_at is None
    bells.moments_pass(job)
    assert bells.answer(job).state == Job.State.DONE
    assert len(mail.outbox) == 1


def broken(*_args, **_kwargs):
    raise ConnectionRefusedError


def test_what_was_read_meanwhile_or_is_no_longer_theirs_is_not_sent(notice, post_office):
    Membership.objects.filter(user=post_office).delete()
    services.mail_notice(notice)
    assert not mail.outbox


def test_nothing_is_owed_that_nobody_asked_for(night_raid, post_office, soraya, amal):
    services.set_task(night_raid, by=soraya, title="Weigh the spar", owner=post_office)
    services.choose_mail(by=post_office, kinds=[])
    services.write_note(night_raid, by=amal, text="@lena look")
    assert Notice.objects.filter(to=post_office).count() == 2
    assert not Job.objects.filter(task=TASK).exists()


def test_without_a_mail_server_nothing_is_owed(night_raid, lena, amal):
    lena.email = "lena@mission.example"
    lena.save()
    services.choose_mail(by=lena, kinds=["mentioned"])
    services.write_note(night_raid, by=amal, text="@lena look")
    assert not Job.objects.filter(task=TASK).exists()


def test_everybody_chooses_for_themselves(client, lena):
    there = reverse("investigations:mail_choice")
    client.force_login(lena)
    assert "No mail server is set up" in client.get(there).content.decode()
    assert client.post(there, {"kinds": ["mentioned", "task-given"]}).url == there
    assert lena.mail_choice.kinds == ["mentioned", "task-given"]
    assert client.post(there, {"kinds": ["everything"]}).status_code == 422
    assert there in client.get(reverse("accounts:profile")).content.decode()
