"""Keys of identities are changed one case at a time, and may be cut off anywhere."""

import os
import signal
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from core.errors import Refused
from core.sealing import SecretKeeper
from investigations import services
from investigations.models import Case, CaseKey, Particulars, SourceIdentity
from investigations.services import case_key
from ledger.models import Entry
from tests import conftest

OTHER = SecretKeeper.of("another secret of forty or more characters")


def name_of(at):
    return f"Zubaydah the {at}th"


@pytest.fixture
def sources(soraya, catalogue):
    """Six witnesses in three cases, and who they are."""
    found = []
    for number in range(3):
        case = services.open_case(soraya, title="x", public_title="x", mandate=f"{number}")
        for at in (2 * number, 2 * number + 1):
            source = services.enter_source(
                case, by=soraya, kind="witness", needs_second_person=False
            )
            services.write_identity(source, Particulars(name=name_of(at)), by=soraya, version=1)
            found.append(source)
    return found


def all_open(sources, soraya):
    for at, source in enumerate(sources):
        opened = services.open_identity(source, by=soraya, purpose="contact", reason="To check")
        assert opened.name == name_of(at)
    return True


def numbers():
    return list(CaseKey.objects.order_by("case_id", "number").values_list("number", flat=True))


@pytest.mark.django_db
def test_every_case_gets_a_new_key_and_the_old_ones_are_gone(sources, soraya, capsys):
    before = {bytes(row.sealed) for row in SourceIdentity.objects.all()}
    wrapped = {bytes(key.wrapped) for key in CaseKey.objects.all()}
    call_command("rotate_keys", "cases")
    assert numbers() == [2, 2, 2]
    assert not before & {bytes(row.sealed) for row in SourceIdentity.objects.all()}
    assert not wrapped & {bytes(key.wrapped) for key in CaseKey.objects.all()}
    assert "3 cases have new keys, 6 identities" in capsys.readouterr().out
    assert all_open(sources, soraya)
    lines = Entry.objects.filter(act="investigations.case_key_rotated")
    assert lines.count() == 3
    assert [line.facts for line in lines] == [{"number": 2, "identities": 2}] * 3


@pytest.mark.django_db
def test_the_keeper_is_changed_without_a_pause(sources, soraya, settings):
    former = settings.IDENTITY_KEEPERS[0]
    settings.IDENTITY_KEEPERS = [OTHER]
    with pytest.raises(Refused, match="cannot be opened"):
        all_open(sources, soraya)
    settings.IDENTITY_KEEPERS = [OTHER, former]
    assert all_open(sources, soraya)
    sealed = {bytes(row.sealed) for row in SourceIdentity.objects.all()}
    call_command("rotate_keys", "keeper")
    assert {key.wrapped_by for key in CaseKey.objects.all()} == {OTHER.name}
    assert sealed == {bytes(row.sealed) for row in SourceIdentity.objects.all()}
    settings.IDENTITY_KEEPERS = [OTHER]
    assert all_open(sources, soraya)
    call_command("rotate_keys", "keeper")
    assert Entry.objects.filter(act="investigations.case_key_rewrapped").count() == 3
    settings.IDENTITY_KEEPERS = [former]
    with pytest.raises(Refused, match="cannot be opened"):
        all_open(sources, soraya)


@pytest.mark.django_db
def test_cut_off_within_a_case_that_case_is_as_it_was(sources, soraya, monkeypatch):
    begun, sealed = timezone.now(), case_key.seal_under
    done = []

    def cut_off(key, identity, text):
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(identity)
        sealed(key, identity, text)

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(case_key, "seal_under", cut_off)
        call_command("rotate_keys", "cases", "--begun", begun.isoformat())
    assert numbers() == [2, 1, 1]
    assert all_open(sources, soraya)
    call_command("rotate_keys", "cases", "--begun", begun.isoformat())
    assert numbers() == [2, 2, 2]
    assert all_open(sources, soraya)


@pytest.mark.django_db
def test_what_cannot_be_meant_is_refused(sources, settings):
    with pytest.raises(CommandError, match="moment with its zone"):
        call_command("rotate_keys", "cases", "--begun", "2026-01-31")
    settings.IDENTITY_KEEPERS = []
    with pytest.raises(CommandError, match="No key of identities"):
        call_command("rotate_keys", "keeper")


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_it_goes_on_where_it_stopped(sources, soraya):
    begun = timezone.now().isoformat()
    command = [sys.executable, "manage.py", "rotate_keys", "cases", "--begun", begun]
    environment = {**os.environ, "DATABASE_URL": conftest.test_database_url()}
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=sources[2].case_id)  # here it has to wait
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        assert conftest.eventually(lambda: numbers() == [2, 1, 1], seconds=90)
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    assert numbers() == [2, 1, 1]
    assert all_open(sources, soraya)
    subprocess.run(command, env=environment, check=True, timeout=120, capture_output=True)
    assert numbers() == [2, 2, 2]
    assert all_open(sources, soraya)
