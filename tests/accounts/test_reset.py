"""A forgotten password: by e-mail where there is e-mail, and told alike to everybody."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.urls import reverse

from accounts import services
from accounts.models import User
from core.models import Job
from ledger.models import Entry

FORGOTTEN = reverse("account_reset_password")
NEW = {"password1": "a-longer-new-word", "password2": "a-longer-new-word"}


@pytest.fixture
def post_office(settings, omar):
    """The installation sends mail, and Omar has an address."""
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example", "https://vestige.example"
    User.objects.filter(pk=omar.pk).update(email="omar@mission.example")
    omar.refresh_from_db()
    return omar


def link_for(user: User) -> str:
    """The path of the link in the message that was sent."""
    services.send_reset(user)
    found = re.search(r"https://vestige\.example(/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_without_e_mail_the_page_sends_one_to_the_administrator(client, db):
    page = client.get(FORGOTTEN).content.decode()
    assert "Ask one of its administrators" in page and '<input type="email"' not in page
    assert client.post(FORGOTTEN, {"email": "omar@mission.example"}).status_code == 422


def test_known_and_unknown_addresses_are_answered_alike(client, post_office):
    known = client.post(FORGOTTEN, {"email": "Omar@mission.example"})
    unknown = client.post(FORGOTTEN, {"email": "nobody@mission.example"})
    assert known.status_code == unknown.status_code == 200
    csrf = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert csrf.sub(b"", known.content) == csrf.sub(b"", unknown.content)
    owed = [job.row for job in Job.objects.filter(task="accounts.send_reset")]
    assert len(owed) == 2 and post_office.pk in owed and not mail.outbox


def test_the_link_works_once(client, post_office):
    link = link_for(post_office)
    form = client.get(link, follow=True)
    assert "set-password" in form.redirect_chain[-1][0], "the key leaves the address at once"
    done = client.post(form.redirect_chain[-1][0], NEW)
    assert done.url == reverse("accounts:password_done")
    post_office.refresh_from_db()
    assert post_office.check_password(NEW["password1"])
    assert "used already" in client.get(link).content.decode()
    assert Entry.objects.about(post_office).filter(act="accounts.password_changed").exists()


def test_the_link_lives_an_hour(client, post_office, monkeypatch):
    link = link_for(post_office)
    later = PasswordResetTokenGenerator()._now

    monkeypatch.setattr(
        PasswordResetTokenGenerator, "_now", lambda self: later() + timedelta(minutes=61)
    )
    assert "older than an hour" in client.get(link).content.decode()


def test_a_new_password_does_not_replace_the_second_factor(client, careful, post_office):
    done = client.get(link_for(post_office), follow=True)
    client.post(done.redirect_chain[-1][0], NEW)
    typed = {"login": "omar", "password": NEW["password1"]}
    assert client.post(reverse("accounts:sign_in"), typed).url == reverse("mfa_authenticate")


def test_five_links_an_hour_are_enough(client, post_office):
    answers = [client.post(FORGOTTEN, {"email": "omar@mission.example"}) for _ in range(6)]
    assert [each.status_code for each in answers] == [200] * 5 + [429]


def test_whoever_has_left_gets_no_link(post_office):
    post_office.is_active = False
    post_office.save()
    services.send_reset(post_office)
    assert not mail.outbox


def test_the_message_is_in_the_language_of_its_reader(post_office):
    post_office.language = "ar"
    services.send_reset(post_office)
    assert mail.outbox[0].to == ["omar@mission.example"]
