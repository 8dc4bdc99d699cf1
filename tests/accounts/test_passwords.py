"""Whoever sets another's password leaves a line, whichever way of the administration they take."""

import pytest
from django.urls import reverse

from ledger.models import Entry


@pytest.fixture
def there(omar):
    """The page on which an administrator types a password for Omar."""
    return reverse("admin:auth_user_password_change", args=[omar.pk])


def test_a_password_typed_by_an_administrator_leaves_a_line(client, admin, omar, there):
    client.force_login(admin)
    typed = {"password1": "a-long-new-word", "password2": "a-long-new-word"}
    assert client.post(there, {**typed, "password2": "another"}).status_code == 200
    assert not Entry.objects.about(omar).exists()

    assert client.post(there, typed).status_code == 302
    line = Entry.objects.about(omar).get()
    assert (line.act, line.actor) == ("accounts.password_given", admin)
    assert "a-long-new-word" not in line.body


def test_nobody_else_types_one(client, amal, there):
    amal.is_staff = True
    amal.save()
    client.force_login(amal)
    typed = {"password1": "a-long-new-word", "password2": "a-long-new-word"}
    assert client.post(there, typed).status_code == 403
    assert not Entry.objects.filter(act="accounts.password_given").exists()
